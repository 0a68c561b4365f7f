// The engine next to its peers: the same programs, in turn, in one page.

import { host, peer, playground } from './contestants.mjs';
import { programs } from './programs.mjs';
import { compare, comparisonTable, inBrowsers } from './rounds.mjs';

export async function speed({ browser, rounds, hostProgram }) {
  const native = host(hostProgram);
  // fengari takes ten times longer than the others: one round of it is enough.
  const contestants = async (ask) => [
    await playground(ask),
    peer(ask, 'package', 'module'),
    peer(ask, 'wasmoon'),
    { ...peer(ask, 'fengari'), rounds: 1 },
    native,
  ];
  const times = await inBrowsers(browser, programs, contestants, rounds);
  native.close();
  const ratios = compare(times, 'cu');
  return { rounds, times, ratios, markdown: comparisonTable(times, ratios, 'cu') };
}
