// Where saved states are kept: in memory, and in a browser's IndexedDB. For files, see file-storage.js.

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
  /** States that were read ahead or written here: these are there at once. */
  #atHand = new Map();

  /** @param {string} databaseName states of different databases know nothing of each other */
  constructor(databaseName = 'cu-states') {
    this.#databaseName = databaseName;
  }

  /** Reads a state, so that `get` has it at once from then on. */
  async readAhead(name) {
    this.#atHand.set(name, await this.#read(name));
  }

  get(name) {
    return this.#atHand.has(name) ? this.#atHand.get(name) : this.#read(name);
  }

  /** Done when the state is on disk, or fails and leaves what was there before. */
  async set(name, bytes) {
    await this.#write((store) => store.put(bytes, name));
    if (this.#atHand.has(name)) this.#atHand.set(name, bytes);
  }

  async delete(name) {
    const found = await this.#write((store) => {
      const count = store.count(name);
      store.delete(name);
      return count;
    });
    if (this.#atHand.has(name)) this.#atHand.set(name, undefined);
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

  /** Runs one request in a transaction of its own, and gives its result once that is on disk. */
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
    this.#database ??= this.#openAnew().catch((error) => {
      this.#database = undefined;
      throw error;
    });
    return this.#database;
  }

  async #openAnew() {
    if (typeof indexedDB === 'undefined') throw new Error('there is no IndexedDB here');
    const request = indexedDB.open(this.#databaseName, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    const database = await resultOf(request);
    const forget = () => {
      this.#database = undefined;
    };
    // Another page deletes the database, or the browser closes it: the next call opens it anew.
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
