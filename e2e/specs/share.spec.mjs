import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { beginPlain, engines, expect, test } from '../fixtures/test.mjs';
import { Playground } from '../pages/playground.mjs';

// A link of form 1, as it was made first. It must open for ever.
const FIRST =
  '#cu=1.C_BmZhFhYOBgAAJFhpocE55wIAuE-YC4PL8ou7ggMTlVL6s4P69aKS2_KDexRMnKUEcpLzE3VclKyT0_JyU1T8EmyS4nMy_bRj_JTklHKTcxM0_JKq80J0dHqTgjvxzIAYvp5ZQmAqWLU0tKMvPSiyFKagNQnPDn0s95MkCWDNQJaZk5qcX6MN0FRZl5JRpKmXkFpSVKOgrxmfl6YLZeniYXqjnW229P4QKyYBiiDOwNBSWggxTMFYA2MzKJMOD2PipADQx0vejuRoBmDF-g60V3KwKcRnF5gDcrG0iUGQg3AOm_QMzDkFyqAHcaAA';

// A picture, as it was saved first. It must open for ever.
const FIRST_PICTURE = fileURLToPath(new URL('../../app/src/bundle/golden/first.png', import.meta.url));

test('a link carries files, input and _home, which are seen before anything runs', engines('streams that pack and unpack'), async ({ playground, browser, server, page }) => {
  const { workspaces, files } = playground;
  await playground.run('local n = 41 function _home.next() n = n + 1 return n end print("ran")');
  await files.show();
  await files.create('lib/hello.lua');
  const link = await workspaces.share('These, and _home as it is now');
  expect(link.length).toBeLessThan(2000);

  // Somebody else, who has something of their own.
  const elsewhere = await browser.newContext();
  await beginPlain(elsewhere, server.url);
  const other = new Playground(await elsewhere.newPage());
  await other.visit(server.url);
  await other.run('_home.mine = "untouched"');
  await other.visit(link);
  await expect(other.workspaces.visit).toContainText('Nothing of it has run.');
  await other.workspaces.expectShown('My workspace 2');
  await other.files.expectTabs(['hello.lua']);
  await expect(other.inspector.row('next')).toContainText('function');
  await expect(other.console.log).not.toContainText('ran');
  await other.workspaces.visit.getByRole('button', { name: 'What it brings' }).click();
  const dialog = other.workspaces.dialog;
  await expect(dialog.getByRole('listitem').filter({ hasText: 'lib/hello.lua' })).toContainText('new');
  await expect(dialog.getByRole('listitem').filter({ hasText: 'main.lua' })).toContainText('differs from yours');
  await expect(dialog).toContainText('It brings a _home with');
  // Its _home beside the person's own, which is in another database and stays as it is.
  await expect(dialog.getByText('Beside the _home of “My workspace”: 1 added, 1 removed')).toBeVisible();
  await expect(other.workspaces.brought.getByRole('treeitem').filter({ hasText: 'next' })).toContainText('function');
  await expect(other.workspaces.brought.getByRole('treeitem').filter({ hasText: 'mine' })).toContainText('"untouched"');
  await dialog.getByRole('button', { name: 'Close' }).click();

  // What runs there stays there.
  await other.run('print("next", _home.next(), _home.mine)');
  await other.console.expectLine('next\t42\tnil');
  await expect(other.workspaces.visit).toContainText('It stays until you throw it away.');
  await other.workspaces.visit.getByRole('button', { name: 'Keep' }).click();
  await expect(other.workspaces.visit).toHaveCount(0);
  await other.workspaces.choose('My workspace');
  await other.workspaces.expectShown('My workspace');
  await expect(other.inspector.row('mine')).toContainText('"untouched"');
  await elsewhere.close();
});

test('what a link brings is thrown away, and nothing is left', async ({ playground, page }) => {
  const { workspaces } = playground;
  await playground.run('_home.mine = 1');
  const link = await workspaces.share();
  // In the same page, as a link that is pasted into its address.
  await page.evaluate((link) => (location.href = link), link);
  await expect(workspaces.visit).toBeVisible();
  await playground.toolbar.expectStatus('Ready');
  await workspaces.visit.getByRole('button', { name: 'Throw away' }).click();
  await workspaces.expectShown('My workspace');
  await expect(playground.inspector.row('mine')).toContainText('1');
  const databases = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).sort());
  await expect.poll(databases).toEqual(['cu', 'cu-documents']);
});

test('a link of the first version opens', engines('streams that pack and unpack'), async ({ playground }) => {
  await playground.visit(`./${FIRST}`);
  await playground.workspaces.expectShown('Golden <b>link</b>');
  await playground.files.expectTabs(['main.lua']);
  await playground.toolbar.run.click();
  await playground.console.expectLine('input\t7');
});

test('a link that means harm, or is damaged, says so and changes nothing', async ({ playground, page }) => {
  await playground.run('_home.mine = 1');
  for (const [fragment, reason] of [
    ['cu=1.', 'it is damaged, or parts of it are missing'],
    ['cu=1.AAAA', 'it is damaged, or parts of it are missing'],
    ['cu=1.%3Cscript%3E', 'it is damaged, or parts of it are missing'],
    [FIRST.slice(1, 200), 'it is damaged, or parts of it are missing'],
    ['cu=2.AAAA', 'a newer version of cu made it'],
    ['cu=x', 'it is damaged, or parts of it are missing'],
    ['example=..%2Findex', 'there is no such example'],
    ['example=unknown', 'there is no such example'],
  ]) {
    await page.goto('about:blank');
    await playground.visit(`./#${fragment}`);
    await expect(page.getByText(`The link cannot be opened: ${reason}`)).toBeVisible();
    await playground.workspaces.expectShown('My workspace');
    await expect(playground.inspector.row('mine')).toContainText('1');
    await expect(page).toHaveURL(/\/$/);
  }
});

test('the form for sharing begins with what the settings say', async ({ playground }) => {
  const { settings, workspaces } = playground;
  await workspaces.openShare();
  await expect(workspaces.dialog.getByRole('radio', { name: 'Files and input' })).toBeChecked();
  await workspaces.dialog.getByRole('button', { name: 'Close' }).click();
  await settings.button.click();
  await settings.shared.selectOption('_home too');
  await settings.save.click();
  const later = await playground.reopen();
  await later.workspaces.openShare();
  const choice = later.workspaces.dialog.getByRole('radio', { name: 'These, and _home as it is now' });
  await expect(choice).toBeChecked();
  await expect(choice).toBeFocused();
});

test('a workspace saved as a picture opens where it is dropped, and by the command', engines('a canvas, and streams that pack'), async ({
  page,
  playground,
}) => {
  const { files, snapshots, workspaces } = playground;
  await playground.run('_home.kept = "in the picture"');
  await workspaces.openShare();
  await workspaces.dialog.getByRole('radio', { name: 'These, and _home as it is now' }).check();
  const picture = await snapshots.download(() => workspaces.dialog.getByRole('button', { name: 'Save as a picture' }).click());
  expect(picture.name).toMatch(/^My workspace .*\.png$/);
  await page.keyboard.press('Escape');

  // It is a picture like any other.
  const size = (bytes) => page.evaluate(async (bytes) => {
    const { width, height } = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
    return [width, height];
  }, [...bytes]);
  expect(await size(picture.buffer)).toEqual([1200, 630]);

  await files.drop(['shop.png', picture.buffer]);
  await workspaces.expectShown('My workspace 2');
  await expect(workspaces.visit).toContainText('Nothing of it has run.');
  await expect(playground.inspector.row('kept')).toContainText('"in the picture"');
  await page.evaluate(() => (window['showOpenFilePicker'] = undefined));
  await workspaces.openFile({ name: 'shop.png', mimeType: 'image/png', buffer: picture.buffer });
  await workspaces.expectShown('My workspace 3');
});

test('a picture of the first version opens', engines('streams that pack and unpack'), async ({ page, playground }) => {
  await page.evaluate(() => (window['showOpenFilePicker'] = undefined));
  await playground.workspaces.openFile(FIRST_PICTURE);
  await playground.workspaces.expectShown('Golden <b>picture</b>');
  await expect(playground.inspector.row('golden')).toContainText('7');
  await playground.toolbar.run.click();
  await playground.console.expectLine('input\t7');
});

test('a picture that brings no workspace says so, and changes nothing', async ({ page, playground }) => {
  const { files, workspaces } = playground;
  const picture = readFileSync(FIRST_PICTURE);
  const start = picture.indexOf('cuSp') - 4;
  const end = picture.length - 12;
  const changed = Buffer.from(picture);
  changed[start + 20] ^= 1;
  for (const [bytes, reason] of [
    [Buffer.concat([picture.subarray(0, start), picture.subarray(end)]), 'it is a picture without a workspace in it'],
    [picture.subarray(0, start + 100), 'the picture is damaged, or parts of it are missing'],
    [changed, 'the picture is damaged, or parts of it are missing'],
    [
      Buffer.concat([picture.subarray(0, end), picture.subarray(start, end), picture.subarray(end)]),
      'the picture has two workspaces in it',
    ],
  ]) {
    await files.drop(['some.png', bytes]);
    await expect(files.problem).toHaveText(`“some.png” was not added: ${reason}.`);
  }
  await page.evaluate(() => (window['showOpenFilePicker'] = undefined));
  await workspaces.openFile({ name: 'some.png', mimeType: 'image/png', buffer: changed });
  await expect(page.getByText('“some.png” was not opened: the picture is damaged')).toBeVisible();
  await workspaces.expectShown('My workspace');
  await files.expectRows(['main.lua']);
});

test('a long link is offered as a file or a picture of the same', async ({ playground }) => {
  const { settings, snapshots, workspaces } = playground;
  await playground.run('_home.long = {} for i = 1, 600 do _home.long[i] = ("%x"):format(i * 7919 * 104729) end');
  await settings.button.click();
  await settings.dialog.getByRole('textbox', { name: 'Longest link' }).fill('1000');
  await settings.save.click();
  await workspaces.openShare();
  const dialog = workspaces.dialog;
  await expect(dialog.getByText('send a file or a picture instead')).toHaveCount(0);
  await dialog.getByRole('radio', { name: 'These, and _home as it is now' }).check();
  await expect(dialog.getByText('send a file or a picture instead')).toBeVisible();
  await dialog.getByRole('radio', { name: 'Files and input' }).check();
  const save = dialog.getByRole('button', { name: 'Save as a file' });
  const small = await snapshots.download(() => save.click());
  await dialog.getByRole('radio', { name: 'These, and _home with all snapshots' }).check();
  const large = await snapshots.download(() => save.click());
  expect(large.buffer.length).toBeGreaterThan(small.buffer.length + 1000);
  expect(small.buffer.includes('home.cusnap') || small.buffer.includes('history.cuhistory')).toBe(false);
});

test('a link that unpacks to more than the page takes is refused', async ({ playground, page }) => {
  // 40 MB of zeros, as “deflate” packs them.
  const bomb = await page.evaluate(async () => {
    const stream = new Blob([new Uint8Array(40 << 20)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_');
  });
  await page.goto('about:blank');
  await playground.visit(`./#cu=1.${bomb.replaceAll('=', '')}`);
  await expect(page.getByText('The link cannot be opened: it is damaged')).toBeVisible();
});

test('an example opens as a workspace of its own and runs', async ({ playground }) => {
  await playground.run('_home.mine = 1');
  await playground.visit('./#example=hello');
  await expect(playground.workspaces.visit).toBeVisible();
  await playground.toolbar.run.click();
  await playground.toolbar.expectSaved();
});
