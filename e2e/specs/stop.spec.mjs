import { engines, expect, test } from '../fixtures/test.mjs';

const inFirefox = engines('the end of a busy worker');

const inLua = [
  ['a loop', 'while true do end'],
  ['a loop that catches errors', 'while true do pcall(error) end'],
  ['a loop in a coroutine', 'coroutine.wrap(function() while true do end end)()'],
  ['endless recursion', 'local function f() return f() end f()'],
  ['a pattern that backtracks for ever', 'print(("a"):rep(40):find(("a*"):rep(40) .. "b"))'],
  ['a program that waits for input', 'while true do io.read() end'],
];
const insideC = 'table.move({}, 1, 1 << 60, 2)';

/** The value of `_home.value` after a program that changed it was stopped. */
async function valueAfterStop(playground, program) {
  await playground.run('_home.value = "saved"');
  await playground.start(`_home.value = "changed" ${program}`);
  await playground.toolbar.expectStatus('Running');
  await expect(playground.toolbar.run).toHaveCount(0);
  await playground.toolbar.stop.click();
  await playground.toolbar.expectStatus('Stopped');
  await playground.run('print("value", _home.value)');
}

for (const [what, program] of inLua) {
  test(`Stop ends ${what}; _home stays as the program left it, and the page keeps working`, inFirefox, async ({ playground }) => {
    await valueAfterStop(playground, program);
    await playground.console.expectText('value\tchanged');
  });
}

test('Stop ends a loop inside C; _home is as it was before, and the page keeps working', inFirefox, async ({ playground }) => {
  await valueAfterStop(playground, insideC);
  await playground.console.expectText('value\tsaved');
});

test.describe('where the page is not cross-origin isolated', () => {
  test.use({ folder: 'bare/' });

  test('Stop ends a loop; _home is as it was before, and the page keeps working', inFirefox, async ({ playground }) => {
    await valueAfterStop(playground, 'while true do pcall(error) end');
    await playground.console.expectText('value\tsaved');
  });
});

// The second program waits until the first one's large _home is saved.
for (const [page, folder] of [
  ['a page that is cross-origin isolated', ''],
  ['one that is not', 'bare/'],
]) {
  test.describe(`in ${page}`, () => {
    test.use({ folder });

    test('Stop just after Run loses nothing of the run before', async ({ playground }) => {
      const { toolbar } = playground;
      await playground.start('_home.rows = {} for i = 1, 300000 do _home.rows[i] = { i } end _home.mark = "run 1"');
      await toolbar.expectStatus('Ready');
      await playground.start('_home.mark = "run 2" while true do end');
      await toolbar.stop.click();
      await toolbar.expectStatus('Stopped');
      await playground.run('print("rows", #_home.rows)');
      await playground.console.expectText('rows\t300000');
    });
  });
}

test('a stopped program prints nothing more', inFirefox, async ({ playground }) => {
  await playground.start('local n = 0 while true do n = n + 1 if n % 1000000 == 0 then print("tick") end end');
  await playground.console.expectText('tick');
  await playground.toolbar.stop.click();
  await playground.toolbar.expectStatus('Stopped');
  await playground.console.clear.click();
  await playground.run('print("quiet")');
  await playground.console.expectLine('quiet');
  await expect(playground.console.log).not.toContainText('tick');
});
