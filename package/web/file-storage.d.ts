import { StateStorage } from './storage.js';

/**
 * Keeps states as files in a folder, for Node. A state may have any name: files are named by its hash. A state whose
 * name can no longer be read goes by the name of its file.
 */
export class FileStorage implements StateStorage {
  /** The folder is created when it is needed. */
  constructor(folder: string);
  get(name: string): Uint8Array | undefined;
  /** Replaces the old file once the new one is completely on disk. */
  set(name: string, bytes: Uint8Array): void;
  delete(name: string): boolean;
  list(): string[];
}
