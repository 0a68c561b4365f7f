// The test build has `__crash`, which ends the worker by a trap, or, with an argument, by a panic.

import { engines, expect, test } from '../fixtures/test.mjs';

// Firefox also reports worker errors that the worker has handled.
test.use({ expectedErrors: /^RuntimeError: unreachable executed/ });

for (const [how, program, reason] of [
  ['a trap', '__crash()', /unreachable/],
  ['a panic', '__crash(true)', /a test asked for this panic/],
]) {
  test(`${how} is shown with its message; output, _home and the page stay`, engines('errors of a worker are reported differently'), async ({ playground }) => {
    const { console, toolbar } = playground;
    await playground.run('_home.value = "saved"');
    await playground.start(`_home.value = "changed" print("last words") ${program}`);
    await toolbar.expectStatus('Failed');
    await console.expectText('The engine crashed and was restarted');
    await console.expectText(reason);
    await console.expectLine('last words');
    await playground.run('print("value", _home.value)');
    await console.expectText('value\tsaved');
  });
}

test('a crash loses no snapshot and no saved run', async ({ playground }) => {
  await playground.run('_home.count = 1');
  await playground.snapshots.save('kept');
  await playground.run('_home.count = 2');
  await playground.start('__crash()');
  await playground.toolbar.expectStatus('Failed');
  await expect(playground.snapshots.item('kept')).toBeVisible();
  const later = await playground.reopen();
  await later.run('print("count", _home.count)');
  await later.console.expectText('count\t2');
});

test('a crash while a question waits for its answer leaves the page usable', async ({ playground }) => {
  const { inspector, toolbar } = playground;
  await playground.run('_home.list = { 1, 2, 3 }');
  await playground.start('io.read() __crash()');
  await inspector.open('list');
  await playground.console.submit('now');
  await toolbar.expectStatus('Failed');
  await expect(inspector.row('[3]')).toBeVisible();
  await playground.run('_home.list[4] = 4');
  await expect(inspector.row('[4]')).toBeVisible();
});
