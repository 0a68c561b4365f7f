// Has the browser keep this release of the playground, and says when there is a newer one: what app/src/release.rs
// declares. public/service-worker.js keeps it.

// How long a page that stays open waits, at least, before it asks the host for a newer release again.
const PAUSE_MILLIS = 60 * 60 * 1000;

let registration;
// Whether the person wants the newer release, which may itself be replaced by one that is newer still.
let isWanted = false;

// Calls `onNewer` when there is a newer release than the one that this page shows.
export async function keep(onNewer) {
  const workers = navigator.serviceWorker;
  // A page in a frame of another page keeps nothing.
  if (window !== window.top || !workers) return;
  // Another tab has updated.
  workers.addEventListener("controllerchange", onNewer);
  // A private window may forbid it. The page works without.
  registration = await workers.register("service-worker.js").catch(() => {});
  if (!registration) return;
  // The first release that is kept waits for nobody.
  const look = () => {
    if (!registration.active || !registration.waiting) return;
    onNewer();
    if (isWanted) update();
  };
  const follow = () => registration.installing?.addEventListener("statechange", look);
  registration.addEventListener("updatefound", follow);
  // One may be on its way already.
  follow();
  look();
  let asked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - asked < PAUSE_MILLIS) return;
    asked = Date.now();
    // Without a network there is none.
    registration.update().catch(() => {});
  });
}

// Reloads the page with the newer release.
export function update() {
  const { waiting } = registration;
  if (!waiting) return location.reload();
  isWanted = true;
  waiting.addEventListener("statechange", () => waiting.state === "activated" && location.reload());
  waiting.postMessage("take over");
}

// Asks the person whether to install the playground. Returns false where the browser does not let a page ask.
export function install() {
  const offer = window.installOffer;
  window.installOffer = undefined;
  offer?.prompt();
  return offer !== undefined;
}
