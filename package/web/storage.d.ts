/**
 * Where saved states are kept. Each call may give its result at once or as a promise. If `get` gives it at once,
 * `init` restores at once.
 */
export interface StateStorage {
  /** The bytes of a state, or `undefined` if there is none of that name. */
  get(name: string): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /** Keeps a state in the place of one of the same name; all of it, or what was there before stays. */
  set(name: string, bytes: Uint8Array): void | Promise<void>;
  /** Deletes a state; tells whether there was one. */
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

/** Keeps states in a browser's IndexedDB, for the pages of one origin. What is saved is on disk. */
export class IndexedDbStorage implements StateStorage {
  /** States of different databases know nothing of each other. The default is `cu-states`. */
  constructor(databaseName?: string);
  /** Reads a state, so that `get` has it at once from then on. */
  readAhead(name: string): Promise<void>;
  get(name: string): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  set(name: string, bytes: Uint8Array): Promise<void>;
  delete(name: string): Promise<boolean>;
  list(): Promise<string[]>;
}
