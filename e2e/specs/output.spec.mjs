import { engines, expect, test } from '../fixtures/test.mjs';

test('output is shown while the program runs', engines('messages from a busy worker'), async ({ playground }) => {
  await playground.start('print("early") while true do end');
  await playground.console.expectText('early');
  await playground.toolbar.expectStatus('Running');
  await playground.toolbar.stop.click();
  await playground.toolbar.expectStatus('Stopped');
});

test('io.write continues the same line', async ({ playground }) => {
  await playground.run('io.write("one ", 2) io.write(" three\\n") print("next")');
  await playground.console.expectLine('one 2 three');
  await playground.console.expectLine('next');
});

test('bytes that are not UTF-8 are shown as replacement characters', async ({ playground }) => {
  await playground.run('print("a\\255b")');
  await playground.console.expectText('a\uFFFDb');
});

test('markup in output, names and values is shown as text', async ({ playground, page }) => {
  const markup = '<img src=x onerror=alert(1)>';
  await playground.run(`print("${markup}") _home["${markup}"] = "<b>bold</b>" return { "${markup}" }`);
  await playground.console.expectText(markup);
  await playground.inspector.expectRow('<b>bold</b>');
  await expect(page.locator('img, [onerror]')).toHaveCount(0);
  await expect(page.getByText('bold').locator('xpath=ancestor-or-self::b')).toHaveCount(0);
});

test('returned values are listed, and tables open as trees', async ({ playground }) => {
  await playground.run('return { name = "Ada", tags = { "first", "second" } }, 42, nil');
  await playground.console.expectText('42');
  await playground.console.expectText('nil');
  await playground.console.openResult('Ada');
  await playground.console.openResult('tags');
  await playground.console.expectText('"second"');
});

test('the time that a run took is shown', async ({ playground }) => {
  await playground.run('print("quick")');
  await playground.console.expectText(/\d\s?(ms|s)\b/);
});

test('Clear console empties it', async ({ playground }) => {
  await playground.run('print("gone soon")');
  await playground.console.expectText('gone soon');
  await playground.console.clear.click();
  await expect(playground.console.log).not.toContainText('gone soon');
});

test('100,000 lines neither freeze the page nor fill it', engines('the speed of drawing'), async ({ playground, page }) => {
  await page.evaluate(() => {
    let last = performance.now();
    window.longestPause = 0;
    requestAnimationFrame(function tick(now) {
      window.longestPause = Math.max(window.longestPause, now - last);
      last = now;
      requestAnimationFrame(tick);
    });
  });
  await playground.run('for line = 1, 100000 do print("line " .. line) end');
  await playground.console.expectText('line 100000');

  const kept = await playground.console.lineCount();
  expect(kept).toBeLessThan(20_000);
  await playground.console.expectText(/earlier lines left out/);
  // Generous, for two busy cores: a page that creates an element for every line freezes for many seconds.
  expect(await page.evaluate(() => window.longestPause)).toBeLessThan(1500);

  await playground.run('print("and on it goes")');
  await playground.console.expectText('and on it goes');
});
