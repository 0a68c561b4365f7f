import { StateStorage } from './storage.js';

export { IndexedDbStorage, MemoryStorage, type StateStorage } from './storage.js';
export { LuaError } from './lua-error.js';

/**
 * What crosses between JavaScript and Lua. Into Lua also go `undefined` (as nil), `Date` (as milliseconds since
 * 1970), `Set` and arrays of numbers such as `Float64Array` (as sequences), `ArrayBuffer` and other bytes (as
 * strings), and objects of classes (by their own enumerable properties).
 */
export type LuaValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | LuaValue[]
  | { [key: string]: LuaValue }
  | Map<LuaValue, LuaValue>;

/** What could not be saved. */
export interface Omission {
  /** Where it was: `_home.jobs[3].file`. */
  path: string;
  /** What it was: `coroutine`. */
  kind: string;
}

/** What `init` takes. */
export interface InitOptions {
  /** Bytes that Lua may allocate; beyond is the Lua error `not enough memory`. From 1 MiB to 4 GiB; 256 MiB by default. */
  memorySize?: number;
  /** Restore the state `default`, if it was saved. True by default. */
  autoRestore?: boolean;
  /** Compress what is saved. True by default. */
  compression?: boolean;
  /** Check saved states against their hash before they are restored. True by default. Data and arguments are always checked. */
  validation?: boolean;
  /** Milliseconds that a program may run; beyond is the Lua error `time limit exceeded`, which can not be caught for long. 0, the default, is no limit. */
  timeLimit?: number;
  /** Where states are kept. By default a browser's IndexedDB; elsewhere nothing, and saving fails. */
  storage?: StateStorage;
  /** Gets what programs print, line by line with the line feeds, and `'out'` or `'err'`. By default it goes to the console. */
  onPrint?: (text: string, stream: 'out' | 'err') => void;
  /** Gets what could not be saved, after the rest was. By default the console is warned. */
  onOmitted?: (name: string, omissions: Omission[]) => void;
}

/** What `compute` takes besides the code. */
export interface ComputeOptions {
  /** What messages call the chunk; `main.lua` by default. */
  chunkName?: string;
}

/** What `init` gives where the storage does not answer at once: equal (`==`) to its number, and to be awaited. */
export interface PendingStatus extends Number, PromiseLike<number> {}

/** What is known of a saved state. */
export interface StateInfo {
  /** Its name. */
  name: string;
  /** When it was saved. This, the count and the omissions are missing if the state is damaged. */
  savedAt?: Date;
  /** Its size in the storage. */
  byteSize: number;
  /** How many values are in its tables and functions. */
  valueCount?: number;
  /** What could not be saved. */
  omissions?: Omission[];
  /** Why it can not be read. */
  damage?: string;
}

/** The memory of a VM, in bytes. */
export interface MemoryStats {
  /** What Lua may allocate: the `memorySize` of `init`. */
  total: number;
  /** What Lua holds. */
  used: number;
  /** What is left of it. */
  free: number;
  /** The size of the WebAssembly memory, which all engines share. It grows, and never shrinks. */
  wasm: number;
}

/** The tables that both sides know. */
export interface TableInfo {
  /** The id of `_home`, under its older name. */
  memoryTableId: number;
  /** The id of `_home`. */
  homeTableId: number;
  /** The id of `_io`. */
  ioTableId: number;
  /** How many there are. */
  tableCount: number;
  /** Their ids. */
  tableIds: number[];
}

/** Lua with a VM of its own. Most pages need only one: the default export. */
export class Lua {
  /**
   * Loads the engine, for all instances; once it is there, further calls do nothing. In a browser, also reads the
   * saved state `default` ahead, so that `init` can restore it at once.
   *
   * @param source where the WebAssembly file is, or its bytes, if it does not lie beside the modules
   */
  loadLuaWasm(source?: string | URL | Request | Response | Promise<Response> | BufferSource | WebAssembly.Module): Promise<void>;

  /**
   * Starts a fresh VM in the place of the one before, and restores the saved state `default`.
   *
   * Gives 0. Where the storage does not answer at once, what it gives is equal to 0 and is done, when awaited, once
   * the state is restored; `compute` waits for that as well. If the state can not be restored it is kept, `_home` is
   * empty, the status is 1 or rejects with the reason, and the VM works.
   *
   * Throws before `loadLuaWasm` is done, and for options that are wrong.
   */
  init(options?: InitOptions): 0 | PendingStatus;

  /** Done when a restore that `init` began has come to its end, well or not. */
  whenReady(): Promise<void>;

  /**
   * Runs a chunk of Lua. Resolves to the last value that it returns, or null. The program runs before this returns its
   * promise, so `getOutput` right after it has the output.
   *
   * Rejects with a `LuaError` if the program fails, and with a `TypeError` that names the path if what it returns can
   * not cross: a function, say, or a table in itself.
   */
  compute(code: string, options?: ComputeOptions): Promise<LuaValue>;

  /**
   * Saves `_home`, functions and closures included, as it is now. Resolves to true once it is kept; rejects if it is not, and
   * what was saved before is still there. What can not be saved (coroutines) is left out, and told to `onOmitted`.
   *
   * @param name any text but the empty one; `default` if left out
   */
  saveState(name?: string): Promise<boolean>;

  /**
   * Puts a saved state in the place of `_home`. Globals stay. Resolves to false if there is none of that name. Rejects with
   * the reason if it can not be read, and `_home` stays what it was.
   */
  loadState(name?: string): Promise<boolean>;

  /** All saved states, sorted by name. */
  listStates(): Promise<StateInfo[]>;

  /** Deletes a saved state for ever. Resolves to whether there was one. */
  deleteState(name: string): Promise<boolean>;

  /** How much memory Lua has and holds. */
  getMemoryStats(): MemoryStats;

  /** Collects all of Lua's garbage. */
  runGc(): void;

  /** Bytes of the WebAssembly memory, as UTF-8. Throws a `RangeError` beyond its end. */
  readBuffer(ptr: number, len: number): string;

  /** The tables that both sides know. */
  getTableInfo(): TableInfo;

  /** The id of `_home`, or null before `init`. */
  getHomeTableId(): number | null;

  /** The id of `_io`, or null before `init`. */
  getIoTableId(): number | null;

  /** Sets `_io.input`. Throws a `TypeError` that names the path if the data can not cross; then `_io.input` stays what it was. */
  setInput(data: unknown): void;

  /** What programs put into `_io.output`, or null. */
  getOutput(): LuaValue;

  /** Sets one field of `_io.input`, which becomes a table if it is none. */
  setInputField(key: string, value: unknown): void;

  /** One field of `_io.output`, or null. */
  getOutputField(key: string): LuaValue;

  /** Sets `_io.meta`. */
  setMetadata(metadata: unknown): void;

  /** What is in `_io.meta`, or null. */
  getMetadata(): LuaValue;

  /** Empties `_io`: input, output and metadata. */
  clearIo(): void;

  /** Whether programs find `_home` under the name `Memory` as well, as those for cu 1 expect. They do unless told otherwise. Also before `init`. */
  setMemoryAliasEnabled(isEnabled: boolean): void;
}

/** The engine that pages use who need only one. */
declare const lua: Lua;
export default lua;

/** For those who want all in one call. */
export const LuaWASM: {
  /** Loads the engine, starts the default instance and restores its state; resolves to that instance. */
  init(options?: InitOptions): Promise<Lua>;
};
