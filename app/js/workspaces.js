// Which workspace this page shows, and what the browser keeps of each: what app/src/workspaces/store.rs declares. Here,
// since the texts of the workspace are read before the page's program has arrived.
const LIST = "cu.workspaces";
const LAST = "cu.workspace";
// The workspace that earlier versions had. Its data has the names that it had there.
const MAIN = "main";
// What the workspaces of embedded pages begin with. Those of others begin with a number, or are the first one.
const FRAME = "frame";
const STORES = ["cu", "cu-documents"];
const BATCH = 200;

// Whether the page is shown in a frame of another page, or as if it were: app/src/embed.rs. It has a workspace of its own
// then, without a list, and nothing of it is kept.
export const isEmbedded = new URLSearchParams(location.search).has("embed");

const nameFor = (base, id) => (id === MAIN ? base : `${base}.${id}`);

function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    // Where storage is forbidden, there is one workspace, which is not kept.
    return null;
  }
}

function knownIds() {
  try {
    const ids = JSON.parse(stored(LIST)).filter(({ stage }) => stage !== "Deleted").map(({ id }) => id);
    if (ids.length > 0) return ids;
  } catch {
    // There is no list yet.
  }
  return [MAIN];
}

function choose() {
  const ids = knownIds();
  const wanted = new URLSearchParams(location.search).get("workspace");
  return [wanted, stored(LAST), MAIN].find((id) => ids.includes(id)) ?? ids[0];
}

let current = isEmbedded ? `${FRAME}${Math.random().toString(36).slice(2)}` : choose();
if (isEmbedded) deleteOtherFrames().catch(() => {});

export function isPageEmbedded() {
  return isEmbedded;
}

export function currentWorkspace() {
  return current;
}

// Shows another one from now on. Only before anything of a workspace is opened.
export function enterWorkspace(id) {
  current = id;
  name();
}

// Lets the address of the page say which workspace it shows, so that it is the same after a reload, and the next page the
// last one that was shown.
export function name() {
  try {
    localStorage.setItem(LAST, current);
  } catch {
    // The next page shows the first one.
  }
  const url = new URL(location.href);
  url.hash = "";
  if (current === MAIN && knownIds().length === 1) url.searchParams.delete("workspace");
  else url.searchParams.set("workspace", current);
  history.replaceState(history.state, "", url);
}

// The database in which the texts of the shown workspace are.
export function documentsDatabase() {
  return nameFor("cu-documents", current);
}

// What a request of IndexedDB gives.
export const result = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

// Resolves when a transaction is on disk.
export const ended = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });

const deleted = (name) => {
  const request = indexedDB.deleteDatabase(name);
  const inUse = new Promise((_, reject) => (request.onblocked = () => reject(new Error("in use"))));
  return Promise.race([result(request), inUse]);
};

const isThere = async (name) => (await indexedDB.databases()).some((database) => database.name === name);

// Opens a database that is there; `undefined` if it is not.
async function openExisting(name) {
  if (!(await isThere(name))) return undefined;
  const database = await result(indexedDB.open(name));
  database.onversionchange = () => database.close();
  return database;
}

// Calls back with keys and values of an object store, some at a time.
async function forEachBatch(store, react) {
  for (let range, keys; ; range = IDBKeyRange.lowerBound(keys.at(-1), true)) {
    const requests = [store.getAllKeys(range, BATCH), store.getAll(range, BATCH)];
    const [found, values] = await Promise.all(requests.map(result));
    keys = found;
    react(keys, values);
    if (keys.length < BATCH) return;
  }
}

const sizeOf = (value) => (value instanceof Uint8Array ? value.byteLength : (JSON.stringify(value) ?? "").length);

// About how many bytes a workspace takes.
export async function workspaceBytes(id) {
  let bytes = 0;
  for (const base of STORES) {
    const database = await openExisting(nameFor(base, id));
    if (!database) continue;
    const names = [...database.objectStoreNames];
    const transaction = names.length > 0 && database.transaction(names);
    for (const name of names) {
      await forEachBatch(transaction.objectStore(name), (_, values) => {
        for (const value of values) bytes += sizeOf(value);
      });
    }
    database.close();
  }
  return bytes;
}

// Copies what one workspace holds into another, which is new.
export async function copyWorkspace(from, to) {
  for (const base of STORES) {
    const source = await openExisting(nameFor(base, from));
    if (!source) continue;
    const names = [...source.objectStoreNames];
    const opened = indexedDB.open(nameFor(base, to), source.version);
    opened.onupgradeneeded = () => names.forEach((name) => opened.result.createObjectStore(name));
    const target = await result(opened);
    const transaction = names.length > 0 && source.transaction(names);
    const writes = [];
    // Who writes to the one does not write to the other.
    for (const name of names.filter((name) => name !== "writers")) {
      await forEachBatch(transaction.objectStore(name), (keys, values) => {
        const writing = target.transaction(name, "readwrite");
        keys.forEach((key, at) => writing.objectStore(name).put(values[at], key));
        writes.push(ended(writing));
      });
    }
    await Promise.all(writes);
    source.close();
    target.close();
  }
}

// Deletes what a workspace holds, as soon as no page shows it, if it is unwanted then. Returns whether it is gone.
export async function deleteWorkspace(id, isUnwanted) {
  const remove = async () => {
    if (!isUnwanted()) return false;
    try {
      for (const base of STORES) await deleted(nameFor(base, id));
      return true;
    } catch {
      return false;
    }
  };
  // Who shows it holds this lock: see engine/src/store/lock.js.
  return navigator.locks ? navigator.locks.request(nameFor("cu", id), remove) : remove();
}

// Deletes what each other embedded page has stored, as soon as it is gone: it holds a lock until then. Where a browser has no
// locks, since the page around this one is not secure, nobody can tell.
async function deleteOtherFrames() {
  const lock = (name) => `${name} of a frame`;
  navigator.locks.request(lock(nameFor("cu", current)), () => new Promise(() => {}));
  const names = (await indexedDB.databases()).map(({ name }) => name);
  for (const name of names.filter((name) => name.startsWith(nameFor("cu", FRAME)))) {
    navigator.locks.request(lock(name), () => result(indexedDB.deleteDatabase(name)));
  }
}

// Files that are opened wait here for the page that will show them.
async function withFiles(use) {
  const request = indexedDB.open("cu-opened", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("files");
  const database = await result(request);
  const transaction = database.transaction("files", "readwrite");
  const [answer] = await Promise.all([result(use(transaction.objectStore("files"))), ended(transaction)]);
  database.close();
  return answer;
}

export async function keepFile(name, bytes) {
  // What an earlier page did not take is wanted no more.
  await withFiles((files) => files.clear());
  await withFiles((files) => files.put(bytes, name));
}

export async function takeFile(name) {
  const bytes = await withFiles((files) => files.get(name));
  await withFiles((files) => files.clear());
  return bytes;
}

// The database with the `_home` of a workspace; `undefined` if it is not there.
export async function homeDatabase(id) {
  const name = nameFor("cu", id);
  return (await isThere(name)) ? name : undefined;
}

// The texts of a workspace, as JSON.
export async function textsOf(id) {
  const database = await openExisting(nameFor("cu-documents", id));
  if (!database) return "[]";
  const texts = await result(database.transaction("documents").objectStore("documents").getAll());
  database.close();
  return JSON.stringify(texts);
}
