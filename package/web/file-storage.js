// Saved states as files of a folder, for Node.

import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const ENDING = '.cu-state';
const LINE_FEED = 10;

/** Keeps each state in a file: its name as a line of JSON, then its bytes. */
export class FileStorage {
  #folder;

  /** @param {string} folder is made if it is missing */
  constructor(folder) {
    if (typeof folder !== 'string' || folder === '') throw new TypeError('FileStorage needs the path of a folder');
    this.#folder = folder;
  }

  get(name) {
    return this.#read(this.#path(name))?.bytes;
  }

  /** Writes a new file and puts it in the place of the old one: one of the two is there whatever happens. */
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
      names = readdirSync(this.#folder).filter((name) => name.endsWith(ENDING));
    } catch (error) {
      return missing(error, []);
    }
    return names.map((name) => this.#read(join(this.#folder, name))?.name).filter((name) => name !== undefined);
  }

  /** Any name may be given, and file systems differ in the names that they take: so the file has its hash. */
  #path(name) {
    const hash = createHash('sha256').update(JSON.stringify(name)).digest('hex');
    return join(this.#folder, `${hash}${ENDING}`);
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

/** What a missing file comes to; any other error goes on. */
function missing(error, result) {
  if (error.code !== 'ENOENT') throw error;
  return result;
}
