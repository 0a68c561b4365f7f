import { expect, test } from '../fixtures/test.mjs';

test('printed tables open, and stay as they were when they were printed', async ({ playground }) => {
  const { console } = playground;
  await playground.run('local t = { name = "Ada", tags = { "first" } } print("user", t, 2) t.name = "changed"');
  await console.openResult('name');
  await expect(console.printed.getByRole('treeitem', { name: 'user' })).toBeVisible();
  await console.expectText('"Ada"');
  await console.openResult('tags');
  await console.expectText('"first"');
  await expect(console.log).not.toContainText('changed');
  await console.expectText('2');
});

test('a printed function leads to its source', async ({ playground, page }) => {
  await playground.run('local function twice(n) return 2 * n end print(twice)');
  await playground.console.printed.getByRole('treeitem', { name: 'function(n)' }).press('Enter');
  await expect(page.getByRole('dialog')).toContainText('return 2 * n');
});

test('records are shown as a table, and numbers as a line', async ({ playground, page }) => {
  const { console } = playground;
  await playground.run('print({ { name = "Ada", born = 1815 }, { name = "Alan", born = 1912 } }) return { 3, 1, 4, 1, 5 }');
  await console.log.getByRole('button', { name: 'Table' }).click();
  await expect(console.log.getByRole('row').nth(1)).toHaveText('11815Ada');
  await expect(console.log.getByRole('columnheader')).toHaveText(['#', 'born', 'name']);
  await console.log.getByRole('button', { name: 'Plot' }).press('Enter');
  await expect(page.getByRole('img', { name: 'Plot of 5 numbers from 1 to 5' })).toBeInViewport({ ratio: 1 });
  await console.log.getByRole('button', { name: 'Table' }).click();
  await expect(console.log.getByRole('table')).toHaveCount(0);
});

test('many equal lines become one with a count, which shows them all', async ({ playground }) => {
  const { console } = playground;
  await playground.run('for i = 1, 25 do print("tick") end print("done")');
  const count = console.log.getByRole('button', { name: 'Printed 25 times in a row' });
  await expect(count).toBeVisible();
  expect(await console.lineCount()).toBeLessThan(5);
  await count.press('Enter');
  await expect(console.log).toContainText('tick\n'.repeat(24));
});

test('a search counts its hits, and goes from one to the next', async ({ playground }) => {
  const { console } = playground;
  await playground.run('for i = 1, 300 do print("line " .. i) end');
  await console.filter.fill('line 29');
  await expect(console.hits).toHaveText('11 hits');
  await console.filter.press('Enter');
  await expect(console.hits).toHaveText('1 of 11');
  await console.filter.press('Shift+Enter');
  await expect(console.hits).toHaveText('11 of 11');
  await expect(console.log).not.toContainText('line 30\n');
  await console.choose('Search the console without hiding lines');
  await expect(console.log).toContainText('line 30\n');
  await expect(console.hits).toHaveText('11 of 11');
  await console.filter.fill('nowhere');
  await expect(console.hits).toHaveText('no hits');
});

test('warnings and errors are shown alone', async ({ playground }) => {
  const { console } = playground;
  await playground.run('print("fine") io.stderr:write("careful\\n") error("broken")', 'Failed');
  await console.choose('Show only warnings and errors in the console');
  await expect(console.log).not.toContainText('fine');
  await expect(console.log).toContainText('careful');
  await expect(console.log).toContainText('broken');
});

test('long lines wrap, or not, also after a reload', async ({ playground }) => {
  const { console } = playground;
  const program = 'print(("long "):rep(200))';
  await playground.run(program);
  const isWide = () => console.log.evaluate((log) => log.scrollWidth > log.clientWidth);
  expect(await isWide()).toBe(false);
  await console.choose('Wrap long lines in the console');
  await expect.poll(isWide).toBe(true);
  await playground.open();
  await playground.run(program);
  await expect.poll(isWide).toBe(true);
});

test('the console is saved as text', async ({ playground, page }) => {
  await playground.run('print("one") print({}) io.stderr:write("two") return 3');
  const download = page.waitForEvent('download');
  await playground.console.choose('Save the console as text');
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^console.*\.txt$/);
  const stream = await file.createReadStream();
  let text = '';
  for await (const piece of stream) text += piece;
  expect(text).toMatch(/^-- main\.lua .*\none\ntable: 0x[0-9a-f]+\ntwo\n← 3\n$/);
});
