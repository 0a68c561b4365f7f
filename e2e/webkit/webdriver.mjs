// Just enough of the WebDriver protocol to drive WebKitGTK, which Playwright cannot.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const element = 'element-6066-11e4-a52e-4f735466cecf';
const TIMEOUT_MILLIS = 30_000;

/** The keys that the tests press, as WebDriver names them. */
export const keys = { control: '\uE009', enter: '\uE006' };

/** Starts WebKitWebDriver and a MiniBrowser. `end` stops both. */
export async function start() {
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], { stdio: 'ignore' });
  const gone = new Promise((_, fail) => {
    driver.once('error', fail);
    driver.once('exit', (code) => fail(new Error(`WebKitWebDriver ended with ${code}`)));
  });
  gone.catch(() => {});
  const origin = `http://127.0.0.1:${port}`;
  try {
    await Promise.race([answers(`${origin}/status`), gone]);
    const { sessionId } = await call(origin, 'POST', '/session', {
      capabilities: {
        alwaysMatch: {
          'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] },
        },
      },
    });
    return new Session(origin, sessionId, driver);
  } catch (error) {
    driver.kill();
    throw error;
  }
}

class Session {
  constructor(origin, id, driver) {
    this.origin = origin;
    this.path = `/session/${id}`;
    this.driver = driver;
  }

  send(method, path, body) {
    return call(this.origin, method, this.path + path, body);
  }

  open(url) {
    return this.send('POST', '/url', { url });
  }

  /** Closes the only page and opens another, like a person who closes a tab and comes back. */
  async reopen(url) {
    const [old] = await this.send('GET', '/window/handles');
    const { handle } = await this.send('POST', '/window/new', { type: 'tab' });
    await this.send('DELETE', '/window');
    await this.send('POST', '/window', { handle });
    if (handle === old) throw new Error('no second page was opened');
    await this.open(url);
  }

  /** Runs the body of a function in the page. */
  evaluate(script, ...args) {
    return this.send('POST', '/execute/sync', { script, args });
  }

  /** Waits for the first element that matches the selector and, if given, has this accessible name. */
  find(selector, name) {
    return until(`${selector} named "${name ?? ''}"`, async () => {
      for (const found of await this.send('POST', '/elements', { using: 'css selector', value: selector })) {
        const path = `/element/${found[element]}`;
        if (name === undefined) return path;
        // An invisible element has no label, and neither has one that was just removed.
        const label = await this.send('GET', `${path}/computedlabel`).catch(() => '');
        if (label === name || label.startsWith(`${name} `)) return path;
      }
      return null;
    });
  }

  async click(selector, name) {
    await this.send('POST', `${await this.find(selector, name)}/click`, {});
  }

  text(path) {
    return this.send('GET', `${path}/text`);
  }

  /** Waits until the element's text contains `wanted`, treating all whitespace alike. */
  async expectText(selector, name, wanted) {
    let last = '';
    await until(`"${wanted}" in ${selector}`, async () => {
      last = (await this.text(await this.find(selector, name))).replace(/\s+/g, ' ');
      return last.includes(wanted);
    }).catch((error) => {
      throw new Error(`${error.message}; it says "${last}"`);
    });
  }

  /** Pastes into the focused element. */
  paste(text) {
    const script = `const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', arguments[0]);
      const init = { clipboardData, bubbles: true, cancelable: true };
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', init));`;
    return this.evaluate(script, text);
  }

  /** Types into the focused element. */
  async type(text) {
    for (const character of text) await this.press(character);
  }

  /** Presses these keys together. */
  press(...pressed) {
    const actions = pressed.map((value) => ({ type: 'keyDown', value }));
    const releases = [...pressed].reverse().map((value) => ({ type: 'keyUp', value }));
    return this.send('POST', '/actions', {
      actions: [{ type: 'key', id: 'keyboard', actions: [...actions, ...releases] }],
    });
  }

  async end() {
    await this.send('DELETE', '').catch(() => {});
    this.driver.kill();
  }
}

async function call(origin, method, path, body) {
  const response = await fetch(origin + path, {
    method,
    body: method === 'POST' ? JSON.stringify(body) : undefined,
  });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
  return value;
}

async function answers(url) {
  await until(`an answer of ${url}`, () => fetch(url).then((response) => response.ok, () => false));
}

/** Asks repeatedly until there is an answer. Fails after the timeout. */
export async function until(what, ask) {
  const end = performance.now() + TIMEOUT_MILLIS;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await pause(50);
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(null)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((closed) => server.close(closed));
  return port;
}

// Debian keeps it in a folder that is named after the architecture and the API's version.
function miniBrowser() {
  for (const architecture of readdirSync('/usr/lib').filter((name) => name.includes('-linux-'))) {
    for (const version of ['4.1', '4.0', '6.0']) {
      const path = join('/usr/lib', architecture, `webkit2gtk-${version}`, 'MiniBrowser');
      if (existsSync(path)) return path;
    }
  }
  throw new Error('no MiniBrowser: install webkit2gtk-driver');
}
