import { expect, test } from '../fixtures/test.mjs';

test('a run is undone and redone, closures too', async ({ playground }) => {
  const { inspector } = playground;
  await expect(inspector.undo).toBeDisabled();
  await playground.run('local n = 0 function _home.next() n = n + 1 _home.count = n return n end _home.next()');
  await playground.run('_home.next() _home.more = true');
  await expect(inspector.row('count')).toContainText('2');
  await expect(inspector.redo).toBeDisabled();

  await inspector.undo.click();
  await expect(inspector.row('count')).toContainText('1');
  await expect(inspector.row('more')).toHaveCount(0);
  await inspector.undo.click();
  await expect(inspector.rows).toHaveCount(0);
  await expect(inspector.undo).toBeDisabled();

  await inspector.redo.click();
  await expect(inspector.row('count')).toContainText('1');
  await inspector.redo.click();
  await expect(inspector.row('count')).toContainText('2');
  await expect(inspector.redo).toBeDisabled();
  await playground.run('print("next", _home.next())');
  await playground.console.expectText('next\t3');
});

test('an undone run stays undone after reopening, and can be redone', async ({ playground }) => {
  await playground.run('_home.value = "first"');
  await playground.run('_home.value = "second"');
  await expect(playground.inspector.row('value')).toContainText('"second"');
  await playground.inspector.undo.click();
  await expect(playground.inspector.row('value')).toContainText('"first"');

  const later = await playground.reopen();
  await expect(later.inspector.row('value')).toContainText('"first"');
  await later.inspector.redo.click();
  await expect(later.inspector.row('value')).toContainText('"second"');
});

test('a run after an undo leaves nothing to redo', async ({ playground }) => {
  await playground.run('_home.value = 1');
  await playground.run('_home.value = 2');
  await playground.inspector.undo.click();
  await expect(playground.inspector.redo).toBeEnabled();
  await playground.run('_home.value = 3');
  await expect(playground.inspector.redo).toBeDisabled();
  await playground.inspector.undo.click();
  await expect(playground.inspector.row('value')).toContainText('1');
});

test('a restored snapshot can be undone', async ({ playground }) => {
  await playground.run('_home.value = "first"');
  await playground.snapshots.save('early');
  await playground.run('_home.value = "second"');
  await playground.snapshots.restore('early');
  await playground.snapshots.confirm('Restore');
  await expect(playground.inspector.row('value')).toContainText('"first"');
  await playground.inspector.undo.click();
  await expect(playground.inspector.row('value')).toContainText('"second"');
});

test.describe(() => {
  test.use({ editor: 'monaco' });

  test('the keys for undo and redo work inside and outside the editor', async ({ page, playground }) => {
    await playground.run('_home.value = 1');
    await playground.run('_home.value = 2');
    await playground.inspector.row('value').focus();
    await page.keyboard.press('Alt+z');
    await expect(playground.inspector.row('value')).toContainText('1');
    await playground.editor.focus();
    await page.keyboard.press('Alt+Shift+Z');
    await expect(playground.inspector.row('value')).toContainText('2');
  });
});

test('the timeline shows each run with its time and size', async ({ playground }) => {
  await playground.run('-- the first\n_home.value = 1');
  await playground.run('_home.list = { 1, 2, 3 }');
  await playground.snapshots.showRecentRuns();
  const { runs, currentRun } = playground.snapshots;
  await expect(runs).toHaveCount(2);
  await expect(runs.first()).toContainText('_home.list = { 1, 2, 3 }');
  await expect(runs.first()).toContainText(/\d\d:\d\d · \d+ B · \d+ values/);
  await expect(runs.last()).toContainText('-- the first');
  await expect(currentRun).toContainText('_home.list');
  await playground.inspector.undo.click();
  await expect(currentRun).toContainText('-- the first');
});

test('the number of runs kept follows the settings', async ({ playground }) => {
  await playground.settings.set('runs', '3');
  await playground.settings.set('runsInAll', '3');
  for (let run = 1; run <= 5; run += 1) await playground.run(`_home.value = ${run}`);
  await playground.snapshots.showRecentRuns();
  await expect(playground.snapshots.runs).toHaveCount(3);
  await expect(playground.snapshots.runs.last()).toContainText('_home.value = 3');

  const later = await playground.reopen();
  await later.run('_home.value = 6');
  await later.snapshots.showRecentRuns();
  await expect(later.snapshots.runs).toHaveCount(3);
});

test('Memory is another name for _home, unless it is turned off', async ({ playground }) => {
  await playground.run('Memory.value = "old habit" print("same", Memory == _home)');
  await playground.console.expectText('same\ttrue');
  await expect(playground.inspector.row('value')).toContainText('"old habit"');

  await playground.settings.button.click();
  await playground.settings.memoryAlias.uncheck();
  await playground.settings.save.click();
  await playground.run('print("now", Memory)');
  await playground.console.expectText('now\tnil');

  const later = await playground.reopen();
  await later.run('print("later", Memory, _home.value)');
  await later.console.expectText('later\tnil\told habit');
});
