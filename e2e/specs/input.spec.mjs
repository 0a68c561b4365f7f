import { engines, expect, test } from '../fixtures/test.mjs';

const inFirefox = engines('a worker that waits on shared memory');

test('a program reads lines typed at the prompt', inFirefox, async ({ playground, page }) => {
  await playground.start('io.write("name? ") local name = io.read() print("hello " .. name, io.read("n") + 1)');
  await expect(playground.console.input).toHaveAttribute('placeholder', /waits for a line/);
  await expect(playground.console.input).toBeFocused();
  await page.keyboard.type('Grüße');
  await page.keyboard.press('Enter');
  await expect(playground.console.log).toContainText('Grüße');
  await page.keyboard.type('41');
  await page.keyboard.press('Enter');
  await playground.toolbar.expectStatus('Ready');
  await playground.console.expectText('hello Grüße\t42');
});

test('Ctrl+D ends the input', inFirefox, async ({ playground, page }) => {
  await playground.start('local n = 0 for line in io.lines() do n = n + #line end print("read", n)');
  await expect(playground.console.input).toHaveAttribute('placeholder', /waits for a line/);
  await page.keyboard.type('four');
  await page.keyboard.press('Enter');
  await expect(playground.console.log).toContainText('four');
  await page.keyboard.press('Control+d');
  await playground.toolbar.expectStatus('Ready');
  await playground.console.expectText('read\t4');
});

test.describe('where the page is not cross-origin isolated', () => {
  test.use({ folder: 'bare/' });

  test('io.read returns nil, and the console says why', inFirefox, async ({ playground }) => {
    await playground.run('print("read", io.read())');
    await playground.console.expectText('read\tnil');
    await expect(playground.console.log).toContainText('not cross-origin isolated');
  });
});
