// The page on touch screens: a text area with the colours of Lua is the editor there.

import { expect, test } from '../fixtures/test.mjs';

test.use({ editor: 'monaco', hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

const area = (page) => page.getByRole('textbox', { name: 'Program' });
const tab = (page, name) => page.getByRole('tab', { name, exact: true });
const isAsWideAsThePage = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

test('a program is typed with Lua’s colours, and run at the thumb; Monaco is not loaded', async ({ page, playground }) => {
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  expect(loaded.filter((name) => /monaco-/.test(name))).toEqual([]);
  await area(page).fill('');
  await area(page).tap();
  await page.keyboard.type('local n = "one"');
  await expect(page.locator('.plain-line .is-keyword')).toHaveText('local');
  await expect(page.locator('.plain-line .is-string')).toHaveText('"one"');
  await page.keyboard.press('Enter');
  await page.keyboard.type('print');
  for (const name of ['Opening parenthesis', 'Number sign']) await page.getByRole('button', { name }).tap();
  await page.keyboard.type('n');
  await page.getByRole('button', { name: 'Closing parenthesis' }).tap();
  await expect(area(page)).toBeFocused();
  await expect(area(page)).toHaveValue('local n = "one"\nprint(#n)');
  await playground.toolbar.run.tap();
  await tab(page, 'Output').tap();
  await playground.console.expectLine('3');
});

test('what is typed is undone by the browser, and lines are indented as blocks open', async ({ page, playground }) => {
  await playground.editor.expectLoaded();
  await area(page).fill('');
  await area(page).tap();
  await page.keyboard.type('if true then');
  await page.keyboard.press('Enter');
  await page.keyboard.type('x = {}');
  await expect(area(page)).toHaveValue('if true then\n  x = {}');
  await page.getByRole('button', { name: 'The word end' }).tap();
  await expect(area(page)).toHaveValue('if true then\n  x = {}end');
  await page.keyboard.press('Control+z');
  await expect(area(page)).toHaveValue('if true then\n  x = {}');
});

test('an error says where it is, and leads there', async ({ page, playground }) => {
  await area(page).fill('-- nothing\n'.repeat(200) + 'error("here")');
  await playground.toolbar.run.tap();
  const error = page.getByRole('button', { name: 'main.lua:201: ' });
  await expect(error).toBeVisible();
  await error.tap();
  await expect(page.locator('.plain-line.is-error')).toBeInViewport();
  await expect(page.locator('.plain-line.is-error')).toHaveAttribute('data-line', '201');
});

test('with the keyboard of the screen open, the cursor and Run stay in view', async ({ page, playground }) => {
  await area(page).fill('-- line\n'.repeat(100));
  await area(page).tap();
  await page.keyboard.press('Control+End');
  await page.setViewportSize({ width: 390, height: 420 });
  await page.keyboard.type('x = 1');
  await expect(page.locator('.plain-line').filter({ hasText: 'x = 1' })).toBeInViewport();
  await expect(playground.toolbar.run).toBeInViewport();
  await expect(page.getByRole('group', { name: 'Signs' })).toBeInViewport();
});

test('a program is formatted without Monaco, and the browser’s undo brings it back', async ({ page, playground }) => {
  await playground.editor.expectLoaded();
  await area(page).fill("print( '😀',1 )");
  await page.keyboard.press('Alt+Shift+F');
  await expect(area(page)).toHaveValue('print("😀", 1)\n');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(area(page)).toHaveValue("print( '😀',1 )");
});

test('nothing scrolls sideways, in any pane', async ({ page, playground }) => {
  await playground.toolbar.run.tap();
  for (const pane of await page.getByRole('tablist', { name: 'Panes' }).getByRole('tab').all()) {
    await pane.tap();
    expect(await isAsWideAsThePage(page)).toBe(true);
  }
  await page.setViewportSize({ width: 768, height: 1024 });
  expect(await isAsWideAsThePage(page)).toBe(true);
});

test('a person can have Monaco all the same, with the same text', async ({ page, playground }) => {
  await area(page).fill('print("é\\t✓")\n\n-- end');
  await playground.settings.button.tap();
  await page.getByRole('dialog').getByRole('combobox', { name: 'Editor', exact: true }).selectOption('Monaco');
  await playground.settings.save.tap();
  await page.reload();
  await expect(page.locator('.view-lines')).toBeVisible();
  await expect(page.locator('.view-lines')).toContainText('print("é\\t✓")');
});
