import { engines, expect, test } from '../fixtures/test.mjs';

test('a snapshot is listed with name, time and size, also after reopening', async ({ playground }) => {
  await playground.run('_home.value = "first"');
  await playground.snapshots.save('before the party');

  const later = await playground.reopen();
  const item = later.snapshots.item('before the party');
  await expect(item).toContainText(/\d\d:\d\d/);
  await expect(item).toContainText(/\d\s?(B|kB)/);
});

test('restoring a snapshot brings its _home back', async ({ playground }) => {
  await playground.run('_home.value = "first" local n = 0 function _home.next() n = n + 1 return n end _home.next()');
  await playground.snapshots.save('early');
  await playground.run('_home.value, _home.more = "second", true _home.next()');

  await playground.snapshots.restore('early');
  await playground.snapshots.confirm('Restore');
  await expect(playground.inspector.row('value')).toContainText('"first"');
  await playground.run('print("now", _home.value, _home.more, _home.next())');
  await playground.console.expectText('now\tfirst\tnil\t2');

  const later = await playground.reopen();
  await later.run('print("still", _home.value, _home.next())');
  await later.console.expectText('still\tfirst\t3');
});

test('nothing is restored without a yes', async ({ playground }) => {
  await playground.run('_home.value = "first"');
  await playground.snapshots.save('early');
  await playground.run('_home.value = "second"');

  await playground.snapshots.restore('early');
  await playground.snapshots.cancel();
  await playground.run('print("now", _home.value)');
  await playground.console.expectText('now\tsecond');
});

test('a snapshot is deleted after a yes, and only then', async ({ playground }) => {
  await playground.run('_home.value = "first"');
  await playground.snapshots.save('one');
  await playground.snapshots.save('other');

  await playground.snapshots.delete('one');
  await playground.snapshots.cancel();
  await expect(playground.snapshots.item('one')).toBeVisible();

  await playground.snapshots.delete('one');
  await playground.snapshots.confirm('Delete');
  await expect(playground.snapshots.item('one')).toHaveCount(0);
  await expect(playground.snapshots.item('other')).toBeVisible();

  const later = await playground.reopen();
  await expect(later.snapshots.item('other')).toBeVisible();
  await expect(later.snapshots.item('one')).toHaveCount(0);
});

test('markup in a name is text', async ({ playground }) => {
  const name = '<img src=x onerror=alert(1)>';
  await playground.snapshots.save(name);
  await expect(playground.snapshots.item(name)).toBeVisible();
  await expect(playground.page.locator('img')).toHaveCount(0);
});

test('a snapshot is inspected without being restored', async ({ page, playground }) => {
  const { inspector, snapshots } = playground;
  await playground.run('_home.value = "first" _home.list = { "deep" } function _home.f() return 1 end');
  await snapshots.save('early');
  await playground.run('_home = { value = "second" }');

  await snapshots.inspect('early');
  const tree = inspector.view('“early”');
  await expect(tree.row('value')).toContainText('"first"');
  await inspector.expectNote('Not restored');
  await tree.open('list');
  await expect(tree.row('[1]')).toContainText('"deep"');
  await tree.row('f').focus();
  await page.keyboard.press('Enter');
  await expect(tree.source).toContainText('function _home.f() return 1 end');
  await page.keyboard.press('Escape');

  await playground.run('print("still", _home.value)');
  await playground.console.expectText('still\tsecond');
  await inspector.close.click();
  await expect(inspector.row('value')).toContainText('"second"');
});

test('closing a snapshot gives the focus back to what opened it', async ({ page, playground }) => {
  await playground.run('_home.value = 1');
  await playground.snapshots.save('early');
  const opener = playground.snapshots.item('early').getByRole('button', { name: /^Inspect/ });
  await opener.press('Enter');
  const tree = playground.inspector.view('“early”');
  await expect(tree.row('value')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tree.tree).toHaveCount(0);
  await expect(opener).toBeFocused();
});

test('a snapshot is renamed, and keeps the focus', async ({ playground }) => {
  const { snapshots } = playground;
  await playground.run('_home.value = 1');
  await snapshots.save('early');
  await snapshots.choose('early', 'Rename');
  await snapshots.answer('the beginning');
  await expect(snapshots.item('the beginning')).toBeVisible();
  await expect(snapshots.item('early')).toHaveCount(0);
  await expect(snapshots.item('the beginning').getByRole('button', { name: /^More/ })).toBeFocused();

  const later = await playground.reopen();
  await expect(later.snapshots.item('the beginning')).toBeVisible();
});

test('a copy stays when the original is deleted', async ({ playground }) => {
  const { snapshots } = playground;
  await playground.run('_home.value = "kept"');
  await snapshots.save('original');
  await playground.run('_home.value = "other"');
  await snapshots.choose('original', 'Duplicate');
  await snapshots.answer('copy');
  await snapshots.delete('original');
  await snapshots.confirm('Delete');
  await expect(snapshots.item('original')).toHaveCount(0);

  await snapshots.restore('copy');
  await snapshots.confirm('Restore');
  await expect(playground.inspector.row('value')).toContainText('"kept"');
});

test('a run is kept for good under a name', async ({ playground }) => {
  const { snapshots } = playground;
  await playground.run('_home.value = "mine"');
  await snapshots.showRecentRuns();
  await snapshots.choose('_home.value = "mine"', 'Duplicate');
  await snapshots.answer('for good');
  await expect(snapshots.item('for good')).toBeVisible();
});

test('the menu of a snapshot is walked with the arrow keys', engines('keys and focus'), async ({ page, playground }) => {
  await playground.run('_home.value = 1');
  await playground.snapshots.save('early');
  const more = playground.snapshots.item('early').getByRole('button', { name: /^More/ });
  await more.press('Enter');
  const items = page.getByRole('menu').getByRole('menuitem');
  await expect(items.first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(items.last()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(items.first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(more).toBeFocused();
});

test('what a snapshot lacks is told, and what its functions will miss', async ({ playground }) => {
  await playground.run(`function helper() end
_home.job, _home.value = coroutine.running(), 1
function _home.report() helper() end`);
  await playground.console.expectText('_home.job: main coroutine of a run');
  await playground.console.expectText('_home.report uses the global “helper”, which is not in _home');
  await playground.snapshots.save('mine');
  await expect(playground.snapshots.item('mine')).toContainText('1 left out');
  await playground.snapshots.inspect('mine');
  await playground.inspector.region.getByRole('button', { name: '1 value left out' }).click();
  await expect(playground.page.getByRole('dialog')).toContainText('_home.job: main coroutine of a run');
});
