import { expect, test } from '../fixtures/test.mjs';

// One browser is enough for what takes a core for so long.
test.skip(({ browserName }) => browserName !== 'chromium', 'measures the engine, not the browser');

test('ten million lines are counted, and the newest are kept', async ({ playground }) => {
  test.setTimeout(180_000);
  const { console, toolbar } = playground;
  await playground.start('for line = 1, 1e7 do print(line) end');
  await expect(toolbar.status).toContainText('Ready', { timeout: 150_000 });
  await console.expectLine('10000000');
  await console.expectNoLine('9980000');
  await expect(console.input).toBeEditable();

  const { kept, leftOut } = await console.outputLines();
  expect(kept).toBeLessThan(20_000);
  expect(kept + leftOut).toBe(10_000_000);
});

test('a string of 100 MB is shortened, and its size is told', async ({ playground }) => {
  await playground.run('print(("x"):rep(100000000)) print("behind it")');
  await playground.console.expectText('… (100000000 bytes in this line)');
  await playground.console.expectLine('behind it');
});
