import { engines, expect, test } from '../fixtures/test.mjs';
import { Playground } from '../pages/playground.mjs';

test.use({ editor: 'monaco' });

test('nothing is requested twice, and nothing that does not exist', engines('modules and caches'), async ({ page, context }) => {
  const loaded = [];
  const missing = [];
  context.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  context.on('response', (response) => response.ok() || missing.push(response.url()));
  const playground = new Playground(page);
  await playground.open();
  await playground.toolbar.run.click();
  await playground.toolbar.expectSaved();
  // Otherwise some kinds of requests were not observed and might be made twice.
  for (const file of [/\/app-\w+_bg\.wasm$/, /\/engine-worker_bg\.wasm$/, /\/editor\.js$/, /\.css$/]) {
    expect(loaded).toContainEqual(expect.stringMatching(file));
  }
  expect(loaded.filter((path, index) => loaded.indexOf(path) !== index)).toEqual([]);
  expect(missing).toEqual([]);
});

test('the program can be read, changed and run before any file of Monaco has arrived', engines('modules and caches'), async ({ page }) => {
  let letMonacoCome;
  const seen = new Promise((resolve) => (letMonacoCome = resolve));
  const held = [];
  await page.route('**/monaco-*/**', async (route) => {
    held.push(route.request().url());
    await seen;
    await route.continue();
  });
  const { console, editor, toolbar } = new Playground(page);
  // Firefox sends the load event only after the module that is held back here.
  await page.goto('./', { waitUntil: 'commit' });
  await expect(editor.input).toHaveValue(/print\(_home\.next\(\), _home\.next\(\)\)/);
  await toolbar.run.click();
  await console.expectText('1\t2');
  await editor.input.fill('print("changed")');
  await toolbar.run.click();
  await console.expectText('changed');
  await toolbar.expectSaved();
  expect(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length)).toBe(1);
  expect(held).toEqual([expect.stringMatching(/\/editor\.js$/)]);
  await expect(editor.lines).toBeHidden();

  letMonacoCome();
  await editor.expectLoaded();
  await editor.expectText('changed');
});

test('a part of the engine that did not arrive is asked for again when it is needed', async ({ context, playground }) => {
  let arrives = false;
  await context.route('**/engine-worker-*/part-*.wasm', (route) => (arrives ? route.continue() : route.abort()));
  const later = await playground.reopen();
  const { console, snapshots, toolbar } = later;
  await later.run('_home.x = 1 print("as ever")');
  await console.expectLine('as ever');
  await toolbar.expectSaved();
  await snapshots.saveButton.click();
  await snapshots.answer('one');
  await expect(snapshots.problem).toContainText('A part of the engine could not be loaded.');
  arrives = true;
  await snapshots.save('two');
});
