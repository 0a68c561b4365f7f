// What runs the programs: the playground as people use it, other engines in workers of the same page, and
// the engine's host build. Each has a name and `run(chunk)`, which returns the text that the chunk returns.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Prints what a chunk returns, or why it failed, between marks. */
const printing = (run, chunk) => `print("run ${run}:", (select(2, pcall(function() ${chunk}\nend))), ":run ${run}")`;

/** The playground at this URL: the program is put into the editor and run by the button. */
export async function playground(ask, name = 'cu', url = '/') {
  await ask('open', { name, url });
  let runs = 0;
  return {
    name,
    async run(chunk) {
      runs += 1;
      const { output } = await ask('run', { name, program: printing(runs, chunk), mark: `\t:run ${runs}` });
      return output.split('\t')[1];
    },
  };
}

/** Another engine, in a worker of this type. */
export function peer(ask, name, type = 'classic') {
  return { name, run: (chunk) => ask('peer', { name, type, chunk }) };
}

/** The engine built for this machine: `program` is the executable of engine/benches/programs.rs. */
export function host(program) {
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    name: 'host build',
    async run(chunk) {
      child.stdin.write(`${JSON.stringify(printing(1, chunk))}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('the host build ended');
      return value.split('\t')[1];
    },
    close: () => child.stdin.end(),
  };
}
