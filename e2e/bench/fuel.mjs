// What it costs that programs can be stopped: the engine beside one that was built with CU_NO_FUEL=1.

import { dist } from '../serve.mjs';
import { withBrowser } from './browser.mjs';
import { playground } from './contestants.mjs';
import { programs } from './programs.mjs';
import { compare, comparisonTable, inTurn } from './rounds.mjs';

export async function fuel({ browser, rounds, distWithoutFuel }) {
  const work = async (ask) => {
    const contestants = [await playground(ask, 'without', '/build1/'), await playground(ask, 'with', '/')];
    return inTurn(programs, contestants, rounds);
  };
  const times = await withBrowser(browser, work, { folders: [dist, distWithoutFuel] });
  const ratios = compare(times, 'without');
  return { rounds, times, ratios, markdown: comparisonTable(times, ratios, 'without') };
}
