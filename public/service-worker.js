// Adds the headers that make the page cross-origin isolated, for hosts that do not send them
// (public/_headers). Keeps nothing: every file comes from the host, or from the browser's own cache.
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "cross-origin",
};

const worker = /** @type {any} */ (self);

// A new version has nothing to take over from the old one, so it need not wait.
worker.addEventListener("install", () => worker.skipWaiting());

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const isOurs = request.url.startsWith(worker.registration.scope);
  // The browser's tools ask like this for what only their cache may answer; a fetch would fail.
  const isOfCache = request.cache === "only-if-cached" && request.mode !== "same-origin";
  if (isOurs && !isOfCache) event.respondWith(isolated(request));
});

async function isolated(request) {
  const response = await fetch(request);
  // A redirect that the browser is to follow itself cannot be written anew.
  if (response.type === "opaqueredirect" || response.type === "error") return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(isolation)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
