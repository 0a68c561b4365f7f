// Packs and unpacks what is in zip files: what app/src/zip/streams.rs declares.

const through = (bytes, stream) => new Blob([bytes]).stream().pipeThrough(stream);

// The bytes, if they are as many as the zip said. No more are unpacked, however many there would be.
export async function inflate(bytes, size) {
  const reader = through(bytes, new DecompressionStream("deflate-raw")).getReader();
  const unpacked = new Uint8Array(size);
  let length = 0;
  for (let part; !(part = await reader.read()).done; length += part.value.length) {
    if (length + part.value.length > size) {
      reader.cancel();
      throw new RangeError("more than the zip said");
    }
    unpacked.set(part.value, length);
  }
  return unpacked.subarray(0, length);
}

export async function deflate(bytes) {
  return new Response(through(bytes, new CompressionStream("deflate-raw"))).arrayBuffer();
}

// Bytes in the base64 of addresses.
export function toAddress(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function fromAddress(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (digit) => digit.charCodeAt(0));
}
