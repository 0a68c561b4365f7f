import { expect, test } from '../fixtures/test.mjs';

test.use({ editor: 'monaco' });

const hit = (page, text) => page.getByRole('listbox', { name: 'Found' }).getByRole('option').filter({ hasText: text });

test('all of _home is searched, and a hit is shown in the tree', async ({ page, playground }) => {
  await playground.start('_home.list = {} for i = 1, 2000 do _home.list[i] = { name = "item " .. i } end');
  await playground.toolbar.expectStatus('Ready');
  const field = playground.inspector.region.getByRole('combobox', { name: 'Search _home' });
  await field.fill('ITEM 19');
  await expect(hit(page, '_home.list[19].name')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText('111 found')).toBeVisible();
  await field.press('ArrowDown');
  await expect(hit(page, '_home.list[190].name')).toHaveAttribute('aria-selected', 'true');
  await field.press('Enter');
  const row = playground.inspector.row('name');
  await expect(row).toBeFocused();
  await expect(row).toContainText('"item 190"');
  await expect(playground.inspector.row('[190]')).toHaveAttribute('aria-expanded', 'true');

  // The text is still there, for the next hit.
  await field.focus();
  await hit(page, '_home.list[1900].name').click();
  await expect(page.getByRole('treeitem').filter({ hasText: '"item 1900"' }).last()).toBeFocused();

  await field.fill('no such text');
  await expect(page.getByText('No key, string or number contains this.')).toBeVisible();
  await field.press('Escape');
  await expect(field).toHaveValue('');
  await expect(playground.inspector.tree).toBeVisible();
});

test('hits follow the runs, and a snapshot is searched like _home', async ({ page, playground }) => {
  await playground.run('_home.first = "needle"');
  await playground.snapshots.save('one needle');
  const { region } = playground.inspector;
  await region.getByRole('combobox', { name: 'Search _home' }).fill('needle');
  await expect(page.getByText('1 found')).toBeVisible();
  await playground.run('_home.second = { needle = 1 }');
  await region.getByRole('combobox', { name: 'Search _home' }).focus();
  await expect(page.getByText('2 found')).toBeVisible();
  await page.keyboard.press('Control+p');
  await expect(page.getByRole('combobox', { name: 'Find' })).toBeFocused();
  await page.keyboard.type('one nee');
  await page.getByRole('dialog').getByRole('option', { name: /one needle/ }).click();
  await region.getByRole('combobox', { name: 'Search the snapshot' }).fill('needle');
  await expect(page.getByText('1 found')).toBeVisible();
});

test('the command palette finds values of _home', async ({ page, playground }) => {
  await playground.run('_home.shop = { owner = { name = "Grace" } }');
  await page.keyboard.press('Control+p');
  await expect(page.getByRole('combobox', { name: 'Find' })).toBeFocused();
  await page.keyboard.type('grac');
  const found = page.getByRole('option', { name: '_home.shop.owner.name' });
  await expect(found).toContainText('"Grace"');
  await found.click();
  await expect(playground.inspector.row('name')).toBeFocused();
});

test('all files are searched, and a line that was found is shown', async ({ page, playground }) => {
  const { editor, files } = playground;
  await editor.write('local needle = 1\nprint(needle)');
  await files.create('lib/a.lua');
  await editor.write('-- one\n\n-- the Needle');
  await page.keyboard.press('ControlOrMeta+Shift+f');
  const field = files.pane.getByRole('combobox', { name: 'Search all files' });
  await expect(field).toBeFocused();
  await page.keyboard.type('NEEDLE');
  const found = files.pane.getByRole('listbox', { name: 'Found in files' });
  const line = (path, text) => found.getByRole('group', { name: path }).getByRole('option', { name: text });
  await expect(files.pane.getByText('3 lines in 2 files')).toBeVisible();
  await expect(line('lib/a.lua', '3 -- the Needle')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(line('main.lua', '2 print(needle)')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(files.shownTab).toHaveText('main.lua');
  await expect(editor.input).toBeFocused();
  await editor.expectCursorOnLine(2);
  // The hit is selected: what is typed takes its place.
  await page.keyboard.type('thing');
  await editor.expectText('print(thing)');
  await page.keyboard.press('ControlOrMeta+z');
  await editor.expectText('print(needle)');

  // The list is still there, follows what is typed, and leads on by the pointer.
  await page.keyboard.press('End');
  await page.keyboard.type(' -- needle');
  await expect(line('main.lua', '2 print(needle) -- needle')).toBeVisible();
  await files.pane.getByRole('button', { name: 'Match case' }).click();
  await expect(files.pane.getByText('No file contains this.')).toBeVisible();
  await field.fill('Needle');
  await line('lib/a.lua', 'the Needle').click();
  await editor.expectCursorOnLine(3);
  await page.keyboard.press('ControlOrMeta+Shift+f');
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await files.expectRows(['lib', 'a.lua', 'main.lua']);
});
