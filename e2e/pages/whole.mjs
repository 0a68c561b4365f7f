/** Matches a text with exactly this line in it. */
export function whole(line) {
  return new RegExp(`^${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, 'm');
}
