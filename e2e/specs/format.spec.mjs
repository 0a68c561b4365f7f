import { expect, test } from '../fixtures/test.mjs';

test.use({ editor: 'monaco' });

/** The lines of the editor, with the spaces as they are. */
async function textOf(editor) {
  const lines = await editor.lines.locator('.view-line').evaluateAll((found) =>
    found.sort((one, other) => one.offsetTop - other.offsetTop).map((line) => line.textContent),
  );
  return lines.join('\n').replaceAll('\u00a0', ' ');
}

function expectWhole(editor, text) {
  return expect.poll(() => textOf(editor)).toBe(text);
}

test('a document is formatted in one step, and what is no program is left as it is', async ({ playground, page }) => {
  const { editor, settings } = playground;
  const untidy = "for i=1,2 do\nprint( i,'a' );\nend\n";
  await editor.expectLoaded();
  await editor.write(untidy);
  // The cursor is before `print`, and stays there.
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Alt+Shift+F');
  await expectWhole(editor, 'for i = 1, 2 do\n  print(i, "a")\nend\n');
  await page.keyboard.type('_G.');
  await expectWhole(editor, 'for i = 1, 2 do\n  _G.print(i, "a")\nend\n');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+z');
  await expectWhole(editor, 'for i = 1, 2 do\n  print(i, "a")\nend\n');
  await page.keyboard.press('ControlOrMeta+z');
  await expectWhole(editor, untidy);

  await settings.button.click();
  await settings.indentation.selectOption('Tabs');
  await settings.quotes.selectOption("'Single'");
  await settings.save.click();
  await editor.write('if x then y="b" end');
  await page.keyboard.press('Alt+Shift+F');
  await expect.poll(() => textOf(editor)).toMatch(/^if x then\n\s+y = 'b'\nend\n$/);

  const broken = 'x   =   1\ny = = 2';
  await editor.write(broken);
  await page.keyboard.press('Alt+Shift+F');
  await playground.console.expectText('Nothing was formatted: line 2 has a syntax error, unexpected “=”.');
  await expectWhole(editor, broken);
});

test('a selection is formatted alone, and a file before it is saved if that is wanted', async ({ playground, page }) => {
  const { editor, settings, snapshots } = playground;
  const run = async (command) => {
    await page.keyboard.press('ControlOrMeta+Shift+P');
    await page.getByRole('combobox', { name: 'Find' }).fill(`>${command}`);
    await page.keyboard.press('Enter');
  };
  await editor.expectLoaded();
  await editor.write('a=1\nb=2\nc=3');
  await run('Format selection');
  await playground.console.expectText('no text is selected');
  await editor.focus();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await run('Format selection');
  await expectWhole(editor, 'a=1\nb = 2\nc=3');

  await settings.button.click();
  await settings.beforeSaving.check();
  await settings.save.click();
  await editor.focus();
  const file = await snapshots.download(() => page.keyboard.press('ControlOrMeta+s'));
  expect(file.buffer.toString()).toBe('a = 1\nb = 2\nc = 3\n');
});
