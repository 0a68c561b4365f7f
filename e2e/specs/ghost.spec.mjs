import { engines, expect, test } from '../fixtures/test.mjs';

const shownPreview = (page) => page.locator('.prompt-preview');

test('the prompt shows what a line would give and change, before it is run', engines('a second worker'), async ({ playground, page }) => {
  await playground.run('_home.users = { ada = 1815 } secret = 7 print("ready")');
  const { input } = playground.console;
  await input.fill('secret * 6');
  await expect(shownPreview(page)).toHaveText(/→ would return 42/);
  await expect(input).toHaveAccessibleDescription('would return 42');

  await input.fill('_home.users.alan = 1912; _home.users.ada = nil');
  await expect(shownPreview(page)).toContainText('+1 −1');
  await input.fill('print("hello") return math.random(1000000)');
  await expect(shownPreview(page)).toContainText('prints hello');
  const drawn = /return (\d+)/.exec(await shownPreview(page).textContent())[1];

  // Nothing of that has happened, and random numbers come as they were foretold.
  await playground.console.submit('print("users", _home.users.ada, _home.users.alan)');
  await playground.console.expectText('users\t1815\tnil');
  await expect(shownPreview(page)).toHaveCount(0);
  await playground.console.submit('math.random(1000000)');
  await playground.console.expectText(drawn);
});

test('a line that fails, waits or does not end shows nothing, and the next one is tried', async ({ playground, page }) => {
  await playground.run('print("ready")');
  const { input } = playground.console;
  for (const line of ['nothing.at.all', 'io.read()', 'while true do end', 'for i = 1,', 'string.rep("x", 1 << 30):find(("x?"):rep(30) .. "y")']) {
    await input.fill('1 + 1');
    await expect(shownPreview(page)).toContainText('2');
    await input.fill(line);
    await expect(shownPreview(page)).toHaveText('');
  }
  await input.fill('"still " .. "there"');
  await expect(shownPreview(page)).toContainText('"still there"');
  await playground.toolbar.expectStatus('Ready');
});

test('previews can be switched off', async ({ playground, page }) => {
  await playground.run('print("ready")');
  const { input } = playground.console;
  await input.fill('20 + 22');
  await expect(shownPreview(page)).toContainText('42');
  await playground.settings.button.click();
  await playground.settings.dialog.getByLabel('Show at the prompt what a line would give').uncheck();
  await playground.settings.save.click();
  await expect(shownPreview(page)).toHaveText('');
});

const dryRun = (page) => page.getByRole('dialog', { name: 'Dry run of main.lua' });

test('a dry run shows what a program would do, and keeping that does not run it again', engines('a second worker'), async ({ playground, page }) => {
  await playground.run('_home.users = { ada = 1815 } x = 1');
  await playground.editor.write('_home.users.alan = 1912\nx = x + 1\nprint("drawn", math.random(1000000000))\n_home.x = x\nreturn x');
  await page.getByRole('button', { name: 'Run', exact: true }).click({ modifiers: ['Shift'] });
  const dialog = dryRun(page);
  await expect(dialog.getByRole('status')).toHaveText('_home would change: 2 added.');
  await expect(dialog.getByText('← 2')).toBeVisible();
  const output = await dialog.getByLabel('Output').textContent();
  await expect(dialog.getByRole('treeitem', { name: /users/ })).toBeVisible();
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await expect(dialog).toHaveCount(0);
  await playground.console.submit('print("x is", x, _home.x)');
  await playground.console.expectText('x is\t1\tnil');

  await page.keyboard.press('Alt+Shift+Enter');
  await expect(dialog.getByLabel('Output')).toHaveText(output);
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await playground.console.expectText('Kept what the dry run of main.lua did: +2.');
  await playground.console.submit('print("x is", x, _home.x, _home.users.alan)');
  await playground.console.expectText('x is\t2\t2\t1912');
  await playground.inspector.undo.click();
  await playground.console.submit('print("undone", _home.users.alan)');
  await playground.console.expectText('undone\tnil');
});

test('a dry run that does not end is stopped, and one that fails says where', async ({ playground, page }) => {
  await playground.run('_home.n = 1');
  await playground.editor.write('while true do end');
  await page.keyboard.press('Alt+Shift+Enter');
  const dialog = dryRun(page);
  await expect(dialog.getByRole('status')).toHaveText('Running in a copy of the state…');
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await expect(dialog).toHaveCount(0);
  await playground.editor.write('_home.n = 2\nerror("no")');
  await page.keyboard.press('Alt+Shift+Enter');
  await expect(dialog.getByText('main.lua:2: no')).toBeVisible();
  await expect(dialog.getByRole('status')).toHaveText('_home would change: 1 changed.');
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await playground.console.submit('print("n is", _home.n)');
  await playground.console.expectText('n is\t1');
  await playground.console.submit('co = coroutine.running() print("made", type(co))');
  await playground.console.expectText('made\tthread');
  await page.keyboard.press('Alt+Shift+Enter');
  await expect(dialog.getByRole('alert')).toContainText('1 value could not be copied');
  await expect(dialog.getByRole('button', { name: 'Keep' })).toBeDisabled();
});
