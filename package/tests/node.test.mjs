// The package's tests in Node. CU_PACKAGE is the folder of the built package.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { equal } from './check.mjs';
import { caseFiles } from './cases.mjs';
import { suites } from './suites.mjs';

const folder = resolve(process.env.CU_PACKAGE ?? 'dist-package');
const load = (path) => import(new URL(`web/${path}`, pathToFileURL(`${folder}/`)).href);
const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');

const { FileStorage } = await load('file-storage.js');
const temporary = mkdtempSync(join(tmpdir(), 'cu-states-'));
let folders = 0;

const modules = {
  api: await load('lua-api.js'),
  wrapper: await load('io-wrapper.js'),
  loadFresh: () => load('lua-api.js?fresh'),
  storages() {
    folders += 1;
    return [new modules.api.MemoryStorage(), new FileStorage(join(temporary, String(folders)))];
  },
  casesText: caseFiles.map((file) => read(`../../engine/tests/cases/${file}`)).join(''),
  samplesText: read('seed-samples.md'),
};

after(() => rmSync(temporary, { recursive: true }));
before(() => modules.api.default.loadLuaWasm());
for (const [name, tests] of Object.entries(suites)) {
  describe(name, () => {
    for (const [title, run] of Object.entries(tests)) test(title, () => run(modules));
  });
}

test('one damaged file does not hide the others', async () => {
  const place = join(temporary, 'damaged');
  const storage = new FileStorage(place);
  const engine = new modules.api.Lua();
  await engine.loadLuaWasm();
  await engine.init({ storage, autoRestore: false });
  await engine.compute('_home.x = 1');
  for (const name of ['one', 'two', 'three']) await engine.saveState(name);
  const files = Object.fromEntries(readdirSync(place).map((file) => [readFileSync(join(place, file), 'utf8').split('\n')[0], file]));
  const [named, cut] = [files['"one"'], files['"two"']];
  const bytes = readFileSync(join(place, named));
  bytes[0] = 0;
  writeFileSync(join(place, named), bytes);
  writeFileSync(join(place, cut), '');
  const folder = `${'0'.repeat(64)}.cu-state`;
  mkdirSync(join(place, folder));

  const listed = await engine.listStates();
  equal(listed.map(({ name }) => name), [folder, cut, named, 'three'].sort());
  equal(listed.filter(({ damage }) => damage !== undefined).map(({ name }) => name), [folder, cut].sort());
  equal(await engine.loadState('three'), true);
  // Its bytes are whole, and it is found under both names.
  equal(await engine.loadState('one'), true);
  equal(await engine.loadState(named), true);
  equal(await engine.deleteState(cut), true);
  equal(storage.list().length, 3);
});

test('the example for Node counts on when it is run again', () => {
  const place = join(temporary, 'example');
  cpSync(fileURLToPath(new URL('../examples', import.meta.url)), join(place, 'examples'), { recursive: true });
  symlinkSync(join(folder, 'web'), join(place, 'web'));
  const written = [1, 2].map(() => execFileSync(process.execPath, ['examples/node.mjs'], { cwd: place, encoding: 'utf8' }));
  const error = 'LuaError: time limit exceeded (line 1 of main.lua)';
  equal(written, [`run 1\n${error}\n`, `run 2\n${error}\n`]);
});
