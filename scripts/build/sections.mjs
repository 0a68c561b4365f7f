// The sections of a wasm file, each with its id and its length ahead of it.

/** Where the first section begins: after the file's magic number and version. */
const start = 8;

/** Reads a whole number as wasm writes it (LEB128). Returns it and where it ends. */
export function numberAt(bytes, start) {
  let [value, at, scale] = [0, start, 1];
  for (; bytes[at] >= 128; at += 1, scale *= 128) value += (bytes[at] - 128) * scale;
  return { value: value + bytes[at] * scale, end: at + 1 };
}

export function numberBytes(value) {
  return value < 128 ? [value] : [128 + (value % 128), ...numberBytes(Math.floor(value / 128))];
}

/** All sections in order: their ids, where they and their contents begin, and where they end. */
export function sectionsOf(bytes) {
  const sections = [];
  for (let at = start; at < bytes.length; at = sections.at(-1).end) {
    const { value: length, end: contents } = numberAt(bytes, at + 1);
    sections.push({ id: bytes[at], at, contents, end: contents + length });
  }
  return sections;
}
