import { expect, test } from '../fixtures/test.mjs';

test.use({ editor: 'monaco' });

test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']));

const copied = (page) => expect.poll(() => page.evaluate(() => navigator.clipboard.readText()));
const item = (page, name) => page.getByRole('menuitem', { name });

test('the right mouse button opens the menu of a row, which copies its path and its value', async ({ page, playground }) => {
  await playground.run('_home.user = { name = "Ada", ages = { 36, 37 } }');
  await playground.inspector.open('user');
  const { inspector } = playground;
  await inspector.row('ages').click({ button: 'right' });
  await item(page, 'Copy the path').click();
  await copied(page).toBe('_home.user.ages');
  await expect(inspector.row('ages')).toBeFocused();
  for (const [name, text] of [
    ['Copy as Lua', '{\n  36,\n  37,\n}'],
    ['Copy as JSON', '[\n  36,\n  37\n]\n'],
    ['Copy as text', '{36, 37}'],
  ]) {
    await inspector.row('ages').click({ button: 'right' });
    await item(page, name).click();
    await copied(page).toBe(text);
  }
});

test('the menu of a row opens from the keyboard and from its button, and leads to the source', async ({ page, playground }) => {
  await playground.run('\nfunction _home.f() end');
  const row = playground.inspector.row('f');
  await row.focus();
  await page.keyboard.press('Shift+F10');
  await expect(item(page, 'Copy the path')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(row).toBeFocused();
  await row.hover();
  await row.getByTitle('More').click();
  await item(page, 'Show the source').click();
  await expect(playground.inspector.source).toContainText('function _home.f() end');
  await page.keyboard.press('Escape');
  await row.focus();
  await page.keyboard.press('Shift+F10');
  await expect(item(page, 'Copy the path')).toBeFocused();
  await item(page, 'Go to the source').press('Enter');
  await expect(playground.editor.input).toBeFocused();
});

test('a row tells what it was before the last run', async ({ playground }) => {
  await playground.run('_home.n = 1912 _home.list = { { x = 1 } }');
  await playground.run('_home.n = 1913 _home.list[1].x = 2 _home.new = 1');
  const { inspector } = playground;
  await expect(inspector.row('n')).toContainText('was 1912');
  await expect(inspector.row('n')).toHaveAttribute('aria-description', 'changed in the last run');
  await expect(inspector.row('new')).toHaveAttribute('aria-description', 'new in the last run');
  await expect(inspector.row('list')).toHaveAttribute('aria-description', 'changed inside in the last run');
  // Also in a row that was not open before.
  await inspector.open('list');
  await inspector.open('[1]');
  await expect(inspector.row('x')).toContainText('was 1');
  await playground.run('');
  await expect(inspector.row('n')).not.toContainText('was');
});
