import { engines, expect, test } from '../fixtures/test.mjs';
import { Playground } from '../pages/playground.mjs';

test('each workspace has its own files, _home, history and settings', engines('what stays in a database'), async ({ playground, page }) => {
  const { workspaces, files, inspector, console } = playground;
  await workspaces.expectShown('My workspace');
  await expect(page).toHaveURL(/\/$/);
  await playground.run('_home.where = "first"');
  await workspaces.create('Second');
  await expect(page).toHaveTitle('Second – cu');
  await expect(inspector.rows).toHaveCount(0);
  await expect(inspector.undo).toBeDisabled();
  await files.show();
  await files.create('of-second.lua');
  await playground.run('_home.where = "second" print(_home.where)');
  await console.expectLine('second');

  await workspaces.choose('My workspace');
  await workspaces.expectShown('My workspace');
  await expect(inspector.row('where')).toContainText('"first"');
  await files.expectTabs(['main.lua']);
  await expect(inspector.undo).toBeEnabled();
  // The address says which one it is, also after a reload, and without it the page has the one that was shown last.
  await workspaces.choose('Second');
  await workspaces.expectShown('Second');
  await page.reload();
  await workspaces.expectShown('Second');
  await expect(inspector.row('where')).toContainText('"second"');
  await page.goto('./');
  await workspaces.expectShown('Second');
  await files.expectTabs(['main.lua', 'of-second.lua']);
});

test('a workspace is renamed, duplicated and deleted, and the others stay as they are', async ({ playground, page }) => {
  const { workspaces, inspector, toolbar } = playground;
  await playground.run('_home.count = 1');
  await workspaces.choose('Rename the workspace…');
  await workspaces.answer('Original', 'Rename');
  await workspaces.expectShown('Original');
  await workspaces.choose('Duplicate the workspace…');
  await workspaces.answer('Copy', 'Duplicate');
  await workspaces.expectShown('Copy');
  await expect(inspector.row('count')).toContainText('1');
  await expect(inspector.undo).toBeEnabled();
  await playground.run('_home.count = 2');

  await page.keyboard.press('Alt+Shift+O');
  await expect(workspaces.rows).toHaveCount(2);
  await expect(workspaces.rows.filter({ hasText: 'Copy' })).toContainText(/shown.* kB/);
  await workspaces.dialog.getByRole('button', { name: 'Original', exact: true }).click();
  await workspaces.expectShown('Original');
  await expect(inspector.row('count')).toContainText('1');

  await workspaces.choose('Delete the workspace…');
  await workspaces.dialog.getByRole('button', { name: 'Delete the workspace' }).click();
  await workspaces.expectShown('Copy');
  await expect(inspector.row('count')).toContainText('2');
  await toolbar.expectStatus('Ready');
  // What it held is gone, as soon as no page shows it.
  const names = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).sort());
  await expect.poll(names).not.toContain('cu');
  await workspaces.button.click();
  await expect(page.getByRole('menuitem', { name: 'Delete the workspace…' })).toHaveAttribute('aria-disabled', 'true');
});

test('a workspace that another tab deletes says so, and can be kept', async ({ playground }) => {
  const { workspaces } = playground;
  await workspaces.create('Doomed');
  await playground.run('_home.kept = true');
  const other = await playground.page.context().newPage();
  await new Playground(other).visit('./?workspace=main');
  await other.keyboard.press('Alt+Shift+O');
  await other.getByRole('button', { name: 'More for Doomed' }).click();
  await other.getByRole('menuitem', { name: 'Delete…' }).click();
  await other.getByRole('button', { name: 'Delete the workspace' }).click();
  await playground.page.getByRole('button', { name: 'Keep it', exact: true }).click();
  await playground.page.reload();
  await workspaces.expectShown('Doomed');
  await expect(playground.inspector.row('kept')).toContainText('true');
});

test('a workspace is saved as a file, and opened elsewhere with all of its history', engines('downloads and streams that pack'), async ({ playground }) => {
  const { workspaces } = playground;
  await playground.run('local n = 0 function _home.next() n = n + 1 return n end _home.list = {1, 2, 3}');
  await playground.snapshots.save('early');
  await playground.run('_home.next() _home.more = true');
  const file = await playground.snapshots.download(() => workspaces.choose('Save the workspace as a file'));
  expect(file.name).toMatch(/^My workspace .*\.cuspace$/);

  await playground.files.drop(['mine.cuspace', file.buffer]);
  await expect(workspaces.visit).toContainText('My workspace 2');
  await playground.toolbar.expectStatus('Ready');
  await expect(playground.inspector.row('more')).toContainText('true');
  await expect(playground.snapshots.item('early')).toBeVisible();
  await playground.inspector.undo.click();
  await expect(playground.inspector.row('more')).toHaveCount(0);
  await playground.run('print("next", _home.next())');
  await playground.console.expectLine('next\t1');
});

test('a file that is no workspace says why, and changes nothing', async ({ playground, page }) => {
  const { workspaces, files } = playground;
  await playground.run('_home.mine = 1');
  for (const [name, content] of [['text.cuspace', 'hello'], ['empty.cuspace', '']]) {
    await files.drop([name, content]);
    const reason = 'it is no zip file, or a damaged one';
    await expect(page.getByText(`“${name}” was not opened: ${reason}. Nothing was changed.`)).toBeVisible();
  }
  await workspaces.expectShown('My workspace');
  await expect(playground.inspector.row('mine')).toContainText('1');
});
