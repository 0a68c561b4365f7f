// A static server for the built playground, as a plain web host would serve it.
//
// /          with the headers that make the page cross-origin isolated
// /sub/path/ the same, deeper down
// /bare/     without the headers, as on a host that cannot set them
//
// `node serve.mjs [folder] [port]` serves until it is ended.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const mounts = [
  { prefix: '/sub/path/', headers: isolation },
  { prefix: '/bare/', headers: {} },
  { prefix: '/', headers: isolation },
];

/** The folder that `./cu test` builds into, unless CU_DIST names another. */
export const dist = resolve(process.env.CU_DIST ?? fileURLToPath(new URL('../dist', import.meta.url)));

/** Serves `folder` on 127.0.0.1; port 0 takes a free one. Gives the URL and a way to end. */
export async function serve(folder = dist, port = 0) {
  await stat(join(folder, 'index.html')).catch(() => {
    throw new Error(`${folder} holds no built playground: run \`./cu test\`, or \`trunk build\``);
  });
  const server = createServer((request, response) => answer(folder, request, response));
  await new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', listening);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      return closed;
    },
  };
}

async function answer(folder, request, response) {
  const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  const { prefix, headers } = mounts.find((mount) => path.startsWith(mount.prefix));
  const name = path.slice(prefix.length);
  const file = resolve(folder, name === '' || name.endsWith('/') ? `${name}index.html` : name);
  const found = (file + sep).startsWith(folder + sep) && (await stat(file).catch(() => null));
  if (!found || !found.isFile()) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found');
    return;
  }
  response.writeHead(200, {
    ...headers,
    'Cache-Control': 'no-cache',
    'Content-Length': found.size,
    'Content-Type': types[extname(file)] ?? 'application/octet-stream',
  });
  createReadStream(file).pipe(response);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { url } = await serve(process.argv[2] && resolve(process.argv[2]), Number(process.argv[3] ?? 0));
  console.log(`serving ${url} , ${url}sub/path/ and ${url}bare/`);
}
