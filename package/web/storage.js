// Stores for saved states: in memory, and in a browser's IndexedDB. For files, see file-storage.js.

/** Keeps states until the page is left or the process ends. */
export class MemoryStorage {
  #states = new Map();

  get(name) {
    return this.#states.get(name);
  }

  set(name, bytes) {
    this.#states.set(name, bytes);
  }

  delete(name) {
    return this.#states.delete(name);
  }

  list() {
    return [...this.#states.keys()];
  }
}

const STORE = 'states';

/** Keeps states in a browser, for the pages of one origin. */
export class IndexedDbStorage {
  #databaseName;
  #database;
  /** States in memory: those that were read ahead, as last written. */
  #cache = new Map();

  /** @param {string} databaseName each database has its own states */
  constructor(databaseName = 'cu-states') {
    this.#databaseName = databaseName;
  }

  /** Reads a state into memory, so that later calls of `get` return it at once. */
  async readAhead(name) {
    this.#cache.set(name, await this.#read(name));
  }

  get(name) {
    return this.#cache.has(name) ? this.#cache.get(name) : this.#read(name);
  }

  /** Resolves when the state is on disk. If it rejects, the earlier state is still there. */
  async set(name, bytes) {
    await this.#write((store) => store.put(bytes, name));
    if (this.#cache.has(name)) this.#cache.set(name, bytes);
  }

  async delete(name) {
    const found = await this.#write((store) => {
      const count = store.count(name);
      store.delete(name);
      return count;
    });
    if (this.#cache.has(name)) this.#cache.set(name, undefined);
    return found > 0;
  }

  async list() {
    const database = await this.#open();
    return resultOf(database.transaction(STORE).objectStore(STORE).getAllKeys());
  }

  async #read(name) {
    const database = await this.#open();
    return resultOf(database.transaction(STORE).objectStore(STORE).get(name));
  }

  /** Runs one request in its own transaction. Resolves to its result once that is on disk. */
  async #write(request) {
    const database = await this.#open();
    const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
    const { promise, resolve, reject } = deferred();
    const made = request(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(made.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? made.error);
    return promise;
  }

  #open() {
    this.#database ??= this.#openDatabase().catch((error) => {
      this.#database = undefined;
      throw error;
    });
    return this.#database;
  }

  async #openDatabase() {
    if (typeof indexedDB === 'undefined') throw new Error('there is no IndexedDB here');
    const request = indexedDB.open(this.#databaseName, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    const database = await resultOf(request);
    const forget = () => {
      this.#database = undefined;
    };
    // If another page deletes the database or the browser closes it, the next call opens it again.
    database.onversionchange = () => {
      database.close();
      forget();
    };
    database.onclose = forget;
    return database;
  }
}

function resultOf(request) {
  const { promise, resolve, reject } = deferred();
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
  return promise;
}

function deferred() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}
