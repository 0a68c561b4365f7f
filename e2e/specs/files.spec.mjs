import { clearSiteData } from '../fixtures/database.mjs';
import { engines, expect, test } from '../fixtures/test.mjs';

const counter = `local count = 0
function _home.next() count = count + 1; return count end
_home.total = 0`;

test('three runs, compared, undone, redone, exported, wiped out and imported: the program counts on', engines('downloads and uploads'), async ({
  page,
  playground,
}) => {
  const { inspector, snapshots } = playground;
  await playground.run(counter);
  await playground.run('_home.total = _home.total + _home.next() -- the second run');
  await playground.run('_home.total = _home.total + _home.next() -- the third run');
  await expect(inspector.row('total')).toContainText('3');

  await snapshots.compare('local count', 'the third run');
  await inspector.expectNote('2 changed');
  const tree = inspector.view(/→/);
  await expect(tree.row('total')).toHaveAccessibleName(/^changed total 0 is now 3/);
  await tree.open('next');
  await expect(tree.row('upvalue count')).toHaveAccessibleName(/^changed upvalue count 0 is now 2/);
  await inspector.close.click();

  await inspector.undo.click();
  await expect(inspector.row('total')).toContainText('1');
  await inspector.undo.click();
  await expect(inspector.row('total')).toContainText('0');
  await inspector.redo.click();
  await expect(inspector.row('total')).toContainText('1');

  const file = await snapshots.download(() => inspector.choose('Export _home to a file'));
  expect(file.name).toMatch(/^_home .*\.cusnap$/);
  await clearSiteData(page);
  await playground.open();
  await expect(inspector.rows).toHaveCount(0);

  await snapshots.import(file);
  await inspector.expectNote('Imported, not restored');
  await expect(inspector.view(/_home/).row('total')).toContainText('1');
  await inspector.restore.click();
  await snapshots.confirm('Restore');
  await expect(inspector.row('total')).toContainText('1');
  await playground.run('print("next", _home.next())');
  await playground.console.expectText('next\t2');
});

test('an imported file is inspected first, and none of its code runs until it is restored', async ({ playground }) => {
  const { inspector, snapshots } = playground;
  await playground.run('_home.value = setmetatable({}, { __index = function() print("ran") end })');
  const file = await snapshots.download(() => inspector.choose('Export _home to a file'));
  await playground.run('_home = { mine = true }');

  await snapshots.import({ ...file, name: 'stranger.cusnap' });
  const tree = inspector.view('“stranger”');
  await tree.open('value');
  await expect(tree.row('metatable')).toBeVisible();
  await expect(snapshots.item('stranger')).toContainText('imported');
  await playground.run('print("mine", _home.mine, _home.value)');
  await playground.console.expectText('mine\ttrue\tnil');
  await playground.console.expectNoLine('ran');

  const later = await playground.reopen();
  await expect(later.snapshots.item('stranger')).toContainText('imported');
  await expect(later.inspector.row('mine')).toBeVisible();
});

test('a file dropped on the page is imported', async ({ page, playground }) => {
  await playground.run('_home.value = "dropped"');
  const file = await playground.snapshots.download(() => playground.inspector.choose('Export _home to a file'));
  await playground.files.dropOn(playground.editor.region, ['gift.cusnap', file.buffer]);
  await expect(playground.inspector.view('“gift”').row('value')).toContainText('"dropped"');
  await expect(page.getByText('Drop files')).toHaveCount(0);
  // JSON is a file of the workspace elsewhere.
  await playground.files.dropOn(playground.panes.pane('Inspector'), ['data.json', '{"list": [1]}']);
  await expect(playground.inspector.view('“data”').row('list')).toBeVisible();
});

test('a damaged or foreign file is refused with the reason', async ({ playground }) => {
  const { inspector, snapshots } = playground;
  await playground.run('_home.value = 1');
  const file = await snapshots.download(() => inspector.choose('Export _home to a file'));
  const flipped = Buffer.from(file.buffer);
  flipped[flipped.length >> 1] ^= 0x10;
  for (const [name, buffer] of /** @type {[string, Buffer][]} */ ([
    ['flipped.cusnap', flipped],
    ['short.cusnap', file.buffer.subarray(0, -1)],
    ['empty.cusnap', Buffer.alloc(0)],
    ['picture.png', Buffer.from('\x89PNG\r\n')],
    ['broken.json', Buffer.from('{"a": ')],
    ['latin.json', Buffer.from([0x22, 0xff, 0x22])],
  ])) {
    await snapshots.import({ name, mimeType: '', buffer });
    await expect(snapshots.problem, name).toContainText(/not|no /i);
    await expect(snapshots.item(name.split('.')[0]), name).toHaveCount(0);
  }
  await snapshots.import({ ...file, name: 'whole.cusnap' });
  await expect(snapshots.item('whole')).toBeVisible();
  await expect(snapshots.problem).toHaveCount(0);
});

test('plain data is exported as JSON and imported again', async ({ playground }) => {
  const { inspector, snapshots } = playground;
  await playground.run('_home.users = { { name = "Ada", born = 1815 } } _home.ok = true function _home.f() end');
  const file = await snapshots.download(() => inspector.choose('Export the data of _home as JSON'));
  expect(file.name).toMatch(/^_home .*\.json$/);
  expect(JSON.parse(file.buffer.toString())).toMatchObject({ users: [{ name: 'Ada', born: 1815 }], ok: true });
  const omitted = playground.page.getByRole('dialog', { name: 'Not in the JSON' });
  await expect(omitted).toContainText('_home.f: function');
  await omitted.getByRole('button', { name: 'Close' }).click();

  const data = { name: 'data.json', mimeType: 'application/json', buffer: Buffer.from('{"list": [1, 2.5, "x"]}') };
  await snapshots.import(data);
  const tree = inspector.view('“data”');
  await tree.open('list');
  await expect(tree.row('[2]')).toContainText('2.5');
  await inspector.restore.click();
  await snapshots.confirm('Restore');
  await playground.run('print(#_home.list, math.type(_home.list[1]), math.type(_home.list[2]))');
  await playground.console.expectText('3\tinteger\tfloat');
});

test('an export that takes too long is cancelled, and the next run starts', async ({ page, playground }) => {
  const { inspector, snapshots } = playground;
  // As JSON, this is 360 MB.
  await playground.run('local text = ("\\1"):rep(1000) for i = 1, 110000 do _home[i] = i < 60000 and text end');
  await inspector.choose('Export the data of _home as JSON');
  await page.getByRole('contentinfo').getByRole('button', { name: 'Cancel' }).click();
  await playground.run('print("next")');
  await playground.console.expectText('next');
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await expect(snapshots.problem).toHaveCount(0);
});
