// Puts the functions of a wasm file that resemble each other side by side. gzip finds what it has seen in the last
// 32 kB only, and the compiler leaves the copies of a generic function all over the file.
import { numberAt, numberBytes, sectionsOf } from "./sections.mjs";

const codeSection = 10;
/** How many bytes in a row are compared. */
const sampleLength = 5;
/** One sample in this many is used. */
const sampling = 4;
/** A sample that more functions have than this says nothing about any of them. */
const maxSharers = 2000;

/** The code of each function that a wasm file defines. */
function bodiesOf(bytes) {
  const { contents } = sectionsOf(bytes).find(({ id }) => id === codeSection);
  const count = numberAt(bytes, contents);
  let at = count.end;
  return Array.from({ length: count.value }, () => {
    const length = numberAt(bytes, at);
    at = length.end + length.value;
    return bytes.subarray(length.end, at);
  });
}

/** Hashes of short parts of a function: the same part is a sample in each function, or in none. */
function samplesOf(body) {
  const samples = new Set();
  for (let start = 0; start + sampleLength <= body.length; start += 1) {
    let hash = 0x811c9dc5;
    for (let at = start; at < start + sampleLength; at += 1) hash = Math.imul(hash ^ body[at], 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hash = (hash ^ (hash >>> 13)) >>> 0;
    if (hash % sampling === 0) samples.add(hash);
  }
  return samples;
}

/** The functions that have a sample. */
function sharersOf(samples) {
  const sharers = new Map();
  samples.forEach((own, index) => {
    for (const sample of own) {
      const found = sharers.get(sample);
      if (found === undefined) sharers.set(sample, [index]);
      else found.push(index);
    }
  });
  for (const [sample, found] of sharers) if (found.length > maxSharers) sharers.delete(sample);
  return sharers;
}

/** Goes from each function to the one that has most in common with it, of those that are left. */
function similarOrder(bodies) {
  const samples = bodies.map(samplesOf);
  const sharers = sharersOf(samples);
  const left = new Set(bodies.keys());
  const order = [];
  for (let current = 0; order.length < bodies.length; ) {
    order.push(current);
    left.delete(current);
    const shared = new Map();
    for (const sample of samples[current]) {
      for (const other of sharers.get(sample) ?? []) {
        if (left.has(other)) shared.set(other, (shared.get(other) ?? 0) + 1);
      }
    }
    const size = samples[current].size;
    let [next, highest] = [left.values().next().value, 0];
    for (const [other, count] of shared) {
      const likeness = count / (size + samples[other].size - count);
      if (likeness > highest) [next, highest] = [other, likeness];
    }
    current = next;
  }
  return order;
}

/** Names the functions of a wasm file without names so that they are in the right order when sorted by name. */
export function nameBySimilarity(bytes) {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  const firstIndex = imports.filter(({ kind }) => kind === "function").length;
  const bodies = bodiesOf(bytes);
  const names = new Array(bodies.length);
  similarOrder(bodies).forEach((index, rank) => (names[index] = String(rank).padStart(6, "0")));
  const entries = names.map((name, index) => [...numberBytes(firstIndex + index), name.length, ...Buffer.from(name)]);
  const functions = [...numberBytes(names.length), ...entries.flat()];
  const content = [4, ...Buffer.from("name"), 1, ...numberBytes(functions.length), ...functions];
  return Buffer.concat([bytes, Buffer.from([0, ...numberBytes(content.length), ...content])]);
}
