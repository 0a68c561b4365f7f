import { expect, test } from '../fixtures/test.mjs';

// See serve.mjs. That nothing comes from another origin is checked in every test: fixtures/test.mjs.
for (const [where, folder] of [
  ['below a path', 'sub/path/'],
  ['on a host that sends no headers', 'bare/'],
]) {
  test.describe(where, () => {
    test.use({ folder });

    test('the playground works, and _home stays', async ({ playground, page }) => {
      expect(new URL(page.url()).pathname).toBe(`/${folder}`);
      await playground.run('_home.visits = (_home.visits or 0) + 1 print("visits", _home.visits)');
      await playground.console.expectText('visits\t1');

      const later = await playground.reopen();
      await later.run('_home.visits = (_home.visits or 0) + 1 print("visits", _home.visits)');
      await later.console.expectText('visits\t2');
    });

    test('Stop works', async ({ playground }) => {
      await playground.start('while true do end');
      await playground.toolbar.expectStatus('Running');
      await playground.toolbar.stop.click();
      await playground.toolbar.expectStatus('Stopped');
      await playground.run('print("on")');
      await playground.console.expectLine('on');
    });
  });
}

test('with the headers, the page is cross-origin isolated', async ({ playground }) => {
  expect(await playground.page.evaluate(() => crossOriginIsolated)).toBe(true);
});
