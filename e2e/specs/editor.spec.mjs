import { engines, expect, test } from '../fixtures/test.mjs';
import { Playground } from '../pages/playground.mjs';

test.use({ editor: 'monaco' });

const inFirefox = engines('Monaco reads keys and the clipboard');

test('Ctrl+Enter runs the program', inFirefox, async ({ playground }) => {
  await playground.editor.write('print("by key")');
  await playground.page.keyboard.press('ControlOrMeta+Enter');
  await playground.console.expectLine('by key');
});

test('the text survives a reload', inFirefox, async ({ playground }) => {
  await playground.editor.write('-- not run yet\nlocal unfinished =');
  await playground.page.reload();
  await playground.editor.expectLoaded();
  await playground.editor.expectText('-- not run yet');
  await playground.editor.expectText('local unfinished =');
});

test('text typed before Monaco has loaded is kept', inFirefox, async ({ page }) => {
  let letMonacoCome;
  const typed = new Promise((resolve) => (letMonacoCome = resolve));
  await page.route('**/monaco-*/editor.js', async (route) => {
    await typed;
    await route.continue();
  });
  const playground = new Playground(page);
  // Firefox sends the load event only after the module that is held back here.
  await page.goto('./', { waitUntil: 'commit' });
  await playground.toolbar.expectStatus('Ready');
  await playground.editor.input.fill('print("early bird")');
  letMonacoCome();
  await playground.editor.expectLoaded();
  await playground.editor.expectText('early bird');
  await playground.toolbar.run.click();
  await playground.console.expectLine('early bird');
});

test('Lua syntax is highlighted', inFirefox, async ({ playground }) => {
  await playground.editor.write('local text = "string"');
  const kinds = playground.editor.lines.locator('span span');
  const colors = () =>
    kinds.evaluateAll((spans) => new Set(spans.map((span) => getComputedStyle(span).color)).size);
  await expect.poll(colors).toBeGreaterThan(2);
});
