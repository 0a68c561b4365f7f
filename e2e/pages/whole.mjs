const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Matches a text with exactly this line in it. */
export function whole(line) {
  return new RegExp(`^${escaped(line)}$`, 'm');
}

/** Matches a text that contains this one. */
export function containing(text) {
  return new RegExp(escaped(text));
}
