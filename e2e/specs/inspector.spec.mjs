import { engines, expect, test } from '../fixtures/test.mjs';

test('an empty _home explains its purpose', async ({ page, playground }) => {
  await expect(playground.inspector.rows).toHaveCount(0);
  await expect(page.getByText('is a table that stays')).toBeVisible();
  await page.getByRole('button', { name: 'Show me an example' }).click();
  await playground.editor.expectText('function _home.next()');
});

test('keys, types and values are shown', async ({ playground }) => {
  await playground.run(`_home.name, _home.count, _home.ratio = 'Ada', 3, 3.0
_home.flag, _home['two words'], _home[1] = true, 'x', 'first'`);
  for (const [key, value] of [
    ['name', '"Ada"'],
    ['count', '3'],
    ['ratio', '3.0'],
    ['flag', 'true'],
    ['["two words"]', '"x"'],
    ['[1]', '"first"'],
  ]) {
    await expect(playground.inspector.row(key)).toContainText(value);
  }
});

test('the tree follows each run and keeps what is open', async ({ playground }) => {
  await playground.run('_home.list = { a = 1 }');
  await playground.inspector.open('list');
  await expect(playground.inspector.row('a')).toContainText('1');
  await expect(playground.inspector.row('a')).toHaveAttribute('aria-level', '2');
  await playground.run('_home.list.a = 2 _home.list.b = 3');
  await expect(playground.inspector.row('a')).toContainText('2');
  await expect(playground.inspector.row('b')).toContainText('3');
  await playground.run('_home.list = nil');
  await expect(playground.inspector.row('list')).toHaveCount(0);
});

test('a function shows its parameters, its place, its upvalues and its source', async ({ playground }) => {
  await playground.run(`local step = 5

function _home.add(number, ...)
  return number + step -- by a step
end`);
  const row = playground.inspector.row('add');
  await expect(row).toContainText('(number, ...)');
  await expect(row).toContainText(/main\.lua:3|:3/);

  await playground.inspector.open('add');
  await expect(playground.inspector.row('upvalue step')).toContainText('5');

  await row.hover();
  await row.getByRole('button', { name: /source/i }).click();
  await expect(playground.inspector.source).toContainText('return number + step -- by a step');
  await playground.page.keyboard.press('Escape');
  await expect(playground.inspector.source).toBeHidden();
});

test('the source of a function says whether its file still has that text, and shows the earlier one', async ({ playground, page }) => {
  const { editor, inspector } = playground;
  const show = async () => {
    const row = inspector.row('add');
    await row.hover();
    await row.getByRole('button', { name: /source/i }).click();
  };
  const program = '-- adds\nfunction _home.add(a, b)\n  return a + b\nend';
  await playground.run(program);
  await show();
  await expect(inspector.source).toContainText('main.lua:2, as the file is now');
  await expect(inspector.source.getByRole('button', { name: 'Show that text' })).toHaveCount(0);
  await page.keyboard.press('Escape');

  await editor.write(program.replace('adds', 'adds two numbers'));
  await show();
  await expect(inspector.source).toContainText('main.lua:2, where the file has the same lines now');
  await page.keyboard.press('Escape');

  await editor.write(program.replace('a + b', 'a - b'));
  await show();
  await expect(inspector.source).toContainText('main.lua:2, from an earlier text of the file');
  await inspector.source.getByRole('button', { name: 'Show that text' }).click();
  await expect(inspector.source).toContainText('main.lua, as this function was made from it');
  await expect(inspector.source.getByRole('group', { name: 'Text' })).toContainText('return a + b');
  await inspector.source.getByRole('button', { name: 'Put back this text' }).click();
  await editor.expectText('return a + b');
  await show();
  await expect(inspector.source).toContainText('main.lua:2, as the file is now');
});

test('metatables are shown', async ({ playground }) => {
  await playground.run('_home.point = setmetatable({ x = 1 }, { __name = "Point" })');
  await playground.inspector.open('point');
  await playground.inspector.open('metatable');
  await expect(playground.inspector.row('__name')).toContainText('"Point"');
});

test('shared and cyclic references are marked', async ({ playground }) => {
  await playground.run(`local both = { 1 }
_home.left, _home.right, _home.alone = both, both, {}
_home.loop = { up = _home }`);
  await expect(playground.inspector.row('left')).toHaveAccessibleName(/shared/i);
  await expect(playground.inspector.row('right')).toHaveAccessibleName(/shared/i);
  await expect(playground.inspector.row('alone')).not.toHaveAccessibleName(/shared|cycl/i);
  await playground.inspector.open('loop');
  await expect(playground.inspector.row('up')).toHaveAccessibleName(/cycl/i);
});

test('a table of 100,000 entries can be browsed', async ({ playground }) => {
  await playground.start('for i = 1, 100000 do _home[i] = i * 2 end');
  await playground.toolbar.expectStatus('Ready');
  const { rows } = playground.inspector;
  await expect(rows).toHaveCount(10);
  await rows.last().focus();
  await rows.last().press('ArrowRight');
  await expect(rows).toHaveCount(110);
  await rows.last().focus();
  await rows.last().press('ArrowRight');
  await expect(rows).toHaveCount(210);
  await expect(rows.last()).toContainText('200000');
});

test('the arrow keys move through the tree', engines('keys and focus'), async ({ page, playground }) => {
  await playground.run('_home.a = { inner = { deep = 1 } } _home.b = 2');
  const { inspector } = playground;
  const focused = (start) => expect(inspector.row(start)).toBeFocused();

  await inspector.row('a').focus();
  await page.keyboard.press('ArrowRight');
  await expect(inspector.row('inner')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await focused('inner');
  await page.keyboard.press('End');
  await focused('b');
  await page.keyboard.press('ArrowUp');
  await focused('inner');
  await page.keyboard.press('ArrowLeft');
  await focused('a');
  await page.keyboard.press('ArrowLeft');
  await expect(inspector.row('a')).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowDown');
  await focused('b');
  await page.keyboard.press('Home');
  await focused('a');
});

test('the focus stays in the tree when the focused row disappears', engines('keys and focus'), async ({ page, playground }) => {
  await playground.run('_home.a, _home.b, _home.c = 1, 2, 3');
  const { inspector } = playground;
  // Only by keyboard, so that the focus is in the tree while the program runs.
  await playground.editor.write('_home.b = nil');
  await inspector.row('b').focus();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(inspector.row('b')).toHaveCount(0);
  await expect(inspector.row('c')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(inspector.row('a')).toBeFocused();
});
