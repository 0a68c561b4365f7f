// The programs that are measured: Lua files with a comment at the top: what they do and what they return.

import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('programs', import.meta.url));

/** All of them, by name. */
export const programs = readdirSync(folder)
  .sort()
  .map((file) => {
    const text = readFileSync(`${folder}/${file}`, 'utf8');
    const [, about, expected] = text.match(/^-- (.*)\n-- Result: (.*)\n/);
    return { name: file.replace('.lua', ''), about, expected, chunk: timed(text) };
  });

// Every engine keeps time itself, by its `os.clock`, which in a browser is `performance.now` for all of them:
// so no engine is charged for getting there. The second of two runs counts: during the first the page still draws
// the program, and the processor wakes up. Each starts with an empty heap, as far as the engine has a collector.
function timed(text) {
  return `
    local function program() ${text} end
    local millis, result
    for _ = 1, 2 do
      pcall(collectgarbage)
      local start = os.clock()
      result = program()
      millis = (os.clock() - start) * 1000
    end
    return string.format("%.3f %s", millis, tostring(result))`;
}

/** Runs a program; returns its time in milliseconds. Fails if the result is wrong. */
export async function measure(program, contestant) {
  const report = await contestant.run(program.chunk);
  const [, millis, result] = report.match(/^([\d.]+) (.*)$/) ?? [];
  if (result !== program.expected) {
    throw new Error(`${contestant.name}, ${program.name}: expected ${program.expected}, got ${report}`);
  }
  return Number(millis);
}
