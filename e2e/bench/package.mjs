// How long 100,000 records of 4 fields take into the package's engine and out of it, next to `structuredClone` of
// the same data just before. The way in includes a tiny program that reads the last record.

import { pathToFileURL } from 'node:url';

import { dist } from '../serve.mjs';
import { withBrowser } from './browser.mjs';
import { median, pairedRatio, table } from './figures.mjs';
import { transfer } from './page/transfer.js';

const ways = [
  ['in', 'cloneBeforeIn'],
  ['out', 'cloneBeforeOut'],
];

function rowsOf(where, times) {
  const column = (name) => times.map((round) => round[name]);
  return ways.map(([way, clone]) => [
    `${way}, ${where}`,
    median(column(way)).toFixed(0),
    median(column(clone)).toFixed(0),
    pairedRatio(column(way), column(clone)).toFixed(2),
  ]);
}

export async function packaged({ browser, rounds }) {
  const inBrowser = await withBrowser(browser, (ask) => ask('transfer', { rounds }));
  const inNode = await transfer(pathToFileURL(`${dist}/web/`).href, rounds);
  const rows = [...rowsOf(browser, inBrowser), ...rowsOf('Node', inNode)];
  const head = ['100,000 records of 4 fields', 'cu, ms', '`structuredClone`, ms', 'ratio'];
  return { rounds, inBrowser, inNode, markdown: table(head, rows) };
}
