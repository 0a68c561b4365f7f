/** Matches a text that is exactly this line, or has it as one of its lines. */
export function whole(line) {
  return new RegExp(`^${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, 'm');
}
