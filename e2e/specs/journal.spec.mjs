import { engines, expect, test } from '../fixtures/test.mjs';
import { InOut } from '../pages/in_out.mjs';

test.describe(() => {
  test.use({ editor: 'monaco' });

  test('runs are listed with how they ended and what they changed', async ({ playground }) => {
    const { console, runs } = playground;
    await runs.show();
    await expect(runs.region).toContainText('Each run is kept here');
    await playground.run('_home.first, _home.second = 1, 2');
    await expect(runs.rows).toHaveCount(1);
    await console.submit('_home.first = 10');
    await expect(runs.rows).toHaveCount(2);
    await expect(runs.rows.first()).toHaveAccessibleName(/^ended well: Prompt _home\.first = 10 1 changed, /);
    await expect(runs.rows.last()).toHaveAccessibleName(/^ended well: main\.lua _home\.first, .* 2 added, /);

    await playground.run('local users\nprint(users[1])', 'Failed');
    await expect(runs.rows).toHaveCount(3);
    await expect(runs.row(/failed/)).toHaveAccessibleName(/no change/);
    const failed = await runs.open(/failed/);
    await expect(failed).toContainText('attempt to index a nil value');
    await failed.getByRole('button', { name: 'main.lua:2' }).first().click();
    await playground.editor.expectCursorOnLine(2);
  });
});

test('a run opens to its result, output and input', async ({ page, playground }) => {
  const { runs } = playground;
  const inOut = new InOut(page);
  await inOut.show();
  await inOut.give('{ "name": "Ada" }');
  await playground.run('print("hello", _io.input.name) io.stderr:write("oops") return 1 + 1');
  await runs.show();
  const run = await runs.open('main.lua');
  await expect(run.getByRole('group', { name: 'Output' })).toHaveText('hello\tAda\noops');
  await expect(run.getByRole('group', { name: 'Input' })).toHaveText('{ "name": "Ada" }');
  await expect(run.getByRole('group', { name: 'Result' })).toHaveText('2');
});

test('the states before and after a run are inspected and compared', async ({ playground }) => {
  const { inspector, runs } = playground;
  await playground.run('_home.kept, _home.gone = 1, 2');
  await playground.run('_home.gone = nil _home.made = 3');
  await playground.run('_home = {}');
  await runs.show();
  await runs.choose('_home.made', 'Inspect the state after');
  await expect(inspector.region.getByRole('treeitem')).toHaveText([/kept/, /made/]);
  await inspector.close.click();
  await expect(runs.item('_home.made').getByRole('button', { name: /^More for/ })).toBeFocused();
  await runs.choose('_home.made', 'Compare before and after');
  await inspector.expectNote('1 added, 1 removed');
});

test.describe(() => {
  test.use({ editor: 'monaco' });

  test('what ran is shown beside the file, put back and run again', engines('Monaco'), async ({ page, playground }) => {
    const { console, editor, runs } = playground;
    await playground.run('print("old")\nprint("both")');
    await editor.write('print("new")\nprint("both")');
    await runs.show();
    await runs.choose('main.lua', 'Show the program');
    await expect(runs.text.locator('.source-line')).toHaveText(['- print("old")', '+ print("new")', '  print("both")']);
    await runs.dialog.getByRole('button', { name: 'Put back this text' }).click();
    await editor.expectText('print("old")');
    await editor.focus();
    await page.keyboard.press('ControlOrMeta+z');
    await editor.expectText('print("new")');

    await console.clear.click();
    await runs.choose('main.lua', 'Run it again');
    await console.expectLine('old');
    await editor.expectText('print("new")');
    await expect(runs.rows).toHaveCount(2);
  });
});

test('runs are still listed after a reload, until they are forgotten', async ({ playground }) => {
  await playground.run('_home.first = 1');
  await playground.run('_home.second = 2');
  const later = await playground.reopen();
  const { runs } = later;
  // By its key, the list has the focus, though it comes later than the pane.
  await later.page.keyboard.press('Alt+Shift+8');
  await expect(runs.rows.first()).toBeFocused();
  await runs.show();
  await expect(runs.rows).toHaveCount(2);
  await runs.choose('_home.first', 'Forget this run');
  await runs.confirm('Forget');
  await expect(runs.rows).toHaveCount(1);
  await later.run('_home.third = 3');
  await expect(runs.rows).toHaveCount(2);
  await runs.forgetAll();
  await expect(runs.dialog).toContainText('Forget all: 2 runs?');
  await runs.confirm('Forget all');
  await expect(runs.rows).toHaveCount(0);
  const last = await later.reopen();
  await last.runs.show();
  await expect(last.runs.region).toContainText('Each run is kept here');
});

test('a run is undone without its files', async ({ playground }) => {
  const { files, inspector } = playground;
  await playground.run('_home.x = 1 local f = io.open("out.txt", "w") f:write("kept") f:close()');
  await inspector.choose('Undo the last run, keep files');
  await expect(inspector.rows).toHaveCount(0);
  await files.show();
  await expect(files.row('out.txt')).toBeVisible();
});

test.describe('where the engine crashes', () => {
  test.use({ expectedErrors: /^RuntimeError: unreachable executed/ });

  test('the run is kept with the reason', async ({ playground }) => {
    const { runs, toolbar } = playground;
    await playground.run('_home.kept = 1');
    await playground.start('print("before")\n__crash(true)');
    await toolbar.expectStatus('Failed');
    await runs.show();
    await expect(runs.rows.first()).toHaveAccessibleName(/^lost: main\.lua print\("before"\)/);
    const lost = await runs.open(/lost/);
    await expect(lost).toContainText('a test asked for this panic');
    await expect(lost).toContainText('What it wrote is not known.');
  });
});
