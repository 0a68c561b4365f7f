import { engines, expect, test } from '../fixtures/test.mjs';

const inFirefox = engines('isolation and service workers');

// See serve.mjs. Every test checks that nothing comes from another origin: fixtures/test.mjs.
for (const [where, folder] of [
  ['below a path', 'sub/path/'],
  ['on a host that sends no headers', 'bare/'],
]) {
  test.describe(where, () => {
    test.use({ folder });

    test('the playground works, and _home is kept', inFirefox, async ({ playground, page }) => {
      expect(new URL(page.url()).pathname).toBe(`/${folder}`);
      await playground.run('_home.visits = (_home.visits or 0) + 1 print("visits", _home.visits)');
      await playground.console.expectText('visits\t1');

      const later = await playground.reopen();
      await later.run('_home.visits = (_home.visits or 0) + 1 print("visits", _home.visits)');
      await later.console.expectText('visits\t2');
    });

    test('Stop works', inFirefox, async ({ playground }) => {
      await playground.start('while true do end');
      await playground.toolbar.expectStatus('Running');
      await playground.toolbar.stop.click();
      await playground.toolbar.expectStatus('Stopped');
      await playground.run('print("on")');
      await playground.console.expectLine('on');
    });
  });
}

test('with the headers, the page is cross-origin isolated', inFirefox, async ({ playground }) => {
  expect(await playground.page.evaluate(() => crossOriginIsolated)).toBe(true);
});

// What such a page keeps has tests of its own: offline.spec.mjs.
test.describe('on a host that sends no headers', () => {
  // The service worker keeps the playground only as a whole, with Monaco.
  test.use({ folder: 'bare/', serviceWorkers: 'allow', editor: 'monaco' });

  test('a service worker isolates the page from its second load on', inFirefox, async ({ playground, page }) => {
    await expect(playground.toolbar.hardStop).toBeVisible();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    // The page that is already open does not change.
    await expect(playground.toolbar.hardStop).toBeVisible();

    await page.reload();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await expect(playground.toolbar.hardStop).toHaveCount(0);
    await playground.start('_home.value = "changed" while true do end');
    await playground.toolbar.expectStatus('Running');
    await playground.toolbar.stop.click();
    await playground.toolbar.expectStatus('Stopped');
    await playground.run('print("value", _home.value)');
    await playground.console.expectText('value\tchanged');
  });

  test('for missing files, the service worker answers like the host', inFirefox, async ({ playground, page }) => {
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.reload();
    await playground.toolbar.expectStatus('Ready');
    expect(await page.evaluate(() => fetch('missing').then((response) => response.status))).toBe(404);
  });

  test('the guide is served through the service worker, and its programs open', async ({ playground, page }) => {
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.goto('guide/start.html');
    await expect(page.getByRole('heading', { level: 1, name: 'Five-minute start' })).toBeVisible();
    expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    await page.getByRole('link', { name: 'Open in playground' }).first().click();
    await expect(playground.workspaces.visit).toBeVisible();
    await playground.toolbar.run.click();
    await playground.console.expectLine('Hello from Lua 5.4');
  });

  test('in a frame, the page works without a service worker', inFirefox, async ({ page }) => {
    await page.goto('./missing');
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.src = './';
      document.body.append(frame);
    });
    await expect(page.frameLocator('iframe').getByRole('contentinfo').getByRole('status')).toContainText('Ready');
    expect(await page.evaluate(() => navigator.serviceWorker.getRegistrations().then((all) => all.length))).toBe(0);
  });
});
