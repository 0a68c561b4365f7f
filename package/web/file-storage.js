// Saved states as files in a folder, for Node.

import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';

const EXTENSION = '.cu-state';
const LINE_FEED = 10;
const FILE_NAME = /^[0-9a-f]{64}\.cu-state$/;

/**
 * Keeps each state in a file: its name as one line of JSON, then its bytes. A state whose name can no longer be read
 * goes by the name of its file.
 */
export class FileStorage {
  #folder;

  /** @param {string} folder created if it is missing */
  constructor(folder) {
    if (typeof folder !== 'string' || folder === '') throw new TypeError('FileStorage needs the path of a folder');
    this.#folder = folder;
  }

  get(name) {
    return this.#read(this.#find(name))?.bytes;
  }

  /** Writes a new file, then replaces the old one with it, so that one of the two exists whatever happens. */
  set(name, bytes) {
    mkdirSync(this.#folder, { recursive: true });
    const path = this.#path(name);
    const fresh = `${path}.${process.pid}.new`;
    const file = openSync(fresh, 'w');
    try {
      writeWhole(file, Buffer.from(`${JSON.stringify(name)}\n`));
      writeWhole(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(fresh, path);
  }

  delete(name) {
    try {
      rmSync(this.#find(name));
      return true;
    } catch (error) {
      return missing(error, false);
    }
  }

  list() {
    let names;
    try {
      names = readdirSync(this.#folder).filter((name) => name.endsWith(EXTENSION));
    } catch (error) {
      return missing(error, []);
    }
    return names.map((name) => this.#nameOf(join(this.#folder, name))).filter((name) => name !== undefined);
  }

  /** A state may have any name, and file systems differ in the names they allow, so the file is named by a hash. */
  #path(name) {
    const hash = createHash('sha256').update(JSON.stringify(name)).digest('hex');
    return join(this.#folder, `${hash}${EXTENSION}`);
  }

  /** The file of a state that may be there. */
  #find(name) {
    const path = this.#path(name);
    return FILE_NAME.test(name) && !existsSync(path) ? join(this.#folder, name) : path;
  }

  /** Undefined for a file that was deleted meanwhile. */
  #nameOf(path) {
    try {
      const content = this.#read(path);
      if (content === undefined) return undefined;
      const name = JSON.parse(content.line);
      if (typeof name === 'string' && this.#path(name) === path) return name;
    } catch {
      // One file that cannot be read must not hide the others. Who asks for its bytes learns why.
    }
    return basename(path);
  }

  #read(path) {
    let content;
    try {
      content = readFileSync(path);
    } catch (error) {
      return missing(error, undefined);
    }
    const end = content.indexOf(LINE_FEED);
    return { line: content.toString('utf8', 0, Math.max(end, 0)), bytes: new Uint8Array(content.subarray(end + 1)) };
  }
}

function writeWhole(file, bytes) {
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
}

/** Returns the result for a missing file; throws any other error. */
function missing(error, result) {
  if (error.code !== 'ENOENT') throw error;
  return result;
}
