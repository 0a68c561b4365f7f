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
  await expect(playground.settings.search).toBeFocused();
  await page.keyboard.type('memory limit');
  await expect(playground.settings.time).toBeHidden();
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

test('settings are found by what they are called, by what they mean, and by their section', async ({ playground, page }) => {
  const { settings } = playground;
  await settings.button.click();
  await settings.search.fill('sideways');
  await expect(settings.wrap).toBeVisible();
  await expect(settings.headings).toHaveText(['Editor']);
  await settings.search.fill('SHARING');
  await expect(settings.headings).toHaveText(['Sharing']);
  await expect(settings.shared).toBeVisible();
  await settings.search.fill('teapot');
  await expect(settings.headings).toHaveCount(0);
  await expect(settings.dialog).toContainText('No setting has “teapot” in its words.');
  // The first Escape empties the search, the second closes the dialog.
  await page.keyboard.press('Escape');
  await expect(settings.headings).toHaveCount(7);
  await page.keyboard.press('Escape');
  await expect(settings.dialog).toBeHidden();
});

test('what is invalid is shown although a search hides it', async ({ playground }) => {
  const { settings } = playground;
  await settings.button.click();
  await settings.memory.fill('8');
  await settings.search.fill('theme');
  await expect(settings.memory).toBeHidden();
  await settings.save.click();
  await expect(settings.memory).toBeFocused();
});

test('each section can be gone to, and the storage mark opens its own', async ({ playground, page }) => {
  const { settings, toolbar } = playground;
  await settings.button.click();
  await settings.dialog.getByRole('navigation').getByRole('button', { name: 'Formatting' }).click();
  const formatting = settings.dialog.getByRole('heading', { name: 'Formatting' });
  await expect(formatting).toBeFocused();
  await expect(formatting).toBeInViewport();
  await expect(settings.theme).not.toBeInViewport();
  await page.keyboard.press('Tab');
  await expect(settings.indentation).toBeFocused();
  await page.keyboard.press('Escape');

  await playground.run('_home.value = 1');
  await toolbar.storage.click();
  await expect(settings.dialog.getByRole('heading', { name: 'History and storage' })).toBeFocused();
  await expect(settings.storage).toBeInViewport();
  await expect(settings.theme).not.toBeInViewport();
});

/** What the page's styles say of an element. */
const styleOf = (locator, name) => locator.evaluate((element, name) => getComputedStyle(element)[name], name);

test('theme, fonts and sizes are as chosen, at once and on the next visit before the page has loaded', async ({ playground, page }) => {
  const { settings } = playground;
  await settings.button.click();
  await settings.theme.selectOption('Dark');
  await settings.textSize.selectOption('125 %');
  await settings.pageFont.selectOption('The system’s');
  await settings.codeFont.selectOption('The system’s');
  await settings.editorSize.selectOption('18');
  await settings.tabWidth.selectOption('8');
  await settings.wrap.check();
  // Nothing counts before it is saved.
  expect(await styleOf(page.locator('html'), 'fontSize')).toBe('16px');
  await settings.save.click();

  const expectChosen = async ({ page, editor: { plain: editor } }) => {
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(page.locator('html')).toHaveCSS('font-size', '20px');
    await expect(page.locator('body')).toHaveCSS('font-family', /^system-ui/);
    await expect(editor).toHaveCSS('font-family', /^ui-monospace/);
    // Its own size, whatever all other text has.
    await expect(editor).toHaveCSS('font-size', '18px');
    await expect(editor).toHaveCSS('line-height', '28px');
    await expect(editor).toHaveCSS('tab-size', '8');
    await expect(editor).toHaveCSS('white-space', 'pre-wrap');
  };
  await expectChosen(playground);
  const later = await playground.reopen();
  await expectChosen(later);

  // The page's own module does not come: what is chosen is there before it.
  await later.page.route(/app-\w+(_bg)?\.(js|wasm)$/, (route) => route.abort());
  await later.page.reload();
  await expect(later.page.locator('html')).toHaveCSS('font-size', '20px');
  await expect(later.page.getByRole('button')).toHaveCount(0);
});

test('all settings go into a file, and come back from it', async ({ playground, page }) => {
  const { settings } = playground;
  await settings.button.click();
  await settings.theme.selectOption('Dark');
  await settings.editorSize.selectOption('16');
  await settings.memory.fill('64');
  await settings.columns.selectOption('80');
  await settings.singleKeys.uncheck();
  const file = await settings.export();
  expect(file.name).toBe('cu settings.json');
  await page.keyboard.press('Escape');

  // What was exported was not saved here.
  await settings.button.click();
  await expect(settings.memory).toHaveValue('256');
  await settings.import(file.text);
  await expect(settings.dialog).toContainText('It counts once it is saved.');
  await expect(settings.theme.locator(':checked')).toHaveText('Dark');
  await expect(settings.editorSize.locator(':checked')).toHaveText('16');
  await expect(settings.memory).toHaveValue('64');
  await expect(settings.columns.locator(':checked')).toHaveText('80');
  await expect(settings.singleKeys).not.toBeChecked();
  await settings.save.click();
  await expect(playground.editor.plain).toHaveCSS('font-size', '16px');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.locator('body').press('?');
  await expect(page.getByRole('dialog')).toBeHidden();

  const later = await playground.reopen();
  await later.settings.button.click();
  await expect(later.settings.memory).toHaveValue('64');
  await later.settings.reset.click();
  await expect(later.settings.singleKeys).toBeChecked();
  await later.settings.save.click();
  await expect(later.editor.plain).toHaveCSS('font-size', '13px');
  await expect(later.page.locator('html')).not.toHaveAttribute('data-theme', 'dark');
});

test('a file that makes no sense is refused with the fields that are wrong, and changes nothing', async ({ playground }) => {
  const { settings } = playground;
  await settings.button.click();
  await settings.memory.fill('64');
  const alert = settings.dialog.getByRole('alert').filter({ hasText: 'Nothing was changed.' });
  await settings.import('{"cu_settings": 1, "looks": {"editor_size": 13.5, "wraps": true}, "settings": {"memory_megabytes": 1}}');
  await expect(alert).toHaveText('The file has values that cannot be: looks.editor_size, settings.memory_megabytes. Nothing was changed.');
  await expect(settings.wrap).not.toBeChecked();
  await expect(settings.memory).toHaveValue('64');
  await settings.import('print("Lua")');
  await expect(alert).toHaveText('This is no file of settings. Nothing was changed.');
});

test('the keys of commands are led to, and what was chosen is saved before', async ({ playground, page }) => {
  const { settings } = playground;
  await settings.button.click();
  await settings.theme.selectOption('Dark');
  await settings.keysOfCommands.click();
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test.describe('in Monaco', () => {
  test.use({ editor: 'monaco' });

  test('sizes, tab width, wrapping and the minimap are as chosen, without a reload', engines('how Monaco measures'), async ({ playground, page }) => {
    const { editor, settings } = playground;
    const minimap = editor.region.locator('.minimap');
    await editor.write(`local text = "${'long '.repeat(120)}"\n`);
    const line = editor.region.locator('.view-line').first();
    // While Monaco draws it anew, it is not there.
    const height = async () => (await line.boundingBox())?.height ?? 0;
    await expect.poll(height).toBeGreaterThan(0);
    const heightBefore = await height();
    await expect(minimap).toBeHidden();
    await settings.button.click();
    await settings.editorSize.selectOption('20');
    await settings.wrap.check();
    await settings.minimap.check();
    await settings.tabWidth.selectOption('8');
    await settings.save.click();
    await expect(editor.lines).toHaveCSS('font-size', '20px');
    await expect(minimap).toBeVisible();
    // The line goes on below.
    await expect.poll(() => editor.region.locator('.view-line').count()).toBeGreaterThan(2);
    await expect.poll(height).toBeGreaterThan(heightBefore);
    await settings.button.click();
    await settings.reset.click();
    await settings.save.click();
    await expect(editor.lines).toHaveCSS('font-size', '13px');
    await expect(minimap).toBeHidden();
  });

  test('Tab indents, or leaves the editor where a person chose that', engines('keys and focus'), async ({ playground, page }) => {
    const { editor, settings } = playground;
    await editor.write('x = 1');
    await page.keyboard.press('Home');
    await page.keyboard.press('Tab');
    await expect(editor.lines).toHaveText(/^\s+x\s=\s1/);
    await settings.button.click();
    await settings.tabLeaves.check();
    await settings.save.click();
    await editor.focus();
    await page.keyboard.press('Tab');
    await expect(editor.input).not.toBeFocused();
  });

  test('the keys of Vim are there when they are wanted, with a line that says the mode', engines('keys and focus'), async ({ playground, page }) => {
    const { editor, settings } = playground;
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    const modeOf = ({ editor }) => editor.region.getByRole('status', { name: 'Vim mode' });
    const mode = modeOf(playground);
    await editor.write('one = 1\ntwo = 2');
    await expect(mode).toBeHidden();
    await settings.button.click();
    await settings.editorKeys.selectOption('Vim');
    expect(asked.some((url) => url.includes('vim'))).toBe(false);
    await settings.save.click();
    await expect(mode).toContainText('Normal');
    await editor.focus();
    await page.keyboard.type('ggdd');
    await editor.expectText('two = 2');
    await expect(editor.lines).not.toContainText('one');
    await page.keyboard.type('>>');
    await expect(editor.lines).toHaveText(/^\s\s+two\s=\s2/);
    await page.keyboard.type('othree = 3');
    await expect(mode).toContainText('Insert');
    await page.keyboard.press('Escape');
    await expect(mode).toContainText('Normal');
    await page.keyboard.type(':%s/three/four/');
    await expect(page.getByRole('textbox', { name: 'Vim command' })).toHaveValue('%s/three/four/');
    await page.keyboard.press('Enter');
    await editor.expectText('four = 3');
    // The keys of the page stay.
    await page.keyboard.press('ControlOrMeta+Enter');
    await playground.toolbar.expectStatus('Ready');
    await page.keyboard.press('u');
    await editor.expectText('three = 3');

    const later = await playground.reopen();
    await expect(modeOf(later)).toContainText('Normal');
    await later.settings.button.click();
    await later.settings.editorKeys.selectOption('Default');
    await later.settings.save.click();
    await expect(modeOf(later)).toBeHidden();
    await later.editor.write('plain');
    await later.editor.expectText('plain');
  });
});
