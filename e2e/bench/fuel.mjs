// The cost of being able to stop programs: the engine next to one that was built with CU_NO_FUEL=1.

import { dist } from '../serve.mjs';
import { playground } from './contestants.mjs';
import { programs } from './programs.mjs';
import { compare, comparisonTable, inBrowsers } from './rounds.mjs';

export async function fuel({ browser, rounds, distWithoutFuel }) {
  const contestants = async (ask) => [await playground(ask, 'without', '/build1/'), await playground(ask, 'with', '/')];
  const times = await inBrowsers(browser, programs, contestants, rounds, { folders: [dist, distWithoutFuel] });
  const ratios = compare(times, 'without');
  return { rounds, times, ratios, markdown: comparisonTable(times, ratios, 'without') };
}
