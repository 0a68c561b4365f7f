/**
 * A store for saved states. Each call may return its result or a promise of it. If `get` returns the bytes
 * themselves, `init` restores at once.
 */
export interface StateStorage {
  /** The bytes of a state, or `undefined` if there is no state with that name. */
  get(name: string): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /** Stores a state, replacing one of the same name: either completely, or the earlier one stays. */
  set(name: string, bytes: Uint8Array): void | Promise<void>;
  /** Deletes a state. Returns whether it existed. */
  delete(name: string): boolean | Promise<boolean>;
  /** The names of all states. */
  list(): string[] | Promise<string[]>;
}

/** Keeps states until the page is left or the process ends. */
export class MemoryStorage implements StateStorage {
  get(name: string): Uint8Array | undefined;
  set(name: string, bytes: Uint8Array): void;
  delete(name: string): boolean;
  list(): string[];
}

/** Keeps states in a browser's IndexedDB, for the pages of one origin. A saved state is on disk. */
export class IndexedDbStorage implements StateStorage {
  /** Each database has its own states. The default is `cu-states`. */
  constructor(databaseName?: string);
  /** Reads a state into memory, so that later calls of `get` return it at once. */
  readAhead(name: string): Promise<void>;
  get(name: string): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  set(name: string, bytes: Uint8Array): Promise<void>;
  delete(name: string): Promise<boolean>;
  list(): Promise<string[]>;
}
