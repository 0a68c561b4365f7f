// Decodes a message from the engine into JavaScript values: see engine/src/lua/transfer.rs.

import {
  ARRAY,
  FALSE,
  FLOAT,
  INTEGER,
  NIL,
  OBJECT,
  SAME_TABLE,
  SMALL_INTEGER,
  STRING,
  TRUE,
  TWO_TO_32,
} from './tokens.js';

const utf8Decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Strings are decoded in groups of about this size: one by one is slow, and all at once would keep the whole text alive. */
const GROUP_BYTES = 1 << 14;

/** Longer arrays grow as they are filled: JavaScript engines store arrays that start out very long as slow maps. */
const MAX_PREALLOCATED = 1 << 16;

class Reader {
  #bytes;
  #view;
  #at = 0;
  #strings;
  #tables = [];
  #shapes = [];
  #counts = [];

  constructor(bytes) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read() {
    const count = this.#number();
    this.#strings = count === 0 ? [] : this.#readStrings(count);
    const value = this.#value();
    for (let number = 0; number < this.#tables.length; number += 1) this.#contents(number);
    return value;
  }

  #number() {
    let byte = this.#bytes[this.#at++];
    if (byte < 0x80) return byte;
    let number = byte & 0x7f;
    for (let factor = 0x80; byte >= 0x80; factor *= 0x80) {
      byte = this.#bytes[this.#at++];
      number += (byte & 0x7f) * factor;
    }
    return number;
  }

  #readStrings(count) {
    const lengths = new Array(count);
    for (let index = 0; index < count; index += 1) lengths[index] = this.#number();
    const strings = [];
    while (strings.length < count) this.#readGroup(strings, lengths);
    return strings;
  }

  /** Reads the next group of strings. Each number in `lengths` is a length times two, plus one if the string is not UTF-8. */
  #readGroup(strings, lengths) {
    const first = strings.length;
    let [size, end, isText] = [0, first, true];
    while (end < lengths.length && (end === first || size < GROUP_BYTES)) {
      size += Math.floor(lengths[end] / 2);
      isText &&= lengths[end] % 2 === 0;
      end += 1;
    }
    const group = this.#bytes.subarray(this.#at, this.#at + size);
    this.#at += size;
    const text = isText ? utf8Decoder.decode(group) : '';
    // As many UTF-16 units as bytes means that all of it is ASCII.
    const isAscii = text.length === size;
    let [start, startInText] = [0, 0];
    for (let index = first; index < end; index += 1) {
      const stop = start + Math.floor(lengths[index] / 2);
      if (isText) {
        const stopInText = isAscii ? stop : startInText + unitCount(group, start, stop);
        strings.push(text.slice(startInText, stopInText));
        startInText = stopInText;
      } else if (lengths[index] % 2 === 1) strings.push(group.slice(start, stop));
      else strings.push(utf8Decoder.decode(group.subarray(start, stop)));
      start = stop;
    }
  }

  #value() {
    const token = this.#bytes[this.#at++];
    switch (token) {
      case NIL:
        return null;
      case FALSE:
        return false;
      case TRUE:
        return true;
      case SMALL_INTEGER:
        this.#at += 4;
        return this.#view.getInt32(this.#at - 4, true);
      case INTEGER:
        this.#at += 8;
        return this.#integer(this.#at - 8);
      case FLOAT:
        this.#at += 8;
        return this.#view.getFloat64(this.#at - 8, true);
      case STRING:
        return this.#strings[this.#number()];
      case SAME_TABLE:
        return this.#tables[this.#number()];
      default:
        return this.#table(token);
    }
  }

  #integer(at) {
    const number = this.#view.getInt32(at + 4, true) * TWO_TO_32 + this.#view.getUint32(at, true);
    return Number.isSafeInteger(number) ? number : this.#view.getBigInt64(at, true);
  }

  #table(shape) {
    const count = this.#number();
    let table;
    if (shape === ARRAY) table = new Array(Math.min(count, MAX_PREALLOCATED));
    else if (shape === OBJECT) table = {};
    else table = new Map();
    this.#counts.push(count);
    this.#shapes.push(shape);
    this.#tables.push(table);
    return table;
  }

  #contents(number) {
    const table = this.#tables[number];
    const count = this.#counts[number];
    const shape = this.#shapes[number];
    if (shape === ARRAY) {
      for (let index = 0; index < count; index += 1) table[index] = this.#value();
    } else if (shape === OBJECT) {
      for (let index = 0; index < count; index += 1) setProperty(table, this.#strings[this.#number()], this.#value());
    } else {
      for (let index = 0; index < count; index += 1) {
        const key = this.#value();
        table.set(key, this.#value());
      }
    }
  }
}

/** Counts the UTF-16 units of a part of a UTF-8 text: one for each character's first byte, two if the character has four bytes. */
function unitCount(bytes, start, stop) {
  let count = 0;
  for (let index = start; index < stop; index += 1) {
    const byte = bytes[index];
    if ((byte & 0xc0) !== 0x80) count += byte < 0xf0 ? 1 : 2;
  }
  return count;
}

function setProperty(object, name, value) {
  // Assigning to this name would change the object's prototype.
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[name] = value;
  }
}

/** Returns the value in a message from the engine. */
export function decode(message) {
  return new Reader(message).read();
}
