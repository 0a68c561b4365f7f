// The main features again, in Safari's engine. The details are in specs/.

import { after, before, test } from 'node:test';

import { nothing, serve } from '../serve.mjs';
import { keys, start } from './webdriver.mjs';

const log = ['[role=log]', 'Console'];

let server;
let browser;

before(async () => {
  // Its `_home` begins empty.
  server = await serve(undefined, 0, { files: { '/examples/welcome.json': nothing } });
  browser = await start();
  await browser.open(server.url);
  await ready();
});

after(async () => {
  await browser?.end();
  await server?.close();
});

function status(text) {
  return browser.expectText('.status-bar [role=status]', undefined, text);
}

async function ready() {
  await status('Ready');
  await browser.find('.view-lines');
}

async function run(source) {
  await browser.click('.view-lines');
  await browser.press(keys.control, 'a');
  await browser.paste(source);
  await browser.click('button', 'Run');
}

async function runToEnd(source) {
  await run(source);
  await status('Ready');
  await browser.expectText('.status-bar-saved', undefined, 'saved');
}

test('a closure under _home keeps counting after the page is reopened', async () => {
  await runToEnd(`local count = 0
function _home.next() count = count + 1; return count end
print(_home.next(), _home.next())`);
  await browser.expectText(...log, '1 2');

  await browser.reopen(server.url);
  await ready();
  await runToEnd('print("then", _home.next())');
  await browser.expectText(...log, 'then 3');
});

test('an error names its line', async () => {
  await run('local t\nprint(t.x)');
  await status('Failed');
  await browser.expectText(...log, 'main.lua:2: attempt to index a nil value');
});

test('Stop ends an endless loop', async () => {
  await run('_home.value = "unsaved" while true do end');
  await status('Running');
  await browser.click('button', 'Stop');
  await status('Stopped');
  await runToEnd('print("value", _home.value)');
  await browser.expectText(...log, 'value nil');
});

test('a snapshot is saved and listed', async () => {
  await browser.click('button', 'Save snapshot');
  await browser.find('input:focus', 'Name');
  await browser.type('from WebKit');
  await browser.press(keys.enter);
  await browser.find('button', 'Restore “from WebKit”');
});
