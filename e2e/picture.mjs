// Takes the pictures of the playground in docs, of which the README shows the first: run `node picture.mjs` after a build.

import { fileURLToPath } from 'node:url';

import { chromium } from '@playwright/test';

import { Playground } from './pages/playground.mjs';
import config from './playwright.config.mjs';
import { nothing, serve } from './serve.mjs';

const program = `-- Everything in _home stays, functions included.
local count = 0

function _home.next()
  count = count + 1
  return count
end

_home.users = {
  { name = "Ada", born = 1815 },
  { name = "Alan", born = 1912 },
}

print(_home.next(), _home.next())
for _, user in ipairs(_home.users) do
  print(user.name, 2026 - user.born)
end

return _home.users
`;

const later = `_home.users[2].born = 1913
_home.users[3] = { name = "Grace", born = 1906 }
print(_home.next())
`;

const { launchOptions } = config.projects.find((project) => project.name === 'chromium').use;
// Without what a first visit finds, but for the picture of that.
const server = await serve(undefined, 0, { files: { '/examples/welcome.json': nothing } });
const whole = await serve();
const browser = await chromium.launch(launchOptions);

/** Photographs a view of a playground in which two programs ran, after this was done with it. */
async function photograph(name, options, prepare) {
  const page = await browser.newPage({ baseURL: server.url, viewport: { width: 1280, height: 800 }, ...options });
  const playground = new Playground(page);
  await playground.open();
  if (!options.baseURL) {
    await playground.run(program);
    await playground.run(later);
  }
  await prepare(playground, page);
  await page.screenshot({ path: fileURLToPath(new URL(`../docs/${name}.png`, import.meta.url)) });
  await page.close();
}

/** Opens some of the tree, saves a snapshot, and takes the focus away. */
async function show(playground, page) {
  await playground.inspector.open('users');
  await playground.inspector.open('next');
  await playground.snapshots.save('Three users');
  await page.getByRole('heading', { name: 'cu', exact: true }).click();
}

await photograph('playground', { colorScheme: 'dark', deviceScaleFactor: 2 }, show);
await photograph('light', { colorScheme: 'light' }, show);
await photograph('difference', { colorScheme: 'light' }, async (playground) => {
  await playground.console.changes.last().click();
  await playground.inspector.expectNote('added');
});
await photograph('palette', { colorScheme: 'dark' }, async (playground, page) => {
  await page.keyboard.press('Control+p');
  await page.getByRole('dialog').getByRole('option').first().waitFor();
});
await photograph('phone', { colorScheme: 'light', viewport: { width: 390, height: 844 }, hasTouch: true }, async (playground, page) => {
  await page.getByRole('tab', { name: '_home' }).tap();
  await playground.inspector.row('users').waitFor();
});
await photograph('first-visit', { colorScheme: 'light', baseURL: whole.url }, async (playground) => {
  await playground.inspector.row('ages').waitFor();
});
await photograph('console', { colorScheme: 'dark' }, async ({ console, inspector }) => {
  await console.submit('print("users", _home.users)');
  await console.log.getByRole('button', { name: 'Table' }).last().click();
  await console.submit('local t = {} for i = 1, 200 do t[i] = math.sin(i / 12) end print("sine", t)');
  await console.log.getByRole('button', { name: 'Plot' }).last().click();
  await console.log.getByRole('img').waitFor();
  await inspector.open('users');
});
await photograph('settings', { colorScheme: 'light' }, async (playground, page) => {
  await page.keyboard.press('Control+Shift+P');
  await page.keyboard.type('settings');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('Appearance').first().waitFor();
});
await photograph('runs', { colorScheme: 'dark' }, async (playground, page) => {
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByRole('region', { name: 'Runs' }).getByRole('listitem').first().waitFor();
});
await photograph('problems', { colorScheme: 'light' }, async ({ editor }, page) => {
  await editor.write('local total = 0\nfor i = 1, 10 do\n  total = totl + i\nend\nif total > 3 print(total) end\n');
  await page.getByRole('button', { name: /^\d+ error/ }).click();
  await page.getByRole('list', { name: 'Problems' }).getByRole('button').first().waitFor();
});
await photograph('tablet', { colorScheme: 'light', viewport: { width: 768, height: 1024 }, hasTouch: true }, async (playground) => {
  await playground.inspector.open('users');
});
await browser.close();
await whole.close();
await server.close();
