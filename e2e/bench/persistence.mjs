// How long `_home` takes to be saved and restored, as a person sees it: from the end of the run until the page
// says "saved", and from opening the page until it accepts programs. So these times include everything: capturing,
// encoding, cutting, hashing, and a transaction that is on disk.

import { withBrowser } from './browser.mjs';
import { median, table } from './figures.mjs';

const records = 'for i = 1, 100000 do _home[i] = {id = i, name = "user " .. i, score = i % 100, active = true} end';
const heaps = {
  'nothing': '_home = {}',
  '1,000 values': 'for i = 1, 1000 do _home[i] = i end',
  '100,000 records of 4 fields': records,
  'a list of 1,000,000 nodes': 'local l for i = 1, 1e6 do l = {i, next = l} end _home.list = l',
};
const change = '_home[50000].score = "changed"';

const name = 'cu';
const ended = (program) => ({ name, program: `${program} print("end")`, mark: 'end' });

async function measureHeap(ask, what, program) {
  await ask('forget');
  await ask('open', { name, url: '/' });
  const { ended: run, saved } = await ask('run', ended(program));
  const measured = { save: saved - run, bytes: await ask('storedBytes') };
  if (program === records) {
    const again = await ask('run', ended(change));
    measured.saveChange = again.saved - again.ended;
    measured.changeBytes = (await ask('storedBytes')) - measured.bytes;
  }
  measured.open = await ask('open', { name, url: '/' });
  return measured;
}

export async function persistence({ browser, rounds }) {
  const work = async (ask) => {
    const all = Object.fromEntries(Object.keys(heaps).map((what) => [what, []]));
    const plain = { object: [], text: [] };
    for (let round = 0; round < rounds; round++) {
      for (const [what, program] of Object.entries(heaps)) all[what].push(await measureHeap(ask, what, program));
      plain.object.push(await ask('storePlainly', { count: 100_000, asText: false }));
      plain.text.push(await ask('storePlainly', { count: 100_000, asText: true }));
    }
    return { all, plain };
  };
  const { all, plain } = await withBrowser(browser, work);
  const middle = (list, field) => median(list.map((measured) => measured[field]));
  const empty = middle(all.nothing, 'open');
  const millis = (value) => value.toFixed(0);
  const rows = Object.entries(all).map(([what, list]) => [
    `cu: ${what}`,
    millis(middle(list, 'save')),
    millis(middle(list, 'open') - empty),
    (middle(list, 'bytes') / 1000).toFixed(1),
  ]);
  const changed = all['100,000 records of 4 fields'];
  rows.push(['cu: one of these records changed', millis(middle(changed, 'saveChange')), '', (middle(changed, 'changeBytes') / 1000).toFixed(1)]);
  const alternatives = { object: 'the same records as JavaScript objects, by `structuredClone`', text: 'the same records as JSON text' };
  for (const [kind, what] of Object.entries(alternatives)) {
    rows.push([what, millis(middle(plain[kind], 'saved')), millis(middle(plain[kind], 'loaded')), '']);
  }
  const head = ['what', 'save until durable, ms', 'restore, ms more than nothing', 'written, kB'];
  return { rounds, all, plain, markdown: table(head, rows) };
}
