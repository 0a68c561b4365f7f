// A static server for the built playground, as a plain web host would serve it.
//
// /          with the headers of the build's `_headers` file
// /sub/path/ the same, deeper down
// /bare/     without them, as on a host that cannot set any
// /package/  the package's tests and examples from the sources, and what is built of it under /package/web/
//
// A browser with the cookie `welcome=none` gets no programs for a first visit: its `_home` begins empty.
// A browser with the cookie `editor=plain` gets no Monaco: the page then keeps its plain text area.
//
// `node serve.mjs [folder] [port]` serves until it is ended; CU_HOST names another address than 127.0.0.1.

import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.jsonl': 'application/jsonl',
  '.md': 'text/markdown; charset=utf-8',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

const sources = (folder) => fileURLToPath(new URL(`../${folder}`, import.meta.url));

const mounts = [
  { prefix: '/sub/path/', sendsHeaders: true },
  { prefix: '/bare/', sendsHeaders: false },
  { prefix: '/package/web/', sendsHeaders: false, part: 'web' },
  { prefix: '/package/', sendsHeaders: false, source: sources('package') },
  { prefix: '/engine/tests/cases/', sendsHeaders: false, source: sources('engine/tests/cases') },
  { prefix: '/', sendsHeaders: true },
];

/** The folder that `./cu test` builds into, unless CU_DIST names another. */
export const dist = resolve(process.env.CU_DIST ?? fileURLToPath(new URL('../dist', import.meta.url)));

/** Programs for a first visit that are none: its `_home` begins empty. */
export const nothing = fileURLToPath(new URL('fixtures/nothing.json', import.meta.url));

/**
 * Serves `folder` on `host`; port 0 takes a free one. Gives the URL and a way to end.
 *
 * For benchmarks there can be more: `files` from elsewhere and other `folders`, by their path on the server, and
 * `answers`, which takes what is posted.
 *
 * @param {string} [folder]
 * @param {number} [port]
 * @param {{ files?: object, folders?: object, answers?: import('node:http').RequestListener, host?: string }} [more]
 */
export async function serve(folder = dist, port = 0, { files = {}, folders = {}, answers, host = '127.0.0.1' } = {}) {
  await stat(join(folder, 'index.html')).catch(() => {
    throw new Error(`${folder} holds no built playground: run \`./cu test\`, or \`trunk build\``);
  });
  const headers = headersOf(await readFile(join(folder, '_headers'), 'utf8'));
  const places = [...Object.entries(folders).map(([prefix, source]) => ({ prefix, source, sendsHeaders: true })), ...mounts];
  const server = createServer((request, response) => {
    if (answers && request.method === 'POST') return answers(request, response);
    return answer({ folder, places, files, headers }, request, response);
  });
  await new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => listening(null));
  });
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://${host}:${address.port}/`,
    close: () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      return closed;
    },
  };
}

/** The build's `_headers` has one block, for all files. */
function headersOf(text) {
  const lines = text.split('\n').filter((line) => line.startsWith(' '));
  return Object.fromEntries(lines.map((line) => line.trim().split(/: (.*)/, 2)));
}

async function answer({ folder, places, files, headers }, request, response) {
  const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  const { prefix, sendsHeaders, part = '', source: root = join(folder, part) } = places.find((place) => path.startsWith(place.prefix));
  const name = path.slice(prefix.length);
  if (name.startsWith('monaco-') && /\beditor=plain\b/.test(request.headers.cookie ?? '')) {
    const module = 'export function create() { throw new Error("this test has no Monaco"); }';
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(module);
    return;
  }
  // What keeps the release for later gets them all the same.
  const isPage = !request.headers.referer?.endsWith('/service-worker.js');
  if (name === 'examples/welcome.json' && isPage && /\bwelcome=none\b/.test(request.headers.cookie ?? '')) {
    response.writeHead(204).end();
    return;
  }
  const file = files[path] ?? resolve(root, name === '' || name.endsWith('/') ? `${name}index.html` : name);
  const isServed = path in files || (file + sep).startsWith(root + sep);
  const found = isServed && (await stat(file).catch(() => null));
  if (!found || !found.isFile()) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found');
    return;
  }
  // What benchmarks add is not the playground: fengari makes code of text.
  const { 'Content-Security-Policy': policy, ...others } = headers;
  const sent = path in files ? others : { ...others, 'Content-Security-Policy': policy };
  response.writeHead(200, {
    ...(sendsHeaders ? sent : {}),
    'Cache-Control': 'no-cache',
    'Content-Length': found.size,
    'Content-Type': types[extname(file)] ?? 'application/octet-stream',
  });
  createReadStream(file).pipe(response);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { url } = await serve(process.argv[2] && resolve(process.argv[2]), Number(process.argv[3] ?? 0), {
    host: process.env.CU_HOST,
  });
  console.log(`serving ${url} , ${url}sub/path/ and ${url}bare/`);
}
