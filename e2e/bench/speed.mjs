// The engine beside its peers: the same programs, in turn, within one page.

import { withBrowser } from './browser.mjs';
import { host, peer, playground } from './contestants.mjs';
import { programs } from './programs.mjs';
import { compare, comparisonTable, inTurn } from './rounds.mjs';

/** fengari takes twenty times longer than the others. */
const fengariRounds = 1;

export async function speed({ browser, rounds, hostProgram }) {
  const native = host(hostProgram);
  const times = await withBrowser(browser, async (ask) => {
    const fengari = { ...peer(ask, 'fengari'), rounds: fengariRounds };
    const packaged = peer(ask, 'package', 'module');
    return inTurn(programs, [await playground(ask), packaged, peer(ask, 'wasmoon'), fengari, native], rounds);
  });
  native.close();
  const ratios = compare(times, 'cu');
  return { rounds, times, ratios, markdown: comparisonTable(times, ratios, 'cu') };
}
