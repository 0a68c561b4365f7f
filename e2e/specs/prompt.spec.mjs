import { expect, test } from '../fixtures/test.mjs';

test.use({ editor: 'monaco' });

test('several lines run as they are, and the beginning of a statement asks for the rest', async ({ playground, page }) => {
  const { input } = playground.console;
  await playground.console.submit('a = 1 -- one\nb = a + 1\nprint("b", b)');
  await playground.console.expectText('b\t2');
  await playground.console.submit('= a, b');
  await expect(playground.console.log).toContainText('12');

  await playground.console.submit('for i = 1, 2 do');
  await expect(input).toHaveValue('for i = 1, 2 do\n');
  await page.keyboard.type('print("turn", i)');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('end');
  await page.keyboard.press('Enter');
  await playground.console.expectText('turn\t2');
  await expect(input).toHaveValue('');
  await page.keyboard.press('ArrowUp');
  await expect(input).toHaveValue('for i = 1, 2 do\nprint("turn", i)\nend');
});

test('a program that waits for a line takes neither the focus from the editor nor what was being typed', async ({ playground, page }) => {
  const { input } = playground.console;
  await playground.editor.write('print("got", io.read()) print("then", io.read())');
  await input.fill('_home.half');
  await playground.editor.focus();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(input).toHaveAttribute('placeholder', /waits for a line/);
  await expect(playground.editor.input).toBeFocused();
  await expect(input).toHaveValue('');
  await playground.console.submit('one\ntwo');
  await playground.console.expectText('got\tone');
  await playground.console.expectText('then\ttwo');
  await expect(input).toHaveValue('_home.half');
});

test('a line that is too long for a program is refused, not cut', async ({ playground }) => {
  const { input } = playground.console;
  await playground.start('print("length", #io.read())');
  await expect(input).toHaveAttribute('placeholder', /waits for a line/);
  await playground.console.submit('x'.repeat(70_000));
  await playground.console.expectText('The line was not given to the program');
  await playground.console.submit('four');
  await playground.console.expectText('length\t4');
});

test('what is selected in the output stays selected while more is printed', async ({ playground, page }) => {
  await playground.start('print("selected") io.read() for i = 1, 50 do print("line", i) end io.read()');
  const { input } = playground.console;
  await expect(input).toHaveAttribute('placeholder', /waits for a line/);
  await playground.console.expectLine('selected');
  await playground.console.log.locator('.console-text').evaluate((block) => getSelection().selectAllChildren(block));
  await page.evaluate(() => (window.selectedNode = getSelection().anchorNode));
  await playground.console.submit('go on');
  await playground.console.expectText('line\t50');
  const kept = await page.evaluate(() => window.selectedNode?.isConnected && window.selectedNode.textContent);
  expect(kept).toContain('selected');
  await playground.toolbar.stop.click();
});
