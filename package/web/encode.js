// Encodes JavaScript values as a message for the engine: see engine/src/lua/transfer.rs.

import {
  ARRAY,
  BYTES,
  FALSE,
  FLOAT,
  INTEGER,
  MAP,
  NIL,
  OBJECT,
  REFUSED,
  SAME_TABLE,
  SMALL_INTEGER,
  TEXT,
  TRUE,
  TWO_TO_32,
} from './tokens.js';

const utf8Encoder = new TextEncoder();

/** Longer strings go to TextEncoder. For short ones, the call costs more than the encoding. */
const MAX_SHORT_TEXT = 0x7f;
const REPLACEMENT = 0xfffd;
/** The marker bits of a character's first byte, by the number of bytes that follow it. */
const FIRST_BYTES = [0, 0xc0, 0xe0, 0xf0];

/** Thrown at a value that cannot cross. The message then ends with a description of it. */
const refused = Symbol('refused');

const tagOf = (value) => Object.prototype.toString.call(value).slice(8, -1);

class Writer {
  #bytes = new Uint8Array(512);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;
  /** The number of each object key. */
  #names = new Map();
  /** The number of each table. */
  #numbers = new Map();
  /** What is still to be written: the contents of each table, and its keys if it is an object. */
  #pending = [];
  #keys = [];

  write(value) {
    try {
      this.#value(value);
      for (let number = 0; number < this.#pending.length; number += 1) {
        this.#contents(this.#pending[number], this.#keys[number]);
        this.#pending[number] = this.#keys[number] = undefined;
      }
    } catch (error) {
      if (error !== refused) throw error;
    }
    return this.#finish();
  }

  #reserve(size) {
    if (this.#at + size <= this.#bytes.length) return;
    const bytes = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + size));
    bytes.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }

  #token(token) {
    this.#reserve(1);
    this.#bytes[this.#at++] = token;
  }

  #number(number) {
    this.#reserve(5);
    let rest = number;
    while (rest >= 0x80) {
      this.#bytes[this.#at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.#at++] = rest;
  }

  #contents(contents, keys) {
    if (keys !== undefined) {
      for (const key of keys) {
        this.#name(key);
        this.#value(contents[key]);
      }
    } else if (contents instanceof EntryList) {
      for (const [key, value] of contents.entries) {
        if (key === null || key === undefined || Number.isNaN(key)) this.#refuse(`${Number.isNaN(key) ? 'NaN' : 'nil'} as a key`);
        this.#value(key);
        this.#value(value);
      }
    } else {
      const { values, length } = contents;
      for (let index = 0; index < length; index += 1) this.#value(values[index]);
    }
  }

  #name(name) {
    let number = this.#names.get(name);
    if (number === undefined) {
      number = this.#names.size;
      this.#names.set(name, number);
    }
    this.#number(number);
  }

  #value(value) {
    switch (typeof value) {
      case 'string':
        return this.#text(value);
      case 'number':
        return this.#float(value);
      case 'boolean':
        return this.#token(value ? TRUE : FALSE);
      case 'undefined':
        return this.#token(NIL);
      case 'bigint':
        return this.#bigint(value);
      case 'object':
        return value === null ? this.#token(NIL) : this.#object(value);
      default:
        return this.#refuse(`a ${typeof value}`);
    }
  }

  #float(value) {
    this.#reserve(9);
    if ((value | 0) === value && !Object.is(value, -0)) {
      this.#bytes[this.#at] = SMALL_INTEGER;
      this.#view.setInt32(this.#at + 1, value, true);
      this.#at += 5;
      return;
    }
    if (Number.isSafeInteger(value) && value !== 0) {
      this.#bytes[this.#at] = INTEGER;
      this.#view.setUint32(this.#at + 1, value >>> 0, true);
      this.#view.setInt32(this.#at + 5, Math.floor(value / TWO_TO_32), true);
    } else {
      this.#bytes[this.#at] = FLOAT;
      this.#view.setFloat64(this.#at + 1, value, true);
    }
    this.#at += 9;
  }

  #bigint(value) {
    if (BigInt.asIntN(64, value) !== value) this.#refuse('a BigInt beyond 64 bits');
    this.#reserve(9);
    this.#bytes[this.#at] = INTEGER;
    this.#view.setBigInt64(this.#at + 1, value, true);
    this.#at += 9;
  }

  #text(text) {
    if (text.length <= MAX_SHORT_TEXT) {
      this.#reserve(2 + 3 * text.length);
      const start = this.#at + 2;
      const end = writeUtf8(text, this.#bytes, start);
      if (end - start <= 0x7f) {
        this.#bytes[this.#at] = TEXT;
        this.#bytes[this.#at + 1] = end - start;
        this.#at = end;
        return;
      }
    }
    this.#chunk(TEXT, utf8Encoder.encode(text));
  }

  #chunk(token, bytes) {
    this.#token(token);
    this.#number(bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  #object(object) {
    const known = this.#numbers.get(object);
    if (known !== undefined) {
      this.#token(SAME_TABLE);
      this.#number(known);
    } else if (Array.isArray(object)) {
      this.#table(ARRAY, object, { values: object, length: object.length }, object.length);
    } else if (Object.getPrototypeOf(object) === Object.prototype) {
      this.#record(object);
    } else {
      this.#special(object);
    }
  }

  #record(object) {
    const keys = Object.keys(object);
    this.#table(OBJECT, object, object, keys.length, keys);
  }

  #special(object) {
    if (ArrayBuffer.isView(object)) {
      const isList = 'BYTES_PER_ELEMENT' in object && Number(object.BYTES_PER_ELEMENT) > 1;
      if (isList) return this.#list(object, object);
      return this.#chunk(BYTES, new Uint8Array(object.buffer, object.byteOffset, object.byteLength));
    }
    switch (tagOf(object)) {
      case 'Object':
        return this.#record(object);
      case 'Map':
        return this.#table(MAP, object, new EntryList([...object]), object.size);
      case 'Set':
        return this.#list(object, [...object]);
      case 'Date':
        return this.#float(object.getTime());
      case 'ArrayBuffer':
      case 'SharedArrayBuffer':
        return this.#chunk(BYTES, new Uint8Array(object));
      default:
        return this.#refuse(`an object of the kind ${tagOf(object)}`);
    }
  }

  #list(object, values) {
    this.#table(ARRAY, object, { values, length: values.length }, values.length);
  }

  #table(token, object, contents, count, keys) {
    this.#numbers.set(object, this.#pending.length);
    this.#pending.push(contents);
    this.#keys.push(keys);
    this.#token(token);
    this.#number(count);
  }

  #refuse(what) {
    this.#chunk(REFUSED, utf8Encoder.encode(what));
    throw refused;
  }

  /** Returns the message: the names, then the tokens. */
  #finish() {
    const tokens = this.#bytes.subarray(0, this.#at);
    if (this.#names.size === 0) return joined([new Uint8Array(1), tokens]);
    const names = [...this.#names.keys()].map((name) => utf8Encoder.encode(name));
    this.#bytes = new Uint8Array(512);
    this.#at = 0;
    this.#number(names.length);
    for (const { length } of names) this.#number(length * 2);
    return joined([this.#bytes.subarray(0, this.#at), ...names, tokens]);
  }
}

/** The entries of a Map. */
class EntryList {
  constructor(entries) {
    this.entries = entries;
  }
}

/** Writes a text as UTF-8, with U+FFFD for lone surrogates as TextEncoder does. Returns the end offset. */
function writeUtf8(text, bytes, start) {
  let at = start;
  for (let index = 0; index < text.length; index += 1) {
    let point = text.charCodeAt(index);
    if (point >= 0xd800 && point < 0xe000) {
      point = text.codePointAt(index);
      if (point > 0xffff) index += 1;
      else point = REPLACEMENT;
    }
    const following = Number(point >= 0x80) + Number(point >= 0x800) + Number(point >= 0x10000);
    bytes[at++] = FIRST_BYTES[following] | (point >> (6 * following));
    for (let shift = 6 * following - 6; shift >= 0; shift -= 6) bytes[at++] = 0x80 | ((point >> shift) & 0x3f);
  }
  return at;
}

function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Encodes a value as a message for the engine. A value that cannot cross is marked in it, and the engine refuses the message. */
export function encode(value) {
  return new Writer().write(value);
}
