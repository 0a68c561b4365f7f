// Several files: made, renamed, moved, closed, deleted, and run.

import { storedTexts } from '../fixtures/database.mjs';
import { expect, test } from '../fixtures/test.mjs';
import { Playground } from '../pages/playground.mjs';

test('files are made, named and shown, and are there at the next visit', async ({ playground }) => {
  const { files } = playground;
  await files.create('lib/json.lua');
  await playground.editor.write('-- of json');
  await files.create('data.csv');
  await playground.editor.write('a,b');
  await files.expectTabs(['main.lua', 'json.lua', 'data.csv']);
  await files.expectRows(['lib', 'json.lua', 'data.csv', 'main.lua']);
  await files.tab('json.lua').click();
  await playground.editor.expectText('-- of json');
  await expect.poll(() => storedTexts(playground.page)).toEqual(expect.arrayContaining(['-- of json', 'a,b']));
  const later = await playground.reopen();
  await later.files.expectTabs(['main.lua', 'json.lua', 'data.csv']);
  await expect(later.files.shownTab).toHaveText('json.lua');
  await later.editor.expectText('-- of json');
});

test('a name that cannot be is refused with the reason, and Escape keeps the old one', async ({ page, playground }) => {
  const { files } = playground;
  await files.create('lib/a.lua');
  await page.getByRole('button', { name: 'New file' }).first().click();
  for (const [name, reason] of [
    ['LIB/A.lua', 'there is a file “lib/a.lua” already'],
    ['lib', 'there is a folder of this name'],
    ['../x', 'cannot be names in a path'],
    ['main.lua/x', 'is a file, not a folder'],
  ]) {
    await files.nameField.fill(name);
    await files.nameField.press('Enter');
    await expect(files.problem).toContainText(reason);
    await expect(files.nameField).toBeFocused();
  }
  await files.nameField.press('Escape');
  await expect(files.problem).toHaveCount(0);
  await files.expectRows(['lib', 'a.lua', 'main.lua', 'untitled.lua']);
});

test('the keys of the list rename, fold, open and delete, and a deletion is undone', async ({ page, playground }) => {
  const { files } = playground;
  await files.create('lib/a.lua');
  await playground.editor.write('-- of a');
  await files.show();
  await expect(files.row('a.lua')).toBeFocused();
  await page.keyboard.press('F2');
  await files.nameField.fill('lib/deep/b.lua');
  await page.keyboard.press('Enter');
  await expect(playground.editor.input).toBeFocused();
  await files.show();
  await expect(files.row('b.lua')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(files.row('lib')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await files.expectRows(['lib', 'main.lua']);
  await expect(files.row('lib')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await files.expectRows(['lib', 'deep', 'b.lua', 'main.lua']);
  await expect(files.row('lib')).toBeFocused();
  await page.keyboard.press('Delete');
  await files.expectRows(['main.lua']);
  await expect(files.row('main.lua')).toBeFocused();
  await files.expectTabs(['main.lua']);
  await page.keyboard.press('Delete');
  await expect(files.problem).toContainText('this is the only file');
  await files.lastChange.getByRole('button', { name: 'Undo' }).click();
  await files.expectRows(['lib', 'deep', 'b.lua', 'main.lua']);
  await expect(files.shownTab).toHaveText('b.lua');
  await playground.editor.expectText('-- of a');
});

test('tabs are moved and closed by keys and by pointer', async ({ page, playground }) => {
  const { files } = playground;
  await files.create('a.lua');
  await files.create('b.lua');
  await files.shownTab.focus();
  await page.keyboard.press('Alt+Shift+ArrowLeft');
  await files.expectTabs(['main.lua', 'b.lua', 'a.lua']);
  await expect(files.tab('b.lua')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(files.tab('a.lua')).toBeFocused();
  await expect(files.shownTab).toHaveText('a.lua');
  await files.tab('main.lua').dragTo(files.tab('a.lua'));
  await files.expectTabs(['b.lua', 'a.lua', 'main.lua']);
  await page.keyboard.press('Alt+PageDown');
  await expect(files.shownTab).toHaveText('main.lua');
  await files.tab('b.lua').click({ button: 'middle' });
  await files.expectTabs(['a.lua', 'main.lua']);
  await files.shownTab.focus();
  await page.keyboard.press('Delete');
  await files.expectTabs(['a.lua']);
  await expect(files.shownTab).toBeFocused();
});

test('another tab of the browser hears of files, and keeps what it shows', async ({ page, playground }) => {
  const other = new Playground(await page.context().newPage());
  await other.open();
  await playground.files.create('lib/a.lua');
  await other.files.show();
  await other.files.expectRows(['lib', 'a.lua', 'main.lua']);
  await other.files.expectTabs(['main.lua']);
  await playground.files.choose(playground.files.row('a.lua'), 'Mark the file as main');
  await expect(other.files.row('a.lua')).toContainText('main');
  await playground.files.choose(playground.files.row('a.lua'), 'Delete the file');
  await other.files.expectRows(['main.lua']);
});

test.describe(() => {
  test.use({ editor: 'monaco' });

  test('Run runs the main file, or the shown one, and errors lead to their file', async ({ page, playground }) => {
    const { console, editor, files } = playground;
    await files.create('other.lua');
    await playground.run('print("other " .. 1)');
    await console.expectLine('other 1');
    await files.create('data.csv');
    await editor.write('1,2');
    await files.tab('main.lua').click();
    await playground.run('\nfunction _home.fail() error("no") end\n_home.runs = (_home.runs or 0) + 1\nprint("main " .. _home.runs)');
    await files.choose(files.row('main.lua'), 'Mark the file as main');
    await files.tab('other.lua').click();
    await playground.toolbar.run.click();
    await console.expectLine('main 2');
    await editor.write('\n\n_home.fail()');
    await page.keyboard.press('ControlOrMeta+Shift+Enter');
    await playground.toolbar.expectStatus('Failed');
    await files.tab('data.csv').click();
    await page.getByRole('log').getByRole('button', { name: 'main.lua:2' }).first().click();
    await expect(files.shownTab).toContainText('main.lua');
    await editor.expectCursorOnLine(2);
    await console.openTraceback();
    await page.getByRole('log').getByRole('button', { name: 'other.lua:3' }).first().click();
    await expect(files.shownTab).toHaveText('other.lua');
    await editor.expectCursorOnLine(3);
  });
});

test('a selection runs with the numbers of its lines', async ({ page, playground }) => {
  await playground.editor.write('error("not this")\n\nerror("this")');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.press('Alt+Enter');
  await playground.toolbar.expectStatus('Failed');
  await playground.console.expectText('main.lua:3: this');
});
