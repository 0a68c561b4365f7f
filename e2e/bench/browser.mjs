// A headless browser without a debugger, driven by a page that asks this server what to do (page/driver.js).

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import config from '../playwright.config.mjs';
import { dist, serve } from '../serve.mjs';

const { resolve } = createRequire(import.meta.url);
const here = (name) => fileURLToPath(new URL(`page/${name}`, import.meta.url));

/** What the driving page loads, by its path on the server. */
const files = {
  '/bench/driver.html': here('driver.html'),
  '/bench/driver.js': here('driver.js'),
  '/bench/transfer.js': here('transfer.js'),
  '/bare/bench/driver.html': here('driver.html'),
  '/bare/bench/driver.js': here('driver.js'),
  '/bench/wasmoon.js': here('wasmoon.js'),
  '/bench/wasmoon-library.js': resolve('wasmoon'),
  '/bench/glue.wasm': join(dirname(resolve('wasmoon')), 'glue.wasm'),
  '/bench/package.js': here('package.js'),
  '/bench/fengari.js': here('fengari.js'),
  '/bench/fengari-library.js': resolve('fengari-web'),
};

/** How to start a browser with a profile of its own. */
const commands = {
  chromium: (profile, url) => ['--headless=new', '--no-first-run', `--user-data-dir=${profile}`, url],
  firefox: (profile, url) => ['--headless', '--no-remote', '--profile', profile, url],
};

/**
 * Starts a browser, and a server for the built playgrounds in `folders`: the first at `/`, the others at
 * `/build1/`, and so on. Ends both after `work(ask)`, where `ask(name, options)` runs a task of the driver. In
 * a `bare` session nothing is cross-origin isolated, and the playground is at `/bare/`.
 */
export async function withBrowser(name, work, { folders = [dist], bare = false } = {}) {
  const { launchOptions } = config.projects.find((project) => project.name === name).use;
  // What people use, with its windows.
  const program = name === 'chromium' ? (process.env.CU_CHROMIUM ?? '/usr/bin/chromium') : launchOptions.executablePath;
  /** @type {(task: object) => void} */
  let waiting = () => {};
  let receive;
  const arrived = () => new Promise((received) => (receive = received));
  let answer = arrived();
  const server = await serve(folders[0], 0, {
    files,
    folders: Object.fromEntries(folders.slice(1).map((folder, index) => [`/build${index + 1}/`, folder])),
    answers: async (request, response) => {
      const body = await json(request);
      waiting = (task) => void response.end(JSON.stringify(task));
      receive(body);
    },
  });
  const profile = await mkdtemp(join(tmpdir(), 'cu-bench-'));
  const options = [...(launchOptions.args ?? []), ...commands[name](profile, `${server.url}${bare ? 'bare/' : ''}bench/driver.html`)];
  const browser = spawn(program, options, { stdio: 'ignore' });
  const ended = new Promise((done, failed) => {
    browser.once('exit', done);
    browser.once('error', failed);
  });
  try {
    const lost = ended.then(() => {
      throw new Error(`${name} ended`);
    });
    lost.catch(() => {});
    await Promise.race([answer, lost]);
    return await work(async (name, options) => {
      answer = arrived();
      waiting({ name, options });
      const { value, error } = await Promise.race([answer, lost]);
      if (error) throw new Error(error);
      return value;
    });
  } finally {
    browser.kill();
    await ended;
    await server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
