import { expect, test } from '../fixtures/test.mjs';

test('a million lines are counted, and the newest are kept', async ({ playground }) => {
  const { console, toolbar } = playground;
  await playground.start('for line = 1, 1e6 do print(line) end');
  await toolbar.expectStatus('Ready');
  // Where other programs need the processor too, the page takes a while to read them.
  await expect(console.log).toContainText(/^1000000$/m, { useInnerText: true, timeout: 45_000 });
  await console.expectNoLine('980000');
  await expect(console.input).toBeEditable();

  const { kept, leftOut } = await console.outputLines();
  expect(kept).toBeLessThan(20_000);
  expect(kept + leftOut).toBe(1_000_000);
});

test('a string of 100 MB is truncated, and its size is shown', async ({ playground }) => {
  await playground.run('print(("x"):rep(100000000)) print("behind it")');
  await playground.console.expectText('… (100000000 bytes in this line)');
  await playground.console.expectLine('behind it');
});
