import { engines, expect, test } from '../fixtures/test.mjs';

test.use({ editor: 'monaco' });

test('a syntax error is marked while one types, and goes when it is mended', async ({ playground }) => {
  await playground.help.expectReady();
  await playground.editor.write('local a = = 1\nprint(a)');
  await expect(playground.editor.errorMarks).toBeVisible();
  await playground.editor.write('local a = 1\nprint(a)');
  await expect(playground.editor.errorMarks).toBeHidden();
});

test('a global that is nowhere is marked until a program makes it', async ({ playground }) => {
  await playground.help.expectReady();
  await playground.editor.write('print(total)');
  await expect(playground.help.warnings).toBeVisible();
  await playground.console.submit('total = 1');
  await expect(playground.help.warnings).toBeHidden();
});

test('after a dot, one’s own data is offered with types and values', engines('a worker of its own, and Monaco'), async ({ playground, page }) => {
  await playground.run('_home.users = { ada = { age = 36 } }\n_home.counter = 41');
  await playground.help.expectReady();
  await playground.editor.write('local users = _home.users\n');
  await playground.help.typeAtEnd('_home.');
  await expect(playground.help.suggestion(/^users/)).toBeVisible();
  await playground.help.suggestion(/^counter/).click();
  await playground.editor.expectText('_home.counter');
  await playground.help.expectHover('integer', '41');
  await page.keyboard.press('Escape');
  await playground.help.typeAtEnd('\nusers.ada.');
  await expect(playground.help.suggestion(/^age/)).toBeVisible();
});

test('what a run has made is offered at once', async ({ playground, page }) => {
  await playground.help.expectReady();
  await playground.run('_home.fresh = true');
  await playground.editor.focus();
  await playground.help.typeAtEnd('\n_home.');
  await expect(playground.help.suggestion(/^fresh/)).toBeVisible();
  await page.keyboard.press('Escape');
});

test('the library is explained: suggestions, hover and signature', async ({ playground, page }) => {
  await playground.help.expectReady();
  await playground.editor.write('');
  await playground.help.typeAtEnd('string.form');
  await expect(playground.help.suggestion(/^format/)).toBeVisible();
  await page.keyboard.press('Tab');
  await playground.editor.expectText('string.format');
  await playground.help.typeAtEnd('(');
  await expect(playground.help.signature).toContainText('format');
  await page.keyboard.press('Escape');
  await playground.editor.write('string.rep("a", 3)');
  await page.keyboard.press('ControlOrMeta+Home');
  for (let step = 0; step < 8; step += 1) await page.keyboard.press('ArrowRight');
  await playground.help.expectHover('concatenation of');
});

test('a name is followed to its definition, and changed everywhere', async ({ playground, page }) => {
  await playground.help.expectReady();
  await playground.editor.write('local total = 1\n\nprint(total + total)');
  await playground.help.typeAtEnd('');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('F2');
  const name = page.getByRole('textbox', { name: /^Rename input/ });
  await name.fill('sum');
  await name.press('Enter');
  await playground.editor.expectText('print(sum + sum)');
  await playground.editor.expectText('local sum = 1');
  await page.keyboard.press('F12');
  await playground.editor.expectCursorOnLine(1);
});

test('a program that is too much for the help is left alone, and the help comes back', async ({ playground }) => {
  test.slow();
  await playground.help.expectReady();
  const line = 'c = c + a.x * b.y\n';
  await playground.editor.write(`local a, b, c = { x = 1 }, { y = 2 }, 0\n${line.repeat(5000)}print(c) end`);
  await playground.help.expectState('Lua help in part');
  await playground.toolbar.run.click();
  await playground.toolbar.expectStatus('Failed');
  await playground.editor.write('local s = "x"\nlocal t = = 1');
  await playground.help.expectReady();
  await expect(playground.editor.errorMarks.first()).toBeVisible();
});

test('without its worker, everything else works, and the status bar says so', async ({ page, playground }) => {
  await page.context().route('**/language-worker-*/**', (route) => route.abort());
  const later = await playground.reopen();
  await later.help.expectState('no Lua help');
  await later.run('print("as ever")');
  await later.console.expectLine('as ever');
});

test('the problems of all files are listed, and lead to their places', async ({ playground, page }) => {
  const { files, help, panes } = playground;
  await help.expectReady();
  await playground.editor.write('local total = 1\nprint(totl)');
  await files.create('lib/broken.lua');
  await playground.editor.write('local a = = 1');
  await files.tab('main.lua').click();
  await page.getByRole('button', { name: /\d errors?, 1 warning/ }).click();
  const list = panes.pane('Problems').getByRole('list', { name: 'Problems' });
  await expect(list.getByRole('button').first()).toBeFocused();
  await expect(list).toContainText('lib/broken.lua:1');
  await list.getByRole('button', { name: 'totl' }).click();
  await playground.editor.expectCursorOnLine(2);
  await list.getByRole('button', { name: 'lib/broken.lua:1' }).first().click();
  await expect(files.shownTab).toHaveText('broken.lua');
  await expect(playground.editor.input).toBeFocused();
});

test('what is wrong is mended from a menu, and hints are shown when they are wanted', async ({ playground, page }) => {
  const { editor, help, settings } = playground;
  await help.expectReady();
  await editor.write('if true then\n  total = 1');
  await expect(editor.errorMarks.first()).toBeVisible();
  await page.keyboard.press('Alt+.');
  await page.getByRole('option', { name: 'Add the missing “end”' }).click();
  await editor.expectText('end');
  await expect(editor.errorMarks).toHaveCount(0);
  await editor.write('local function area(width, height) return width * height end\nprint(area(2, 3))');
  await settings.button.click();
  await settings.hints.check();
  await settings.save.click();
  await editor.expectText('width:2');
});

test('the prompt offers what is alive after a dot, and Tab takes it', engines('keys, focus, and a worker of its own'), async ({ playground, page }) => {
  const { console: output, help } = playground;
  await playground.run('_home.users = { ada = 36 }\n_home.usual = 1');
  await help.expectReady();
  const list = page.getByRole('listbox', { name: 'Suggestions' });
  const offer = (name) => list.getByRole('option', { name });
  await output.input.pressSequentially('_home.us');
  await expect(list.getByRole('option')).toHaveText([/^users/, /^usual/]);
  await page.keyboard.press('ArrowDown');
  await expect(offer(/^usual/)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Tab');
  await expect(output.input).toHaveValue('_home.users');
  await expect(list).toBeHidden();
  await output.input.pressSequentially('.');
  await expect(offer(/^ada/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(output.input).toBeFocused();
  await output.input.pressSequentially('ada');
  await page.keyboard.press('Enter');
  await output.expectLine('36');

  // Enter takes only what was chosen, and the history has the arrows again where there is no list.
  await page.keyboard.press('ArrowUp');
  await expect(output.input).toHaveValue('_home.users.ada');
  await output.input.fill('_home.usu');
  await page.keyboard.press('Control+Space');
  await expect(offer(/^usual/)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(output.input).toHaveValue('_home.usual');
  await page.keyboard.press('Enter');
  await output.expectLine('1');
});
