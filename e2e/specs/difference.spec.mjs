import { expect, test } from '../fixtures/test.mjs';

const first = `_home.same, _home.gone, _home.count = { 1 }, "old", 1
_home.user = { name = "Ada", tags = { "a" } }
function _home.greet(name)
  return "hello " .. name
end`;

const second = `_home.gone, _home.count, _home.fresh = nil, 2, { deep = { 1 } }
_home.user.name = "Grace"
function _home.greet(name)
  return "good day " .. name
end`;

test.beforeEach(async ({ playground }) => {
  await playground.run(first);
  await playground.snapshots.save('early');
  await playground.run(second);
});

test('two states are compared as a tree of differences', async ({ playground }) => {
  const { inspector, snapshots } = playground;
  await snapshots.save('late');
  await snapshots.compare('early', 'late');
  const tree = inspector.view('“early” → “late”');
  await inspector.expectNote('1 added, 1 removed, 3 changed');

  await expect(tree.row('fresh')).toHaveAccessibleName(/^added fresh/);
  await expect(tree.row('gone')).toHaveAccessibleName(/^removed gone "old"/);
  await expect(tree.row('count')).toHaveAccessibleName(/^changed count 1 is now 2/);
  await expect(tree.row('same')).toHaveCount(0);
  await tree.open('user');
  await expect(tree.row('name')).toHaveAccessibleName(/^changed name "Ada" is now "Grace"/);
  await expect(tree.row('tags')).toHaveCount(0);
  await tree.open('fresh');
  await tree.open('deep');
  await expect(tree.row('[1]')).toContainText('1');
});

test('functions are compared by their source, line by line', async ({ page, playground }) => {
  await playground.snapshots.choose('early', 'Compare with _home');
  const tree = playground.inspector.view('“early” → _home now');
  await tree.row('greet').focus();
  await page.keyboard.press('Enter');
  const lines = page.getByRole('dialog').getByRole('group', { name: 'Source difference' });
  await expect(lines).toContainText('-   return "hello " .. name');
  await expect(lines).toContainText('+   return "good day " .. name');
  await expect(lines).toContainText('function _home.greet(name)');
  await page.keyboard.press('Escape');
  await expect(tree.row('greet')).toBeFocused();
});

test('a comparison with _home is updated after each run', async ({ playground }) => {
  const { inspector } = playground;
  await playground.snapshots.choose('early', 'Compare with _home');
  const tree = inspector.view('“early” → _home now');
  await expect(tree.row('count')).toContainText('2');
  await playground.run('_home.count = 7 _home.other = true');
  await expect(tree.row('count')).toContainText('7');
  await expect(tree.row('other')).toHaveAccessibleName(/^added other/);
});

test('equal states are reported as equal', async ({ playground }) => {
  await playground.snapshots.save('late');
  await playground.snapshots.compare('late', '_home now');
  await playground.inspector.expectNote('No difference');
});

test('swapping the two states turns added into removed', async ({ page, playground }) => {
  await playground.snapshots.choose('early', 'Compare with _home');
  await playground.inspector.region.getByRole('button', { name: 'Swap' }).click();
  const tree = playground.inspector.view('_home now → “early”');
  await expect(tree.row('fresh')).toHaveAccessibleName(/^removed fresh/);
  await tree.row('fresh').focus();
  await page.keyboard.press('Escape');
  await expect(playground.inspector.row('fresh')).toBeVisible();
});

test('one value is restored from a comparison, and the rest is unchanged', async ({ page, playground }) => {
  const { inspector } = playground;
  await playground.snapshots.choose('early', 'Compare with _home');
  const tree = inspector.view('“early” → _home now');
  await tree.row('gone').hover();
  await tree.row('gone').getByRole('button', { name: 'restore', includeHidden: true }).click();
  await page.getByRole('dialog', { name: 'Restore gone alone?' }).getByRole('button', { name: 'Restore' }).click();
  await expect(tree.row('gone')).toHaveCount(0);
  await inspector.close.click();
  await expect(inspector.row('gone')).toContainText('"old"');
  await expect(inspector.row('count')).toContainText('2');
  await inspector.undo.click();
  await expect(inspector.row('gone')).toHaveCount(0);
});

test('one value deep in a snapshot is restored by its key', async ({ page, playground }) => {
  const { inspector } = playground;
  await playground.snapshots.inspect('early');
  const tree = inspector.view('“early”');
  await tree.open('user');
  await tree.row('name').focus();
  await page.keyboard.press('r');
  const question = page.getByRole('dialog', { name: 'Restore name alone?' });
  await expect(question).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tree.row('name')).toBeFocused();
  await page.keyboard.press('r');
  await question.getByRole('button', { name: 'Restore' }).click();
  await playground.console.expectText('_home.user.name is now as in “early”');
  await page.keyboard.press('Escape');
  await inspector.open('user');
  await expect(inspector.row('name')).toContainText('"Ada"');
  await expect(inspector.row('fresh')).toBeVisible();
});
