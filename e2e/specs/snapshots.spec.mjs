import { expect, test } from '../fixtures/test.mjs';

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
