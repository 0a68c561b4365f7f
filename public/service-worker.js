// Keeps one release of the playground, all of its files or none, so that it opens without a network. Adds the headers that
// make the page cross-origin isolated, for hosts that do not send them (public/_headers).
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "cross-origin",
};

const worker = /** @type {any} */ (self);

/**
 * Written before this file by scripts/build/offline.mjs. A debug build has none, and keeps nothing.
 *
 * @type {{ version: string, formats: { [name: string]: number }, files: { [path: string]: string } } | undefined}
 */
const release = worker.release;

// Another folder of the same origin may have a playground of its own.
const prefix = `cu-release ${worker.registration.scope} `;
const own = prefix + release?.version;
/** Holds which release was the last to be active. */
const latest = `cu-latest ${worker.registration.scope}`;

/** How many files are fetched at once: the page may need the network, too. */
const AT_ONCE = 3;

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
// A person wants this release now: app/js/release.js.
worker.addEventListener("message", (event) => event.data === "take over" && event.waitUntil(worker.skipWaiting()));

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const isOurs = request.url.startsWith(worker.registration.scope);
  // The browser's tools ask like this for what only their cache may answer; a fetch would fail.
  const isOfCache = request.cache === "only-if-cached" && request.mode !== "same-origin";
  if (isOurs && !isOfCache) event.respondWith(answer(request));
});

/** Keeps all files of this release. Where that fails, it keeps none, and the release before stays. */
async function install() {
  // What keeps nothing need not wait.
  if (!release) return worker.skipWaiting();
  await checkFormats();
  const names = await keptReleases();
  const older = await Promise.all(names.map((name) => caches.open(name)));
  const cache = await caches.open(own);
  const missing = Object.entries(release.files);
  const keepNext = async () => {
    for (let next = missing.pop(); next; next = missing.pop()) await keep(cache, older, ...next);
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, keepNext));
  } catch (error) {
    missing.length = 0;
    // A release that was put back on the host may be kept already.
    if (!names.includes(own)) await caches.delete(own);
    throw error;
  }
}

/** Refuses to replace a release that may have stored what this one cannot read. */
async function checkFormats() {
  const databases = (await indexedDB.databases?.()) ?? [];
  // The databases of one workspace have its id after a full stop.
  const stored = databases.map(({ name, version }) => [name.split(".")[0], version]);
  for (const [name, version] of [...stored, ...Object.entries((await readLatest())?.formats ?? {})]) {
    const known = release.formats[name];
    if (version > known) throw new Error(`${name} is stored in format ${version}, and this release knows ${known}`);
  }
}

async function keptReleases() {
  return (await caches.keys()).filter((name) => name.startsWith(prefix));
}

/** Keeps a file if it is the one of this release: from an older release, the browser's own cache, or the host. */
async function keep(cache, older, path, hash) {
  for (const other of older) {
    const kept = await other.match(path);
    if (kept && (await hashOf(kept)) === hash) return cache.put(path, kept);
  }
  // The browser's cache may have the file of another release under this name.
  for (const cacheMode of /** @type {const} */ (["default", "reload"])) {
    const response = await fetch(path, { cache: cacheMode });
    if (response.ok && (await hashOf(response)) === hash) return cache.put(path, forPage(response));
  }
  throw new Error(`${path} is missing on the host, or of another release`);
}

async function hashOf(response) {
  const digest = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0"));
  return hex.join("").slice(0, 16);
}

/** A file as the page is to get it. What else the host says of it is about how it came. */
function forPage(response) {
  const headers = new Headers(isolation);
  for (const name of ["Content-Type", "Content-Security-Policy", "X-Content-Type-Options"]) {
    if (response.headers.has(name)) headers.set(name, response.headers.get(name));
  }
  return new Response(response.body, { headers });
}

/** Forgets all older releases but the last before this one, which other tabs may still show. */
async function activate() {
  const before = prefix + (await readLatest())?.version;
  const names = await keptReleases();
  // Those that came after this one may be on their way.
  const older = release ? names.slice(0, names.indexOf(own)) : names;
  await Promise.all(older.filter((name) => !release || name !== before).map((name) => caches.delete(name)));
  if (!release) return caches.delete(latest);
  const { version, formats } = release;
  await (await caches.open(latest)).put(".", new Response(JSON.stringify({ version, formats })));
}

/** The version of the release that was active last, and the formats in which it stored things. */
async function readLatest() {
  const found = await caches.match(".", { cacheName: latest });
  return found?.json();
}

async function answer(request) {
  const kept = release && request.method === "GET" ? await findKept(request.url) : undefined;
  if (kept) return kept;
  const response = await fetch(request);
  // A redirect that the browser is to follow itself cannot be written anew.
  if (response.type === "opaqueredirect" || response.type === "error") return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(isolation)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

/** What is kept for an address. What follows a question mark is for the page alone. */
async function findKept(address) {
  const { origin, pathname } = new URL(address);
  const path = origin + pathname.replace(/\/index\.html$/, "/");
  const found = await caches.match(path, { cacheName: own });
  if (found) return found;
  // A tab that shows the release before asks for files by names that this one does not have.
  for (const name of await keptReleases()) {
    const older = await caches.match(path, { cacheName: name });
    if (older) return older;
  }
}
