// The first visit, with nothing in the cache: how much is loaded.

import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { filesUnder } from '../../scripts/build/files.mjs';
import { dist } from '../serve.mjs';
import { table } from './figures.mjs';

const kinds = [
  ['Lua engine (wasm and its JavaScript)', /^worker-/],
  ['page (wasm and its JavaScript)', /^(app|start|theme|isolation|snippets)/],
  ['page (HTML and style)', /\.(html|css|svg)$/],
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

export function page() {
  const parts = sizes();
  const kilobytes = (bytes) => (bytes / 1000).toFixed(0);
  const rows = Object.entries(parts).map(([kind, { plain, gzip, brotli }]) => [kind, ...[plain, gzip, brotli].map(kilobytes)]);
  return { rounds: 1, parts, markdown: table(['part', 'kB', 'gzip, kB', 'brotli, kB'], rows) };
}
