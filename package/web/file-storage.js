// Saved states as files in a folder, for Node.

import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const EXTENSION = '.cu-state';
const LINE_FEED = 10;

/** Keeps each state in a file: its name as one line of JSON, then its bytes. */
export class FileStorage {
  #folder;

  /** @param {string} folder created if it is missing */
  constructor(folder) {
    if (typeof folder !== 'string' || folder === '') throw new TypeError('FileStorage needs the path of a folder');
    this.#folder = folder;
  }

  get(name) {
    return this.#read(this.#path(name))?.bytes;
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
      rmSync(this.#path(name));
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
    return names.map((name) => this.#read(join(this.#folder, name))?.name).filter((name) => name !== undefined);
  }

  /** A state may have any name, and file systems differ in the names they allow, so the file is named by a hash. */
  #path(name) {
    const hash = createHash('sha256').update(JSON.stringify(name)).digest('hex');
    return join(this.#folder, `${hash}${EXTENSION}`);
  }

  #read(path) {
    let content;
    try {
      content = readFileSync(path);
    } catch (error) {
      return missing(error, undefined);
    }
    const end = content.indexOf(LINE_FEED);
    return { name: JSON.parse(content.toString('utf8', 0, end)), bytes: new Uint8Array(content.subarray(end + 1)) };
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
