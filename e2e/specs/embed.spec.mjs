import { readFile } from 'node:fs/promises';

import { violations } from '../fixtures/axe.mjs';
import { beginPlain, engines, expect, test } from '../fixtures/test.mjs';
import { Embed, SITE } from '../pages/embed.mjs';
import { Playground } from '../pages/playground.mjs';

// The cookie that says to do without Monaco does not reach a frame in a page of another site.
test.use({ otherOrigins: [SITE], editor: 'monaco' });

const inFirefox = engines('frames of other sites, and what they may do');
const program = (text) => `#program=${encodeURIComponent(text)}`;
const isolated = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

test('any page can frame a program, which runs there, and does not stay', inFirefox, async ({ page, server }) => {
  const embed = new Embed(page);
  await embed.showFrame(`${server.url}?embed${program('_home.n = (_home.n or 0) + 1 print("n", _home.n)')}`);
  await expect(embed.status).toContainText('Ready');
  await expect(embed.lines).toContainText('_home.n');
  await embed.run();
  await embed.console.expectLine('n\t1');
  await embed.run();
  await embed.console.expectLine('n\t2');
  await expect(embed.frame.getByRole('region')).toHaveCount(2);
  expect(await embed.stored()).toEqual([['cu.frame'], 0]);

  // From there one goes on in the playground, with `_home` as it is.
  const playground = new Playground(await embed.openInPlayground());
  await playground.toolbar.expectStatus('Ready');
  await expect(playground.workspaces.visit).toBeVisible();
  await expect(playground.inspector.row('n')).toContainText('2');
  await playground.toolbar.run.click();
  await playground.console.expectLine('n\t3');
  await playground.page.close();

  // A frame that is loaded anew begins anew, and deletes what the one before it left.
  await page.reload();
  await embed.run();
  await embed.console.expectLine('n\t1');
  await expect.poll(() => embed.stored()).toEqual([['cu.frame'], 0]);
});

test('what nobody changed opens in the playground as it came', async ({ page, server }) => {
  const embed = new Embed(page);
  await embed.showFrame(`${server.url}?embed&theme=dark#example=modules`);
  await expect(embed.status).toContainText('Ready');
  const opened = await embed.openInPlayground();
  await expect(new Playground(opened).workspaces.visit).toBeVisible();
});

test('the address says what is shown, whether it can be changed, and that it runs', inFirefox, async ({ page, server }) => {
  const embed = new Embed(page);
  await embed.showFrame(`${server.url}?embed&file=shop/cart.lua&readonly&run&theme=dark#example=modules`);
  await expect(embed.frame.getByRole('tab', { selected: true })).toHaveText('cart.lua');
  await expect(embed.program).not.toBeEditable();
  await embed.console.expectText('apple');
  await expect(embed.status).toContainText('Ready');
  const root = embed.frame.locator('html');
  await expect(root).toHaveAttribute('data-theme', 'dark');
});

test('where the link is broken, the frame says so, and nothing runs by itself', async ({ page, server }) => {
  const embed = new Embed(page);
  await embed.showFrame(`${server.url}?embed&run#cu=damaged`);
  await expect(embed.status).toContainText('Ready');
  await expect(embed.console.log).not.toBeEmpty();
  await embed.submit('print("by hand")');
  await embed.console.expectText('by hand');
  await expect(embed.console.log).not.toContainText('main.lua');
});

test('nothing runs by itself outside of a frame', async ({ page, server }) => {
  await page.goto(`${server.url}?embed&run${program('print("ran by itself")')}`);
  const run = page.getByRole('button', { name: /^Run\b/ });
  await expect(page.getByRole('banner').getByRole('status')).toContainText('Ready');
  await page.getByRole('textbox', { name: 'Console input' }).fill('print("by hand")');
  await page.keyboard.press('Enter');
  const log = page.getByRole('log', { name: 'Console' });
  await expect(log).toContainText('by hand');
  await expect(log).not.toContainText('ran by itself');
  await run.click();
  await expect(log).toContainText('ran by itself');
});

test('what a person has is neither seen nor changed, and its keys do nothing else', async ({ page, playground, server }) => {
  await playground.run('_home.mine = 1');
  const stored = () => page.evaluate(() => JSON.stringify(Object.entries(localStorage).sort()));
  await page.goto(`${server.url}?embed${program('print("mine", _home.mine) _home.mine = 2')}`);
  const before = await stored();
  await page.getByRole('button', { name: /^Run\b/ }).click();
  await expect(page.getByRole('log', { name: 'Console' })).toContainText('mine\tnil');
  for (const keys of ['Alt+Shift+O', 'Alt+Shift+L', 'Alt+Shift+3', 'Alt+N', 'F6']) await page.keyboard.press(keys);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('region')).toHaveCount(2);
  expect(await stored()).toBe(before);
  await playground.open();
  await expect(playground.inspector.row('mine')).toContainText('1');
});

test('without isolation Stop puts _home back as it was before the run', inFirefox, async ({ page, server, browser }) => {
  const elsewhere = await browser.newContext();
  await beginPlain(elsewhere, server.url);
  const maker = new Playground(await elsewhere.newPage());
  await maker.visit(server.url);
  await maker.run('_home.n = 7');
  await maker.editor.write('print("n", _home.n) _home.n = _home.n + 1 while _home.loops do end _home.loops = true');
  const link = new URL(await maker.workspaces.share('These, and _home as it is now'));
  await elsewhere.close();

  const embed = new Embed(page);
  await embed.showFrame(`${server.url}?embed${link.hash}`);
  await expect(embed.status).toContainText('Ready');
  await embed.run();
  await embed.console.expectLine('n\t7');
  await expect(embed.status).toContainText('Ready');
  await embed.run();
  await embed.console.expectLine('n\t8');
  await embed.stop();
  await embed.console.expectText('_home is as it was before this run');
  await embed.submit('print("again", _home.n, _home.loops)');
  await embed.console.expectLine('again\t8\ttrue');
});

test('in an isolated page Stop keeps _home, and programs can read', inFirefox, async ({ page, server }) => {
  const embed = new Embed(page);
  const text = '_home.name = io.read() print("hello", _home.name) while true do end';
  await embed.showFrame(`${server.url}?embed&run${program(text)}`, isolated);
  await expect(embed.console.input).toHaveAttribute('placeholder', /waits for a line/);
  await embed.submit('Ada');
  await embed.console.expectLine('hello\tAda');
  await embed.stop();
  await expect(embed.status).toContainText('Stopped');
  await embed.submit('=_home.name');
  await embed.console.expectText('"Ada"');
});

test('a link with a history shows its last state', async ({ page, server, browser }) => {
  const elsewhere = await browser.newContext();
  await beginPlain(elsewhere, server.url);
  const maker = new Playground(await elsewhere.newPage());
  await maker.visit(server.url);
  await maker.run('_home.n = 1');
  await maker.run('_home.n = _home.n + 1');
  const link = new URL(await maker.workspaces.share('These, and _home with all snapshots and recent runs'));
  await elsewhere.close();

  const embed = new Embed(page);
  await embed.showFrame(`${server.url}?embed&run${link.hash}`);
  await expect(embed.status).toContainText('Ready');
  await embed.submit('print("n", _home.n)');
  await embed.console.expectLine('n\t3');
});

test('the element of the package makes such a frame', inFirefox, async ({ page, server }) => {
  const source = await readFile(new URL('../../package/web/playground.js', import.meta.url), 'utf8');
  const embed = new Embed(page);
  await embed.show(`
    <cu-playground src="${server.url}" run readonly title="A loop">
      for i = 1, 3 do
        print("i", i)
      end
    </cu-playground>
    <script type="module">${source}</script>`);
  await embed.console.expectLine('i\t3');
  await expect(embed.lines).toContainText('for i = 1, 3 do print("i", i)end');
  await expect(page.locator('iframe')).toHaveAttribute('title', 'A loop');

  // What is changed later is shown.
  await page.evaluate(() => document.querySelector('cu-playground').setAttribute('example', 'hello'));
  await expect(embed.lines).toContainText('Hello');
  // Nothing but a web address is framed.
  await page.evaluate(() => document.querySelector('cu-playground').setAttribute('src', 'javascript:alert(1)'));
  await expect(page.locator('iframe')).not.toHaveAttribute('src', /./);
});

test('a link that cannot be opened says so', async ({ page, server }) => {
  const embed = new Embed(page);
  await embed.showFrame(`${server.url}?embed#cu=1.nonsense`);
  await embed.console.expectText('The link cannot be opened');
  await embed.run();
  await expect(embed.status).toContainText('Ready');
});

for (const theme of ['light', 'dark']) {
  test(`${theme}: roles, names and contrast are correct`, async ({ page, server }) => {
    await page.goto(`${server.url}?embed&theme=${theme}${program('error("no")')}`);
    await page.getByRole('button', { name: /^Run\b/ }).click();
    await expect(page.getByRole('banner').getByRole('status')).toContainText('Failed');
    expect(await violations(page)).toEqual([]);
  });
}
