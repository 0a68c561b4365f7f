// `./cu bench [part...] [--firefox] [--rounds N]`: measures, prints tables, and writes them as JSON too.

import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { fuel } from './fuel.mjs';
import { packaged } from './package.mjs';
import { page } from './page.mjs';
import { persistence } from './persistence.mjs';
import { scaling } from './scaling.mjs';
import { speed } from './speed.mjs';
import { stop } from './stop.mjs';

const parts = {
  speed: { title: 'Speed', measure: speed, rounds: 15 },
  persistence: { title: 'Persistence', measure: persistence, rounds: 3 },
  package: { title: 'The package', measure: packaged, rounds: 15 },
  page: { title: 'First load', measure: page, rounds: 7 },
  scaling: { title: 'Scaling', measure: scaling, rounds: 5 },
  stop: { title: 'Stop', measure: stop, rounds: 5 },
  fuel: { title: 'The cost of being stoppable', measure: fuel, rounds: 7 },
};

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { firefox: { type: 'boolean', default: false }, rounds: { type: 'string' } },
});
const wanted = positionals.length > 0 ? positionals : Object.keys(parts);
const unknown = wanted.find((name) => !(name in parts));
if (unknown) throw new Error(`there is no part ${unknown}; the parts are ${Object.keys(parts).join(', ')}`);

const browser = options.firefox ? 'firefox' : 'chromium';
const machine = `${cpus().length} cores, ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`;
const results = fileURLToPath(new URL('../results/bench/', import.meta.url));
await mkdir(results, { recursive: true });
console.log(`${browser}, headless, on ${machine}\n`);
for (const name of wanted) {
  const { title, measure, rounds } = parts[name];
  const found = await measure({
    browser,
    rounds: Number(options.rounds ?? rounds),
    hostProgram: process.env.CU_HOST_PROGRAM,
    distWithoutFuel: process.env.CU_DIST_WITHOUT_FUEL,
  });
  console.log(`## ${title} (${browser}, ${found.rounds} rounds)\n\n${found.markdown}\n`);
  await writeFile(`${results}${name}-${browser}.json`, JSON.stringify({ browser, machine, ...found }, null, 2));
}
