// Takes the screenshot of the playground in the README: run `node picture.mjs` after a build.

import { fileURLToPath } from 'node:url';

import { chromium } from '@playwright/test';

import { Playground } from './pages/playground.mjs';
import config from './playwright.config.mjs';
import { serve } from './serve.mjs';

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

const { launchOptions } = config.projects.find((project) => project.name === 'chromium').use;
const server = await serve();
const browser = await chromium.launch(launchOptions);
const page = await browser.newPage({
  baseURL: server.url,
  colorScheme: 'dark',
  deviceScaleFactor: 2,
  viewport: { width: 1200, height: 800 },
});
const playground = new Playground(page);
await playground.open();
await playground.run(program);
await playground.inspector.open('users');
await playground.inspector.open('next');
await playground.snapshots.save('Two users');
await page.getByRole('heading', { name: 'cu', exact: true }).click();
await page.screenshot({ path: fileURLToPath(new URL('../docs/playground.png', import.meta.url)) });
await browser.close();
await server.close();
