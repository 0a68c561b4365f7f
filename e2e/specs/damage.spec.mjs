import { keys, tamper, writeLaterDatabase } from '../fixtures/database.mjs';
import { engines, expect, test } from '../fixtures/test.mjs';

for (const [what, store, damage, reason] of [
  ['bytes are damaged', 'pieces', 'flipped bytes', 'piece 1 of 1 is damaged'],
  ['format is of a later version', 'snapshots', 'later format', 'a newer version of cu wrote it, in format 99'],
  ['record cannot be read', 'snapshots', 'no record', 'record cannot be read'],
]) {
  test(`a saved _home whose ${what} is kept, and the page says so`, async ({ playground }) => {
    await playground.run('_home.value = "precious"');
    expect(await tamper(playground.page, store, damage)).toBeGreaterThan(0);
    const before = await keys(playground.page, 'snapshots');

    const later = await playground.reopen('Failed');
    await later.console.expectText(/could not be restored, and is kept/);
    await later.console.expectText(reason);

    await later.run('_home.other = 1 print("value", _home.value)');
    await later.console.expectText('value\tnil');
    expect(await keys(later.page, 'snapshots')).toEqual(expect.arrayContaining(before));

    const last = await later.reopen();
    await last.run('print("other", _home.other)');
    await last.console.expectText('other\t1');
    await last.snapshots.showRecentRuns();
    await expect(last.snapshots.region.getByText('Cannot be read, and is kept').first()).toBeVisible();
  });
}

test('a state saved after damage can be read, even if it is the same', async ({ playground }) => {
  await playground.run('_home.value = "precious"');
  await tamper(playground.page, 'pieces', 'flipped bytes');

  const later = await playground.reopen('Failed');
  await later.run('_home.value = "precious"');
  const last = await later.reopen();
  await last.run('print("value", _home.value)');
  await last.console.expectText('value\tprecious');
});

test('a damaged snapshot cannot be restored, but it can be deleted', async ({ playground }) => {
  await playground.run('_home.value = 1');
  await playground.snapshots.save('mine');
  await tamper(playground.page, 'pieces', 'flipped bytes');

  await playground.snapshots.restore('mine');
  await playground.snapshots.confirm('Restore');
  const item = playground.snapshots.item('mine');
  await expect(item).toContainText('Cannot be read, and is kept');
  await expect(item.getByRole('button', { name: /^Restore/ })).toBeDisabled();
  await playground.run('print("value", _home.value)');
  await playground.console.expectText('value\t1');

  await playground.snapshots.delete('mine');
  await playground.snapshots.confirm('Delete');
  await expect(item).toHaveCount(0);
});

test('data from a later version is left unchanged, and programs still run', engines('versions of a database'), async ({ playground }) => {
  await playground.run('_home.value = "precious"');
  const before = await keys(playground.page, 'snapshots');
  await writeLaterDatabase(playground.page);

  await playground.page.goto('./');
  await playground.console.expectText(/written by a newer version of cu/);
  await playground.editor.expectLoaded();
  await playground.start('print("it", "runs")');
  await playground.console.expectText('it\truns');
  expect(await keys(playground.page, 'snapshots')).toEqual(before);
});
