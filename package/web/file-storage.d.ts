import { StateStorage } from './storage.js';

/** Keeps states as files of a folder, for Node. Names may be anything: files are named by their hash. */
export class FileStorage implements StateStorage {
  /** The folder is made when it is needed. */
  constructor(folder: string);
  get(name: string): Uint8Array | undefined;
  /** Puts a new file in the place of the old one once all of it is on disk. */
  set(name: string, bytes: Uint8Array): void;
  delete(name: string): boolean;
  list(): string[];
}
