import { expect, test } from '../fixtures/test.mjs';

const option = (page, name) => page.getByRole('dialog').getByRole('option', { name });

/** Opens the palette, and waits until one can type. */
async function openPalette(page, keys) {
  await page.keyboard.press(keys);
  const text = page.getByRole('combobox', { name: 'Find' });
  await expect(text).toBeFocused();
  return text;
}

test('a command is found by some of its letters and run from the keyboard', async ({ page, playground }) => {
  await playground.run('print("some output")');
  await playground.console.expectLine('some output');
  await playground.editor.input.focus();
  const text = await openPalette(page, 'Control+Shift+P');
  await expect(option(page, /Save a snapshot/)).toContainText('Alt+Shift+S');
  await page.keyboard.type('clcon');
  await expect(option(page, /Clear the console/)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(text).toBeHidden();
  await expect(playground.console.log).not.toContainText('some output');
  await expect(playground.editor.input).toBeFocused();
});

test('a command that moves the focus or opens a dialog does so when the palette has closed', async ({ page, playground }) => {
  await openPalette(page, 'Control+p');
  await page.keyboard.type('> go snapshots');
  await page.keyboard.press('Enter');
  await expect(playground.snapshots.saveFirst).toBeFocused();
  await openPalette(page, 'Control+Shift+P');
  await page.keyboard.type('settings');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
});

test('a file is found by some letters of its path, and opened', async ({ page, playground }) => {
  await playground.files.create('lib/json.lua');
  await playground.editor.write('-- of json');
  await playground.files.tab('main.lua').click();
  await openPalette(page, 'Control+p');
  await page.keyboard.type('ljson');
  await expect(option(page, 'lib/json.lua')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(playground.files.shownTab).toHaveText('json.lua');
  await expect(playground.editor.input).toBeFocused();
  await playground.editor.expectText('-- of json');
});

test('snapshots and runs are found by name', async ({ page, playground }) => {
  await playground.run('_home.value = 1');
  await playground.snapshots.save('before the party');
  await playground.run('_home.value = 2');
  await openPalette(page, 'Control+p');
  await expect(option(page, /_home.value = 2/)).toContainText('run,');
  await page.keyboard.type('party');
  await option(page, /before the party/).click();
  await expect(playground.inspector.region.getByRole('treeitem')).toHaveText(/value.*1/);
  await openPalette(page, 'Control+p');
  await page.keyboard.type('no such name');
  await expect(page.getByText('Nothing of that name')).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Find' })).toBeHidden();
});
