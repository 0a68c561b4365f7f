import { StateStorage } from './storage.js';

export { IndexedDbStorage, MemoryStorage, type StateStorage } from './storage.js';
export { LuaError } from './lua-error.js';

/**
 * The values that cross between JavaScript and Lua. Lua also accepts `undefined` (as nil), `Date` (as milliseconds
 * since 1970), `Set` and typed arrays such as `Float64Array` (as sequences), `ArrayBuffer` and other bytes (as
 * strings), and instances of classes (by their own enumerable properties).
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

/** A value that could not be saved. */
export interface Omission {
  /** Where it was: `_home.jobs[3].file`. */
  path: string;
  /** What it was: `coroutine`. */
  kind: string;
}

/** The options of `init`. */
export interface InitOptions {
  /** How many bytes Lua may allocate; beyond that, the program fails with `not enough memory`. From 1 MiB to 4 GiB; 256 MiB by default. */
  memorySize?: number;
  /** Restore the state `default` if it exists. True by default. */
  autoRestore?: boolean;
  /** Compress saved states. True by default. */
  compression?: boolean;
  /** Check saved states against their hash before they are restored. True by default. Data and arguments are always checked. */
  validation?: boolean;
  /** How many milliseconds a program may run; beyond that, it fails with `time limit exceeded`, which is raised again if the program catches it. 0, the default, means no limit. */
  timeLimit?: number;
  /** Where states are kept. The default is IndexedDB in browsers. Elsewhere there is no default, and saving fails. */
  storage?: StateStorage;
  /** Called with what programs print, line by line including line feeds. The default prints to the console. */
  onPrint?: (text: string, stream: 'out' | 'err') => void;
  /** Called with the values that could not be saved, after everything else was saved. The default warns on the console. */
  onOmitted?: (name: string, omissions: Omission[]) => void;
}

/** The options of `compute`. */
export interface ComputeOptions {
  /** The name of the chunk in messages; `main.lua` by default. */
  chunkName?: string;
}

/** What `init` returns if the storage does not answer at once. It equals its number (`==`) and can be awaited. */
export interface PendingStatus extends Number, PromiseLike<number> {}

/** What is known about a saved state. */
export interface StateInfo {
  /** Its name. */
  name: string;
  /** When it was saved. A damaged state has neither this nor `valueCount` and `omissions`. */
  savedAt?: Date;
  /** Its size in the storage. */
  byteSize: number;
  /** How many values are in its tables and functions. */
  valueCount?: number;
  /** The values that could not be saved. */
  omissions?: Omission[];
  /** Why it cannot be read. */
  damage?: string;
}

/** The memory of a VM, in bytes. */
export interface MemoryStats {
  /** What Lua may allocate: the `memorySize` of `init`. */
  total: number;
  /** What Lua has allocated. */
  used: number;
  /** `total` minus `used`. */
  free: number;
  /** The size of the WebAssembly memory, which all engines share. It grows, and never shrinks. */
  wasm: number;
}

/** The tables that JavaScript and Lua share. */
export interface TableInfo {
  /** The id of `_home`, under its older name. */
  memoryTableId: number;
  /** The id of `_home`. */
  homeTableId: number;
  /** The id of `_io`. */
  ioTableId: number;
  /** The number of tables. */
  tableCount: number;
  /** Their ids. */
  tableIds: number[];
}

/** Lua with its own VM. Most pages need only one: the default export. */
export class Lua {
  /**
   * Loads the engine for all instances; once it is loaded, further calls do nothing. In a browser, this also reads
   * the saved state `default`, so that `init` can restore it at once.
   *
   * @param source the WebAssembly file's address or its bytes; needed only if it is not next to the modules
   */
  loadLuaWasm(source?: string | URL | Request | Response | Promise<Response> | BufferSource | WebAssembly.Module): Promise<void>;

  /**
   * Starts a fresh VM, which replaces any earlier one, and restores the saved state `default`.
   *
   * Returns 0. If the storage does not answer at once, the returned value equals 0 and can be awaited until the state
   * is restored; `compute` waits for that too. If the state cannot be restored, it is kept, `_home` is empty, the
   * status is 1 or rejects with the reason, and the VM works.
   *
   * Throws if `loadLuaWasm` has not finished, or if an option is invalid.
   */
  init(options?: InitOptions): 0 | PendingStatus;

  /** Resolves when a restore that `init` began has finished or failed. */
  whenReady(): Promise<void>;

  /**
   * Runs a chunk of Lua. Resolves to the last value that it returns, or null. The program runs before this call returns
   * its promise, so you can call `getOutput` right after it.
   *
   * Rejects with a `LuaError` if the program fails, and with a `TypeError` that names the path if its result
   * cannot cross, such as a function or a table that contains itself.
   */
  compute(code: string, options?: ComputeOptions): Promise<LuaValue>;

  /**
   * Saves `_home` as it is now, functions and closures included. Resolves to true once it is stored. If it rejects, the
   * earlier saved state is still there. Values that cannot be saved (coroutines) are left out and reported to `onOmitted`.
   *
   * @param name any non-empty text; the default is `default`
   */
  saveState(name?: string): Promise<boolean>;

  /**
   * Replaces `_home` with a saved state. Globals stay as they are. Resolves to false if there is no state with that name.
   * Rejects with the reason if the state cannot be read; `_home` is then unchanged.
   */
  loadState(name?: string): Promise<boolean>;

  /** All saved states, sorted by name. */
  listStates(): Promise<StateInfo[]>;

  /** Deletes a saved state permanently. Resolves to whether it existed. */
  deleteState(name: string): Promise<boolean>;

  /** How much memory Lua may use, and how much it does. */
  getMemoryStats(): MemoryStats;

  /** Collects all of Lua's garbage. */
  runGc(): void;

  /** Decodes bytes of the WebAssembly memory as UTF-8. Throws a `RangeError` if they are outside of it. */
  readBuffer(ptr: number, len: number): string;

  /** The tables that JavaScript and Lua share. */
  getTableInfo(): TableInfo;

  /** The id of `_home`, or null before `init`. */
  getHomeTableId(): number | null;

  /** The id of `_io`, or null before `init`. */
  getIoTableId(): number | null;

  /** Sets `_io.input`. Throws a `TypeError` that names the path if the data cannot cross; `_io.input` is then unchanged. */
  setInput(data: unknown): void;

  /** Returns `_io.output`, or null. */
  getOutput(): LuaValue;

  /** Sets one field of `_io.input`, which is replaced by a table if it is not one. */
  setInputField(key: string, value: unknown): void;

  /** Returns one field of `_io.output`, or null. */
  getOutputField(key: string): LuaValue;

  /** Sets `_io.meta`. */
  setMetadata(metadata: unknown): void;

  /** Returns `_io.meta`, or null. */
  getMetadata(): LuaValue;

  /** Empties `_io`: input, output and metadata. */
  clearIo(): void;

  /** Sets whether programs also find `_home` under the name `Memory`, as those for cu 1 expect. True by default. Can be called before `init`. */
  setMemoryAliasEnabled(isEnabled: boolean): void;
}

/** The default engine: most pages need only one. */
declare const lua: Lua;
export default lua;

/** Everything in one call. */
export const LuaWASM: {
  /** Loads the engine, starts the default instance and restores its state. Resolves to that instance. */
  init(options?: InitOptions): Promise<Lua>;
};
