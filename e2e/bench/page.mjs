// The first visit, with nothing in the cache: how much is loaded, and how long it takes until there is something
// to see, something to type in, and a result. Each round has a browser with a new profile, which has already started.

import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { filesUnder } from '../../scripts/build/files.mjs';
import { dist } from '../serve.mjs';
import { withBrowser } from './browser.mjs';
import { median, table } from './figures.mjs';

/** @type {[string, RegExp][]} */
const kinds = [
  ['Lua engine (wasm and its JavaScript)', /^engine-worker-/],
  ['page (wasm and its JavaScript)', /^(app|start|theme|install|snippets)/],
  ['page (HTML and style)', /\.(html|css|svg)$/],
  ['fonts', /^fonts-/],
  ['Monaco, loaded after the first paint', /^monaco-/],
];

function sizes() {
  const rows = Object.fromEntries(kinds.map(([kind]) => [kind, { plain: 0, gzip: 0, brotli: 0 }]));
  for (const path of filesUnder(dist)) {
    const name = relative(dist, path);
    const kind = kinds.find(([, pattern]) => pattern.test(name))?.[0];
    if (!kind || /LEGAL|inputs\.txt/.test(basename(path))) continue;
    const bytes = readFileSync(path);
    rows[kind].plain += bytes.length;
    rows[kind].gzip += gzipSync(bytes, { level: 9 }).length;
    rows[kind].brotli += brotliCompressSync(bytes).length;
  }
  return rows;
}

const moments = {
  painted: 'the first paint',
  typable: 'the program can be typed in and run',
  shown: 'the result of the program that the page opens with',
  monaco: 'Monaco has replaced the plain text area',
};

/** What that program prints. */
const result = '1\t2';

export async function page({ browser, rounds }) {
  const parts = sizes();
  const kilobytes = (bytes) => (bytes / 1000).toFixed(0);
  const sizeRows = Object.entries(parts).map(([kind, { plain, gzip, brotli }]) => [kind, ...[plain, gzip, brotli].map(kilobytes)]);
  const times = [];
  while (times.length < rounds) {
    times.push(await withBrowser(browser, (ask) => ask('firstVisit', { url: '/', result })));
  }
  const timeRows = Object.entries(moments).map(([moment, what]) => {
    const all = times.map((measured) => measured[moment]);
    return [what, ...[median(all), Math.max(...all)].map((value) => value.toFixed(0))];
  });
  const tables = [table(['part', 'kB', 'gzip, kB', 'brotli, kB'], sizeRows), table(['until', 'ms', 'longest'], timeRows)];
  return { rounds, parts, times, markdown: tables.join('\n\n') };
}
