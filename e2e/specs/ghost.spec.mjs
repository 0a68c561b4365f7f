import { expect, test } from '../fixtures/test.mjs';

const shownPreview = (page) => page.locator('.prompt-preview');

test('the prompt shows what a line would give and change, before it is run', async ({ playground, page }) => {
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
  await expect(playground.status).toContainText('Ready');
});

test('previews can be switched off', async ({ playground, page }) => {
  await playground.run('print("ready")');
  const { input } = playground.console;
  await input.fill('20 + 22');
  await expect(shownPreview(page)).toContainText('42');
  await playground.toolbar.settings.click();
  await page.getByLabel('Show at the prompt what a line would give').uncheck();
  await page.keyboard.press('Escape');
  await expect(shownPreview(page)).toHaveText('');
});
