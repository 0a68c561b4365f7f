// Finding one's way in a large state: pinned values, the path of a row, what stays open, and what a value was before.

import { engines, expect, test } from '../fixtures/test.mjs';

const shop = '_home.shop = { items = { { name = "tea", price = 3 }, { name = "jam", price = 5 } }, open = true }';

/** Opens the rows with these labels, one in the other. */
async function openAll(tree, ...labels) {
  for (const label of labels) await tree.open(label);
}

test('a pinned value is shown as each run leaves it, also after a reload', async ({ page, playground }) => {
  const { inspector } = playground;
  await playground.run(shop);
  await openAll(inspector, 'shop', 'items', '[2]');
  await inspector.chooseForRow(inspector.row('price'), 'Pin');
  const path = '_home.shop.items[2].price';
  await expect(inspector.pin(path)).toContainText('5');

  await playground.run('_home.shop.items[2].price = 6');
  await expect(inspector.pin(path)).toContainText('6');
  await expect(inspector.pin(path)).toContainText('was 5');
  await expect(inspector.pin(path)).toContainText('changed in the last run');
  await playground.run('_home.shop.items[2] = nil');
  await expect(inspector.pin(path)).toContainText('no longer exists');
  await inspector.undo.click();
  await expect(inspector.pin(path)).toContainText('6');

  const later = (await playground.reopen()).inspector;
  await expect(later.pin(path)).toContainText('6');
  await later.pin(path).getByRole('button', { name: path, exact: true }).click();
  await expect(later.row('price')).toBeFocused();
  await later.pin(path).getByRole('button', { name: `Unpin ${path}` }).click();
  await expect(later.pins).toHaveCount(0);
  await expect(later.row('price')).toBeFocused();
});

test('a pinned value is shown at a moment of history as it was then', async ({ page, playground }) => {
  const { inspector, strip } = playground;
  await playground.run('_home.n = 1');
  await playground.run('_home.n = 2');
  await inspector.row('n').focus();
  await page.keyboard.press('p');
  await expect(inspector.pin('_home.n')).toContainText('2');
  await strip.marks.first().click();
  await expect(inspector.pin('_home.n')).toContainText('1');
  await expect(inspector.pin('_home.n')).not.toContainText('was');
  await strip.now.click();
  await expect(inspector.pin('_home.n')).toContainText('was 1');
  // The same key unpins.
  await inspector.row('n').focus();
  await page.keyboard.press('p');
  await expect(inspector.pins).toHaveCount(0);
});

test('each workspace has pinned values of its own', async ({ playground }) => {
  const { inspector, workspaces } = playground;
  await playground.run('_home.n = 1');
  await inspector.chooseForRow(inspector.row('n'), 'Pin');
  await expect(inspector.pin('_home.n')).toBeVisible();
  await workspaces.create('Other');
  await playground.run('_home.n = 2');
  await expect(inspector.row('n')).toContainText('2');
  await expect(inspector.pins).toHaveCount(0);
});

test('what is stored of pins and open rows may be anything', async ({ page, playground }) => {
  await playground.run('_home.n = { 1 }');
  await page.evaluate(() => {
    localStorage['cu.pins'] = '[{"steps":[],"labels":[]},{"steps":[{"Result":1}],"labels":["x"]}]';
    localStorage['cu.rows'] = '[["Note"],[{"Range":{"start":9,"end":1}}],[{"Step":{"Key":{"String":[110]}}}]]';
  });
  const later = await playground.reopen();
  await expect(later.inspector.row('[1]')).toBeVisible();
  await expect(later.inspector.pins).toHaveCount(0);
  await later.page.evaluate(() => {
    localStorage['cu.pins'] = '{"no": "list"}';
    localStorage['cu.rows'] = 'nonsense';
  });
  const last = await later.reopen();
  await expect(last.inspector.row('n')).toHaveAttribute('aria-expanded', 'false');
  await expect(last.inspector.pins).toHaveCount(0);
});

test('the path of the chosen row leads to each of its steps', engines('keys and focus'), async ({ page, playground }) => {
  const { inspector } = playground;
  await playground.run(shop);
  await expect(inspector.crumbs).toHaveCount(0);
  await openAll(inspector, 'shop', 'items', '[1]');
  await inspector.row('name').focus();
  const step = (name) => inspector.crumbs.getByRole('button', { name, exact: true });
  await expect(inspector.crumbs.getByRole('listitem')).toHaveText(['_home', 'shop', 'items', '[1]', 'name']);
  await expect(step('name')).toHaveAttribute('aria-current', 'true');
  await step('items').click();
  await expect(inspector.row('items')).toBeFocused();
  await expect(inspector.crumbs.getByRole('listitem')).toHaveText(['_home', 'shop', 'items']);
  await step('_home').press('Enter');
  await expect(inspector.row('shop')).toBeFocused();
  await inspector.crumbs.getByRole('button', { name: 'Pin this value' }).click();
  await expect(inspector.crumbs.getByRole('button', { name: 'Pin this value' })).toHaveAttribute('aria-pressed', 'true');
  await expect(inspector.pin('_home.shop')).toBeVisible();
});

test('the path of the chosen row is copied', async ({ page, playground }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const { inspector } = playground;
  await playground.run(shop);
  await openAll(inspector, 'shop');
  await inspector.row('items').focus();
  await inspector.crumbs.getByRole('button', { name: 'Copy the path' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('_home.shop.items');
});

test('rows stay open over a reload, and are collapsed by a command', async ({ page, playground }) => {
  await playground.run(shop);
  await openAll(playground.inspector, 'shop', 'items', '[2]');
  await expect(playground.inspector.row('price')).toBeVisible();
  const later = await playground.reopen();
  await expect(later.inspector.row('price')).toContainText('5');
  await later.inspector.choose('Collapse all rows');
  await expect(later.inspector.rows).toHaveCount(1);
  const last = await later.reopen();
  await expect(last.inspector.row('shop')).toBeVisible();
  await expect(last.inspector.rows).toHaveCount(1);
});

test('groups are named by their first and last keys', async ({ playground }) => {
  const { inspector } = playground;
  await playground.run(`_home.list, _home.names = {}, {}
for i = 1, 250 do _home.list[i] = i; _home.names[("key%03d"):format(i)] = i end`);
  await inspector.open('list');
  await expect(inspector.rows.filter({ hasText: '[101] … [200]' })).toBeVisible();
  await inspector.row('list').press('ArrowLeft');
  await inspector.open('names');
  await expect(inspector.rows.filter({ hasText: 'key101 … key200' })).toBeVisible();
  await expect(inspector.rows.filter({ hasText: 'key201 … key250' })).toBeVisible();
  await playground.run('_home.names.a_first = 0');
  await expect(inspector.rows.filter({ hasText: 'a_first … key099' })).toBeVisible();
});

test('the menu of a changed row leads to what it was before the last run', async ({ page, playground }) => {
  const { inspector, snapshots } = playground;
  await playground.run('_home.user = { name = "Ada", born = 1815 }');
  await playground.run('_home.user.name = "Grace"');
  await inspector.open('user');
  await inspector.chooseForRow(inspector.row('name'), 'Compare with before the last run');
  await expect(inspector.shownRows.filter({ hasText: /"Ada".*"Grace"/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await inspector.chooseForRow(inspector.row('name'), 'Restore as before the last run');
  await snapshots.confirm('Restore');
  await expect(inspector.row('name')).toContainText('"Ada"');
});

test('a value of a snapshot is compared with what it is now', async ({ playground }) => {
  const { inspector, snapshots } = playground;
  await playground.run('_home.user, _home.other = { name = "Ada" }, 1');
  await snapshots.save('early');
  await playground.run('_home.user.name = "Grace"');
  await snapshots.inspect('early');
  const early = inspector.view('“early”');
  await early.open('user');
  await inspector.chooseForRow(early.row('name'), 'Compare with _home');
  await expect(inspector.view('“early” → _home now').row('name')).toBeFocused();
});

test.describe('on a small screen', () => {
  test.use({ viewport: { width: 390, height: 700 }, hasTouch: true });

  test('a value is pinned and unpinned by touch, and nothing is wider than the screen', async ({ page, playground }) => {
    const { inspector } = playground;
    await playground.run('_home.a_name_that_is_rather_long = { another_name_that_is_long = { ("text "):rep(20) } }');
    await page.getByRole('tab', { name: '_home' }).tap();
    const row = inspector.row('a_name_that_is_rather_long');
    await row.tap();
    await inspector.row('another_name_that_is_long').tap();
    await inspector.row('[1]').getByTitle('More').tap();
    await page.getByRole('menuitem', { name: 'Pin', exact: true }).tap();
    const path = '_home.a_name_that_is_rather_long.another_name_that_is_long[1]';
    await expect(inspector.pin(path)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await inspector.pin(path).getByRole('button', { name: `Unpin ${path}` }).tap();
    await expect(inspector.pins).toHaveCount(0);
  });
});
