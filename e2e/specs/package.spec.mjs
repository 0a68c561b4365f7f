import { engines, expect, test } from '../fixtures/test.mjs';

// package/tests has the tests of the package, which are the same in Node and here.

const suites = ['calls', 'cases', 'lasting', 'samples', 'states', 'values'];

for (const suite of suites) {
  for (const [where, run] of [
    ['a page', (suite) => globalThis.runSuite(suite)],
    ['a worker', (suite) => globalThis.runSuiteInWorker(suite)],
  ]) {
    // It measures memory, which is the same everywhere.
    if (suite === 'lasting' && where === 'a worker') continue;
    // Firefox runs the tests of crossing values and of storage: the rest is the same WebAssembly.
    const inFirefox = where === 'a page' ? ['calls', 'states', 'values'] : ['states'];
    const details = inFirefox.includes(suite) ? engines('values of JavaScript, and its databases') : {};
    test(`${suite} in ${where}`, details, async ({ page }) => {
      test.setTimeout(180_000);
      await page.goto('package/tests/page.html');
      await page.waitForFunction(() => globalThis.runSuite !== undefined);
      const { count, failures } = await page.evaluate(run, suite);
      expect(failures).toEqual([]);
      expect(count).toBeGreaterThan(0);
    });
  }
}

test('a saved state is there when the page is opened again', engines('what stays in a database'), async ({ page }) => {
  await page.goto('package/tests/page.html');
  const visit = () =>
    page.evaluate(async () => {
      const { default: lua } = await import('/web/lua-api.js');
      await lua.loadLuaWasm();
      const status = lua.init();
      const computed = lua.compute('_home.visits = (_home.visits or 0) + 1 return _home.visits');
      const visits = await computed;
      await lua.saveState();
      return { status, visits };
    });
  expect(await visit()).toEqual({ status: 0, visits: 1 });
  await page.reload();
  expect(await visit()).toEqual({ status: 0, visits: 2 });
});

test('the package works beside the playground, under its policy', engines('the security policy'), async ({ playground }) => {
  const sum = await playground.page.evaluate(async () => {
    const { LuaWASM } = await import('./web/lua-api.js');
    const lua = await LuaWASM.init();
    return lua.compute('return 2 + 2');
  });
  expect(sum).toBe(4);
});

for (const [example, expected] of [
  ['quick-start', ['Result: 4', 'Fibonacci(10): 55']],
  ['input-and-output', ['"highScorers"', '"Charlie"', '"count": 2']],
  ['wrapper', ['"sum": 150', '100 batches']],
  ['functions-and-queries', ['"tax": 7000', 'Top scorers:', 'Score analysis:', '"median"']],
]) {
  test(`the example ${example} runs`, async ({ page }) => {
    await page.goto(`package/examples/${example}.html`);
    for (const text of expected) await expect(page.locator('pre')).toContainText(text);
  });
}
