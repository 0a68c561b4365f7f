import { expect, test } from '../fixtures/test.mjs';

const PROGRAM = `local count = 0
function _home.next()
  count = count + 1
  return count
end
_home.alias = _home.next`;

test.beforeEach(async ({ page, playground }) => {
  await playground.run(PROGRAM);
  await playground.run('print("first", _home.next())');
  await playground.inspector.row('next').press('Enter');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Source' })).toBeFocused();
});

test('a function of _home gets another text, and keeps its upvalues and its identity', async ({ page, playground }) => {
  const { console, inspector } = playground;
  const dialog = page.getByRole('dialog');
  const source = page.getByRole('textbox', { name: 'Source' });
  await source.fill('function _home.next(step)\n  count = count + (step or 100)\n  return count, limit\nend\n');
  await expect(dialog.getByRole('status')).toHaveText('Keeps count.');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await inspector.expectRow('function next(step)');
  await console.expectText('_home.next has its new text.');
  await playground.run('print(_home.alias == _home.next, _home.alias())');
  await console.expectLine('true\t101\tnil');
  await inspector.undo.click();
  await inspector.undo.click();
  await inspector.expectRow('function next()');
});

test('what is wrong is said with its line, and nothing changes', async ({ page, playground }) => {
  const dialog = page.getByRole('dialog');
  await page.getByRole('textbox', { name: 'Source' }).fill('function _home.next()\n  return return\nend\n');
  await expect(dialog.getByRole('alert')).toContainText("main.lua:3: unexpected symbol near 'return'");
  await expect(dialog.getByRole('button', { name: 'Accept' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await playground.run('print(_home.next())');
  await playground.console.expectLine('2');
});

test('the file changes with the function that was made from it, unless that is not wanted', async ({ page, playground }) => {
  const { editor, inspector } = playground;
  await page.keyboard.press('Escape');
  await playground.run(PROGRAM);
  await inspector.row('next').press('Enter');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('textbox', { name: 'Source' }).fill('function _home.next()\n  return "edited"\nend\n');
  await expect(page.getByRole('checkbox', { name: 'Also in main.lua' })).toBeChecked();
  await page.getByRole('button', { name: 'Accept' }).click();
  await editor.expectText('return "edited"');
  await editor.expectText('_home.alias = _home.next');
});
