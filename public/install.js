// Keeps the browser's offer to install the playground until a person asks for it: app/js/release.js. It may come before the
// page's program.
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  window.installOffer = /** @type {any} */ (event);
});
