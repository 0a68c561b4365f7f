// cu for your own pages and programs. lua-api.d.ts documents each call.

import { decode } from './decode.js';
import { encode } from './encode.js';
import startEngine, { Engine, Field, stateInfo } from './engine.js';
import { LuaError } from './lua-error.js';
import { checkName, checkType, chooseOptions } from './options.js';
import { printer, refuseWhileRunning, run, running } from './running.js';
import { IndexedDbStorage, MemoryStorage } from './storage.js';

export { IndexedDbStorage, LuaError, MemoryStorage };

const DEFAULT_STATE = 'default';
const HOME_TABLE_ID = 1;
const IO_TABLE_ID = 2;

/** The default storage in browsers. */
const browserStorage = typeof indexedDB === 'undefined' ? undefined : new IndexedDbStorage();

/** The one WebAssembly instance that all engines share: its promise, and its exports once they are loaded. */
let loading;
let wasm;

async function load(source) {
  wasm = await startEngine({ module_or_path: source ?? (await defaultSource()) });
  // So that `init` can restore at once. If reading fails, `init` reports it.
  await browserStorage?.readAhead(DEFAULT_STATE).catch(() => {});
}

async function defaultSource() {
  const url = new URL('./engine_bg.wasm', import.meta.url);
  if (url.protocol !== 'file:') return url;
  // Node's fetch cannot read files.
  const { readFile } = await import('node:fs/promises');
  return readFile(url);
}

function isPromise(value) {
  return typeof value?.then === 'function';
}

/** What `init` returns when there is something to wait for. It equals its number and can be awaited. */
class PendingStatus extends Number {
  #done;

  constructor(status, done) {
    super(status);
    this.#done = done;
  }

  then(onResolved, onRejected) {
    return this.#done.then(onResolved, onRejected);
  }
}

export class Lua {
  #engine;
  #options;
  #restoring;
  #hasMemoryAlias = true;

  loadLuaWasm(source) {
    loading ??= load(source).catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  }

  init(options = {}) {
    if (wasm === undefined) throw new Error('call loadLuaWasm() and await it before init()');
    refuseWhileRunning();
    const chosen = chooseOptions(options, browserStorage);
    const fresh = new Engine(chosen.memorySize, chosen.timeLimit, printer(chosen.onPrint));
    this.#engine?.free();
    this.#engine = fresh;
    this.#options = chosen;
    this.#restoring = undefined;
    fresh.setMemoryAlias(this.#hasMemoryAlias);
    return chosen.autoRestore && chosen.storage !== undefined ? this.#restore(fresh) : 0;
  }

  /** Restores at once if the storage has the state in memory, otherwise as soon as it is read. */
  #restore(engine) {
    try {
      const found = this.#options.storage.get(DEFAULT_STATE);
      if (!isPromise(found)) {
        this.#restoreBytes(engine, found);
        return 0;
      }
      const restoring = found.then((bytes) => {
        if (engine === this.#engine) this.#restoreBytes(engine, bytes);
        return 0;
      });
      const settled = () => {
        if (engine === this.#engine) this.#restoring = undefined;
      };
      this.#restoring = restoring.then(settled, (error) => {
        console.error(error.message);
        settled();
      });
      return new PendingStatus(0, restoring);
    } catch (error) {
      const failed = Promise.reject(error);
      // The caller may never await it.
      failed.catch(() => console.error(error.message));
      return new PendingStatus(1, failed);
    }
  }

  #restoreBytes(engine, bytes) {
    if (bytes === undefined) return;
    try {
      engine.load(bytes, this.#options.validation);
    } catch (error) {
      throw new Error(`the saved state "${DEFAULT_STATE}" could not be restored. It is kept: ${error.message}`, { cause: error });
    }
  }

  async whenReady() {
    await this.#restoring;
  }

  compute(code, options = {}) {
    try {
      checkType(code, 'string', 'the code');
      const { chunkName = 'main.lua' } = options;
      checkType(chunkName, 'string', 'chunkName');
      const engine = this.#ready();
      if (this.#restoring === undefined) return Promise.resolve(run(engine, chunkName, code));
      // Only if init() was not awaited and the storage is slow.
      return this.#restoring.then(() => run(this.#ready(), chunkName, code));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  async saveState(name = DEFAULT_STATE) {
    checkName(name);
    const engine = this.#ready();
    const storage = this.#storage();
    await this.#restoring;
    const bytes = this.#same(engine).save(this.#options.compression);
    const { omissions } = stateInfo(bytes);
    await storage.set(name, bytes);
    if (omissions.length > 0) this.#options.onOmitted(name, omissions);
    return true;
  }

  async loadState(name = DEFAULT_STATE) {
    checkName(name);
    const engine = this.#ready();
    const bytes = await this.#storage().get(name);
    await this.#restoring;
    if (bytes === undefined) return false;
    try {
      this.#same(engine).load(bytes, this.#options.validation);
    } catch (error) {
      throw new Error(`the state "${name}" could not be restored: ${error.message}`, { cause: error });
    }
    return true;
  }

  async listStates() {
    this.#ready();
    const storage = this.#storage();
    const names = [...(await storage.list())].sort();
    return (await Promise.all(names.map((name) => describe(name, storage)))).filter((state) => state !== undefined);
  }

  async deleteState(name) {
    checkName(name);
    this.#ready();
    return this.#storage().delete(name);
  }

  getMemoryStats() {
    const used = this.#ready().usedBytes();
    const total = this.#options.memorySize;
    return { total, used, free: Math.max(0, total - used), wasm: wasm.memory.buffer.byteLength };
  }

  runGc() {
    const engine = this.#ready();
    running(() => engine.collectGarbage());
  }

  readBuffer(ptr, len) {
    if (wasm === undefined) throw new Error('call loadLuaWasm() and await it before readBuffer()');
    const { buffer } = wasm.memory;
    const isInside = Number.isInteger(ptr) && Number.isInteger(len) && ptr >= 0 && len >= 0 && ptr + len <= buffer.byteLength;
    if (!isInside) throw new RangeError(`${len} bytes at ${ptr} are outside the memory of ${buffer.byteLength} bytes`);
    return new TextDecoder().decode(new Uint8Array(buffer, ptr, len));
  }

  getTableInfo() {
    this.#ready();
    return {
      memoryTableId: HOME_TABLE_ID,
      homeTableId: HOME_TABLE_ID,
      ioTableId: IO_TABLE_ID,
      tableCount: 2,
      tableIds: [HOME_TABLE_ID, IO_TABLE_ID],
    };
  }

  getHomeTableId() {
    return this.#engine === undefined ? null : HOME_TABLE_ID;
  }

  getIoTableId() {
    return this.#engine === undefined ? null : IO_TABLE_ID;
  }

  setInput(data) {
    this.#setIo(Field.Input, undefined, data);
  }

  getOutput() {
    return decode(this.#ready().getIo(Field.Output));
  }

  setInputField(key, value) {
    checkType(key, 'string', 'the name of a field');
    this.#setIo(Field.Input, key, value);
  }

  getOutputField(key) {
    checkType(key, 'string', 'the name of a field');
    return decode(this.#ready().getIo(Field.Output, key));
  }

  setMetadata(metadata) {
    this.#setIo(Field.Meta, undefined, metadata);
  }

  getMetadata() {
    return decode(this.#ready().getIo(Field.Meta));
  }

  clearIo() {
    this.#ready().clearIo();
  }

  setMemoryAliasEnabled(isEnabled) {
    checkType(isEnabled, 'boolean', 'whether the alias is enabled');
    refuseWhileRunning();
    this.#hasMemoryAlias = isEnabled;
    this.#engine?.setMemoryAlias(isEnabled);
  }

  #setIo(field, key, value) {
    this.#ready();
    const message = encode(value);
    // Getters in the value may have run any code by now.
    this.#ready().setIo(field, key, message);
  }

  #ready() {
    if (this.#engine === undefined) throw new Error('call init() first');
    refuseWhileRunning();
    return this.#engine;
  }

  #same(engine) {
    if (this.#ready() !== engine) throw new Error('init() was called in the meantime');
    return engine;
  }

  #storage() {
    const { storage } = this.#options;
    if (storage === undefined) throw new Error('there is nowhere to save: pass a storage to init()');
    return storage;
  }
}

async function describe(name, storage) {
  let bytes;
  try {
    bytes = await storage.get(name);
    const info = bytes && stateInfo(bytes);
    return info && { name, ...info, savedAt: new Date(info.savedAt) };
  } catch (error) {
    return { name, byteSize: bytes?.length ?? 0, damage: error.message };
  }
}

/** The default engine: most pages need only one. */
const lua = new Lua();
export default lua;

export const LuaWASM = {
  async init(options) {
    await lua.loadLuaWasm();
    // @ts-expect-error: what is awaited is a number that can be awaited, see PendingStatus.
    await lua.init(options);
    return lua;
  },
};
