// Where the host does not send the headers that isolate the page, a service worker adds them, from the
// page's next load on. Until then, and where there are no service workers, stops are hard.
if (!crossOriginIsolated && window === window.top && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("service-worker.js").catch(() => {
    // A private window may forbid it. The page works without.
  });
}
