import { expect, test } from '../fixtures/test.mjs';

const endless = [
  ['a loop', 'while true do end'],
  ['a loop that catches errors', 'while true do pcall(error) end'],
  ['a loop inside C', 'print(("a"):rep(40):find(("a*"):rep(40) .. "b"))'],
];

for (const [what, source] of endless) {
  test(`Stop ends ${what}; _home is as it was, and the page works on`, async ({ playground }) => {
    await playground.run('_home.value = "saved"');
    await playground.start(`_home.value = "unsaved" ${source}`);
    await playground.toolbar.expectStatus('Running');
    await expect(playground.toolbar.run).toBeDisabled();

    await playground.toolbar.stop.click();
    await playground.toolbar.expectStatus('Stopped');
    await playground.run('print("value", _home.value)');
    await playground.console.expectText('value\tsaved');
  });
}

test('a stopped program writes nothing more', async ({ playground }) => {
  await playground.start('local n = 0 while true do n = n + 1 if n % 1000000 == 0 then print("tick") end end');
  await playground.console.expectText('tick');
  await playground.toolbar.stop.click();
  await playground.toolbar.expectStatus('Stopped');
  await playground.console.clear.click();
  await playground.run('print("quiet")');
  await playground.console.expectLine('quiet');
  await expect(playground.console.log).not.toContainText('tick');
});
