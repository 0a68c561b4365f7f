// The person's texts in IndexedDB, over all tabs: what app/src/documents/store.rs declares. They have a database of their
// own, so that a new version of either leaves the other as it is.
import { documentsDatabase, ended, isEmbedded, result } from "./workspaces.js";

const STORE = "documents";
// Some browsers never answer. Texts are then kept elsewhere.
const OPEN_TIMEOUT_MILLIS = 3000;

let opened;
let channel;

async function open() {
  const request = indexedDB.open(documentsDatabase(), 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  const late = new Promise((_, reject) => setTimeout(reject, OPEN_TIMEOUT_MILLIS, new Error("no answer")));
  const database = await Promise.race([result(request), late]);
  // A later version, or a deletion, need not wait for this page.
  database.onversionchange = database.onclose = () => {
    database.close();
    opened = undefined;
  };
  return database;
}

function database() {
  opened ??= open().catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

// What is stored under these keys, or everything, as JSON.
export async function read(keys) {
  if (isEmbedded) return JSON.stringify(keys?.map(() => null) ?? []);
  const store = (await database()).transaction(STORE).objectStore(STORE);
  return JSON.stringify(await (keys ? Promise.all(keys.map((key) => result(store.get(key)))) : result(store.getAll())));
}

// Makes some changes in one transaction, or none of them if there is something that this tab has not seen. Returns what
// is there then, as JSON.
export async function exchange(json) {
  if (isEmbedded) return;
  const changes = JSON.parse(json);
  const transaction = (await database()).transaction(STORE, "readwrite", { durability: "strict" });
  const store = transaction.objectStore(STORE);
  const stored = ended(transaction);
  // Before all that follows, which does not wait for it if it fails.
  stored.catch(() => {});
  const found = await Promise.all(changes.map(({ key }) => result(store.get(key))));
  const isNew = ({ seen }, stored) => stored && (stored.revision !== seen?.revision || stored.tab !== seen?.tab);
  if (changes.some((change, at) => isNew(change, found[at]))) return JSON.stringify(found);
  for (const { key, put } of changes) put ? store.put(put, key) : store.delete(key);
  await stored;
  listenedTo().postMessage(changes.map(({ key }) => key));
}

function listenedTo() {
  channel ??= new BroadcastChannel(documentsDatabase());
  return channel;
}

// Calls back with the keys of what another tab has changed.
export function listen(react) {
  if (isEmbedded) return;
  listenedTo().onmessage = ({ data }) => react(data);
}

// Begins while the page's program is still on its way, unless that may choose another workspace, as app/src/arrival.rs
// does by the fragment of the address.
const first = location.hash || isEmbedded ? undefined : read();
first?.catch(() => {});

// What was stored when the page was opened.
export function readFirst() {
  return first ?? read();
}
