import { engines, expect, test } from '../fixtures/test.mjs';

const hoard = 'local all = {} for i = 1, 1e9 do all[i] = ("x"):rep(1000) .. i end';

test('a program over the memory limit fails, and the page keeps working', engines('memory of WebAssembly'), async ({ playground }) => {
  await playground.settings.set('memory', '32');
  await playground.run(hoard, 'Failed');
  await playground.console.expectText('not enough memory');
  await playground.run('print("on", pcall(string.rep, "x", 40 << 20))');
  await playground.console.expectText('on\tfalse\tnot enough memory');
  await expect(playground.toolbar.memory).toHaveText(/ of 32 MB$/);
});

test('a program over the time limit fails, and its changes are kept', async ({ playground }) => {
  await playground.settings.set('time', '1');
  await playground.run('_home.value = "changed" while true do end', 'Failed');
  await playground.console.expectText('time limit');
  await playground.run('print("value", _home.value)');
  await playground.console.expectText('value\tchanged');
});

test.describe('where the page is not cross-origin isolated', () => {
  test.use({ folder: 'bare/' });

  test('the limits also apply to the worker after a hard stop', async ({ playground }) => {
    await playground.settings.set('memory', '32');
    await playground.start('while true do end');
    await playground.toolbar.expectStatus('Running');
    await playground.toolbar.stop.click();
    await playground.toolbar.expectStatus('Stopped');
    await playground.run(hoard, 'Failed');
    await playground.console.expectText('not enough memory');
  });
});

test('the console keeps the configured number of lines, and says how many it dropped', async ({ playground }) => {
  await playground.run('for i = 1, 5000 do print("line", i) end');
  await playground.console.expectText('line\t1\n');
  await playground.settings.set('lines', '1000');
  await expect(playground.console.log).toContainText(/^[34],\d00 earlier lines left out/);
  await playground.console.expectText('line\t5000');
  await playground.run('for i = 1, 5000 do print("again", i) end');
  await playground.console.expectText('again\t5000');
  expect(await playground.console.lineCount()).toBeLessThan(1300);
});

test('settings survive a reload, and can be reset', async ({ playground }) => {
  await playground.settings.button.click();
  await playground.settings.memory.fill('64');
  await playground.settings.time.fill('30');
  await playground.settings.lines.fill('2000');
  await playground.settings.save.click();

  const later = await playground.reopen();
  await later.run('return 1');
  await expect(later.toolbar.memory).toHaveText(/ of 64 MB$/);
  await later.settings.button.click();
  await expect(later.settings.memory).toHaveValue('64');
  await expect(later.settings.time).toHaveValue('30');
  await expect(later.settings.lines).toHaveValue('2000');

  await later.settings.reset.click();
  await expect(later.settings.memory).toHaveValue('256');
  await expect(later.settings.time).toHaveValue('');
  await expect(later.settings.lines).toHaveValue('10000');
  await later.settings.save.click();
  await expect(later.toolbar.memory).toHaveText(/ of 256 MB$/);
});

test('invalid settings are refused, and nothing changes', async ({ playground }) => {
  await playground.settings.button.click();
  await playground.settings.memory.fill('8');
  await playground.settings.time.fill('soon');
  await playground.settings.save.click();
  await expect(playground.settings.memory).toBeFocused();
  await expect(playground.settings.memory).toHaveAccessibleDescription(/from 16 to 2,048/);
  await expect(playground.settings.time).toHaveAccessibleDescription(/from 1 to 86,400, or nothing for no limit/);
  await expect(playground.settings.lines).toHaveAttribute('aria-invalid', 'false');

  await playground.page.keyboard.press('Escape');
  await expect(playground.settings.dialog).toBeHidden();
  await playground.settings.button.click();
  await expect(playground.settings.memory).toHaveValue('256');
});

test('the settings can be changed by keyboard alone', async ({ playground, page }) => {
  await playground.settings.button.focus();
  await page.keyboard.press('Enter');
  await expect(playground.settings.memory).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('128');
  await page.keyboard.press('Enter');
  await expect(playground.settings.dialog).toBeHidden();
  await expect(playground.settings.button).toBeFocused();
  await playground.run('return 1');
  await expect(playground.toolbar.memory).toHaveText(/ of 128 MB$/);
});
