// Files from the computer, and back: dropped, chosen, and as a zip.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { engines, expect, test } from '../fixtures/test.mjs';

/** A zip of these texts, as Python makes it. */
function zipOf(folder, texts) {
  const path = join(folder, 'made.zip');
  const program = `import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as zip:
  for name, text in json.loads(sys.argv[2]): zip.writestr(name, text * (5_000_000 if name == 'bomb' else 1))`;
  execFileSync('python3', ['-c', program, path, JSON.stringify(texts)]);
  return readFileSync(path);
}

test('dropped files are added, asked about where a name is taken, and taken back in one step', engines('drag and drop'), async ({
  page,
  playground,
}) => {
  const { editor, files } = playground;
  await editor.write('-- mine');
  await files.drop(['notes.md', 'a note'], ['image.png', [0x89, 0x50, 0xff]]);
  await files.expectRows(['main.lua', 'notes.md']);
  await expect(files.problem).toHaveText('“image.png” was not added: it is not text.');
  await editor.expectText('a note');
  await files.drop(['MAIN.lua', '-- theirs'], ['notes.md', 'another note'], ['new.lua', '']);
  const dialog = page.getByRole('dialog');
  const all = dialog.getByLabel('All of them');
  await expect(all).toBeFocused();
  await all.selectOption('Replace');
  await dialog.getByLabel('notes.md').selectOption('Keep both');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await files.expectRows(['main.lua', 'new.lua', 'notes-2.md', 'notes.md']);
  await files.tab('main.lua').click();
  await editor.expectText('-- theirs');
  await expect(files.lastChange).toContainText('Added 3 files');
  await files.lastChange.getByRole('button', { name: 'Undo' }).click();
  await files.expectRows(['main.lua', 'notes.md']);
  await editor.expectText('-- mine');
});

test('a dropped folder keeps its paths, and is run', async ({ playground }, testInfo) => {
  const folder = testInfo.outputPath('game');
  mkdirSync(join(folder, 'lib', 'deep'), { recursive: true });
  mkdirSync(join(folder, '.git'));
  writeFileSync(join(folder, 'main.lua'), 'print((require("game.lib.deep.answer")))');
  writeFileSync(join(folder, 'lib', 'deep', 'answer.lua'), 'return 6 * 7');
  writeFileSync(join(folder, '.git', 'config'), 'x');
  await playground.files.dropFromDisk(folder);
  await playground.files.expectRows(['game', 'lib', 'deep', 'answer.lua', 'main.lua', 'main.lua']);
  await expect(playground.files.shownTab).toHaveText('game/main.lua');
  await playground.toolbar.run.click();
  await playground.console.expectLine('42');
});

test('all files are exported as a zip that other tools read, and come back', engines('streams that pack and unpack'), async ({
  page,
  playground,
}, testInfo) => {
  const { editor, files, snapshots } = playground;
  const text = '-- größe '.repeat(1000);
  await files.create('lib/größe.lua');
  await editor.write(text);
  await files.tab('main.lua').click();
  await playground.run('io.open("bytes", "wb"):write("\\0\\255"):close()');
  await files.expectRows(['lib', 'größe.lua', 'bytes', 'main.lua']);
  const file = await snapshots.download(() => files.choose(files.row('main.lua'), 'Export all files as a zip'));
  expect(file.name).toMatch(/^workspace .*\.zip$/);
  const path = testInfo.outputPath('files.zip');
  writeFileSync(path, file.buffer);
  const unzip = (...args) => execFileSync('unzip', [...args], { maxBuffer: 1 << 20 });
  expect(unzip('-t', path).toString()).toContain('No errors detected');
  expect(execFileSync('python3', ['-m', 'zipfile', '-l', path]).toString()).toContain('lib/größe.lua');
  expect(unzip('-p', path, 'lib/*').toString()).toBe(text);
  expect([...unzip('-p', path, 'bytes')]).toEqual([0, 255]);
  expect(file.buffer.length).toBeLessThan(1500);

  await files.row('lib').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Delete/ }).click();
  await files.expectRows(['bytes', 'main.lua']);
  await files.drop(['files.zip', file.buffer]);
  await files.expectRows(['lib', 'größe.lua', 'bytes', 'main.lua']);
  await files.row('größe.lua').click();
  await editor.expectText(text.slice(0, 40));
});

test('a zip that means harm or is none is refused with the reason, and nothing is lost', async ({ playground }, testInfo) => {
  const { editor, files } = playground;
  await editor.write('-- mine');
  const folder = testInfo.outputPath('zips');
  mkdirSync(folder, { recursive: true });
  const good = zipOf(folder, [['lib/a.lua', 'return 1'], ['../up.lua', ''], ['/etc/x', ''], ['bomb', '0123456789']]);
  await files.drop(['mixed.zip', good]);
  await files.expectRows(['lib', 'a.lua', 'main.lua']);
  await expect(files.problem).toContainText('“../up.lua” was not added');
  await expect(files.problem).toContainText('“/etc/x” was not added');
  await expect(files.problem).toContainText('“bomb” was not added: it is larger than 8 MB.');
  // It says that it unpacks to 100 bytes, and unpacks to 50 MB.
  const liar = zipOf(folder, [['bomb', '0123456789']]);
  liar.writeUInt32LE(100, liar.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
  await files.drop(['liar.zip', liar]);
  await expect(files.problem).toHaveText('“bomb” was not added: it is damaged.');
  await files.drop(['none.zip', 'no zip at all']);
  await expect(files.problem).toHaveText('“none.zip” was not added: it is no zip file, or a damaged one.');
  const many = zipOf(folder, Array.from({ length: 2000 }, (_, at) => [`many/${at}`, '']));
  await files.drop(['many.zip', many]);
  await expect(files.problem).toHaveText('“many.zip” was not added: it holds more than 1000 files.');
  await files.expectRows(['lib', 'a.lua', 'main.lua']);
  await files.row('main.lua').click();
  await editor.expectText('-- mine');
});

test('files are chosen by a command', async ({ page, playground }) => {
  const { files } = playground;
  await page.evaluate(() => (window['showOpenFilePicker'] = undefined));
  await files.show();
  const chooser = page.waitForEvent('filechooser');
  await files.pane.getByRole('button', { name: 'Add files' }).click();
  await (await chooser).setFiles([{ name: 'data.json', mimeType: 'application/json', buffer: Buffer.from('{}') }]);
  await files.expectRows(['data.json', 'main.lua']);
  await expect(files.shownTab).toHaveText('data.json');
});

test('dropped files and folders are saved back where the browser can', async ({ page, playground }) => {
  const { editor, files } = playground;
  // As a browser gives them, but that no person has to be asked.
  await page.evaluate(() => {
    window['written'] = {};
    const file = (name, text) => ({
      kind: 'file',
      name,
      getFile: async () => new File([text], name),
      createWritable: async () => ({
        write: async (bytes) => (window['written'][name] = new TextDecoder().decode(bytes)),
        close: async () => {},
      }),
    });
    const folder = (name, inside) => ({ kind: 'directory', name, values: async function* () { yield* inside; } });
    const handles = {
      'a.lua': file('a.lua', '-- a'),
      lib: folder('lib', [file('b.lua', '-- b'), folder('deep', [file('c.lua', '-- c')])]),
    };
    const { getAsFile } = DataTransferItem.prototype;
    DataTransferItem.prototype['getAsFileSystemHandle'] = async function () {
      const { name } = getAsFile.call(this);
      // A browser may refuse to give one.
      if (!handles[name]) throw new DOMException('refused', 'AbortError');
      return handles[name];
    };
  });
  await files.drop(['a.lua', ''], ['lib', ''], ['refused.txt', 'text']);
  await files.expectRows(['lib', 'deep', 'c.lua', 'b.lua', 'a.lua', 'main.lua', 'refused.txt']);
  await files.row('c.lua').click();
  await editor.expectText('-- c');
  await editor.write('changed');
  await page.keyboard.press('ControlOrMeta+s');
  await expect(files.lastChange).toContainText('Saved to the computer: lib/deep/c.lua');
  expect(await page.evaluate(() => window['written'])).toEqual({ 'c.lua': 'changed' });
});

test('a chosen file is saved back where the browser can, and any other is a download', async ({ page, playground }) => {
  const { editor, files, snapshots } = playground;
  await page.evaluate(() => {
    const handle = {
      name: 'notes.txt',
      getFile: async () => new File(['from the disk'], 'notes.txt'),
      createWritable: async () => ({ write: async (bytes) => (window['written'] = bytes), close: async () => {} }),
    };
    window['showOpenFilePicker'] = async () => [handle];
  });
  await files.show();
  await files.pane.getByRole('button', { name: 'Add files' }).click();
  await editor.expectText('from the disk');
  await editor.write('changed');
  await page.keyboard.press('ControlOrMeta+s');
  await expect(files.lastChange).toContainText('Saved to the computer: notes.txt');
  expect(await page.evaluate(() => new TextDecoder().decode(window['written']))).toBe('changed');
  await files.tab('main.lua').click();
  await editor.write('-- mine');
  const file = await snapshots.download(() => page.keyboard.press('ControlOrMeta+s'));
  expect([file.name, file.buffer.toString()]).toEqual(['main.lua', '-- mine']);
});
