
import { engines, expect, test } from '../fixtures/test.mjs';
import { InOut } from '../pages/in_out.mjs';

const PROGRAM = 'local sum = 0 for _, n in ipairs(_io.input.numbers) do sum = sum + n end _io.output = {sum = sum, list = {"a"}}';

test('input goes in, output is shown as a tree and as JSON', async ({ page, playground }) => {
  const inOut = new InOut(page);
  await inOut.show();
  await expect(inOut.pane).toContainText('What a program puts into _io.output is shown here.');
  await inOut.give('{"numbers": [1, 2, 3]}');
  await playground.run(PROGRAM);
  await inOut.expectRow('sum6');
  await inOut.button('JSON').click();
  await expect(inOut.json).toContainText('"sum": 6');

  const download = await playground.snapshots.download(() => inOut.button('Download').click());
  expect(download.name).toBe('output.json');
  expect(JSON.parse(Buffer.from(download.buffer).toString())).toEqual({ sum: 6, list: ['a'] });

  await inOut.give('{"numbers": [10]}');
  await playground.run(PROGRAM);
  await expect(inOut.json).toContainText('"sum": 10');
});

test('open rows of the output stay open in later runs', async ({ page, playground }) => {
  const inOut = new InOut(page);
  await inOut.show();
  const program = (name) => `_io.output = {users = {{name = "${name}"}}}`;
  await playground.run(program('Ada'));
  await inOut.open('users');
  await inOut.open('[1]');
  await inOut.expectRow('name"Ada"');
  await playground.run(program('Alan'));
  await inOut.expectRow('name"Alan"');
  await inOut.button('JSON').click();
  await playground.run(program('Alonzo'));
  await expect(inOut.json).toContainText('Alonzo');
  await inOut.button('JSON').click();
  await inOut.expectRow('name"Alonzo"');
});

test('the example brings its input, and asks before it replaces anything', async ({ page, playground }) => {
  const inOut = new InOut(page);
  await inOut.show();
  await inOut.button('Show me an example').click();
  await playground.editor.expectText('_io.input.orders');
  await expect(inOut.input).toHaveValue(/"customer": "Ada"/);
  await playground.toolbar.run.click();
  await inOut.expectRow('run1');
  await inOut.open('sums');
  await inOut.expectRow('Ada4.0');
  await inOut.give('{"orders": []}');
  await playground.toolbar.run.click();
  await inOut.expectRow('run2');

  await playground.run('_io.output = nil');
  await inOut.button('Show me an example').click();
  const question = page.getByRole('alertdialog').or(page.getByRole('dialog'));
  await expect(question).toContainText('Replace the program and the input with the example?');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(inOut.input).toHaveValue('{"orders": []}');
  await inOut.button('Show me an example').click();
  await question.getByRole('button', { name: 'Replace' }).click();
  await expect(inOut.input).toHaveValue(/"customer": "Ada"/);
  await playground.editor.expectText('_io.input.orders');
  await page.getByRole('button', { name: 'Exchange it with this one' }).click();
  await expect(inOut.input).toHaveValue('{"orders": []}');
});

test('invalid JSON is reported while it is typed, and no program runs with it', async ({ page, playground }) => {
  const inOut = new InOut(page);
  await inOut.show();
  await inOut.give('{"a": 1,\n  b: 2}');
  await expect(inOut.problem).toContainText('line 2 column 3');
  await expect(inOut.input).toHaveAttribute('aria-invalid', 'true');
  await playground.start('print("ran")');
  await expect(inOut.input).toBeFocused();
  await playground.toolbar.expectStatus('Failed');
  await playground.console.expectText(/did not run, since its input is not JSON: .*line 2 column 3/);
  await playground.console.expectNoLine('ran');
  await inOut.button('Clear').click();
  await expect(inOut.problem).toBeHidden();
  await playground.run('print("ran", _io.input)');
  await playground.console.expectLine('ran\tnil');
});

test('a file can be the input, and is still there after a reload', engines('uploads'), async ({ page, playground }) => {
  const inOut = new InOut(page);
  await inOut.show();
  await inOut.load('data.json', '{"name": "Ada"}');
  await expect(inOut.input).toHaveValue('{"name": "Ada"}');
  await playground.run('print(_io.input.name)');
  await playground.console.expectLine('Ada');
  const later = await playground.reopen();
  await later.run('print(_io.input.name, "again")');
  await later.console.expectLine('Ada\tagain');
});

test('the output can be copied to the clipboard', async ({ page, playground, browserName, context }) => {
  test.skip(browserName === 'firefox', 'its clipboard cannot be read here');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const inOut = new InOut(page);
  await inOut.show();
  await playground.run('_io.output = {1, 2}');
  await inOut.expectRow('{1, 2}');
  await inOut.button('Copy').click();
  await expect(inOut.button('Copied')).toBeVisible();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('[\n  1,\n  2\n]\n');
});

test('on a small screen it is a separate pane, which a key opens', async ({ page, playground }) => {
  const inOut = new InOut(page);
  await page.keyboard.press('Alt+Shift+5');
  await expect(inOut.input).toBeFocused();
  await page.setViewportSize({ width: 380, height: 700 });
  await page.getByRole('tab', { name: 'In / Out' }).click();
  await expect(inOut.pane).toBeVisible();
  await expect(page.getByRole('region', { name: 'Snapshots' })).toBeHidden();
});

test('what cannot be loaded or copied is said to be so', async ({ page, playground, browserName }) => {
  test.skip(browserName === 'firefox', 'it lets a page that is pressed use the clipboard');
  const inOut = new InOut(page);
  await inOut.show();
  await inOut.give('{"kept": true}');
  await inOut.load('bytes.json', Buffer.from([0x22, 0xff, 0x22]));
  await playground.console.expectText('The input is unchanged: “bytes.json” is not UTF-8 text.');
  await expect(inOut.input).toHaveValue('{"kept": true}');

  await inOut.load('large.json', JSON.stringify('x'.repeat(1_100_000)));
  await expect(playground.toolbar.banner).toContainText('The input has more than 1 MB');
  await inOut.give('{}');
  await expect(playground.toolbar.banner).toHaveCount(0);

  await playground.run('_io.output = {1}');
  await page.evaluate(() => {
    navigator.clipboard.write = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await inOut.button('Copy').click();
  await playground.console.expectText('Not copied: the browser does not let this page use the clipboard');
});
