import { engines, expect, test } from '../fixtures/test.mjs';

const counting = `
  _home.n = 0
  _home.deep = { list = { 1, 2, 3 } }
  local big = {}
  while true do
    _home.n = _home.n + 1
    if #big < 200000 then big[#big + 1] = { _home.n } end
  end`;

test('the tree shows the current _home while the program runs, and can be browsed', engines('shared memory'), async ({ playground }) => {
  const { inspector, toolbar } = playground;
  await playground.start(counting);
  await expect(inspector.row('n')).toBeVisible();
  const first = await inspector.row('n').textContent();
  await expect(inspector.row('n')).not.toHaveText(first);

  await inspector.open('deep');
  await inspector.open('list');
  await expect(inspector.row('[3]')).toBeVisible();
  await toolbar.expectStatus('Running');

  await toolbar.stop.click();
  await toolbar.expectStatus('Stopped');
});

test('the source of a function can be read while the program runs', async ({ playground }) => {
  const { inspector, toolbar } = playground;
  await playground.start('function _home.answer() return 42 end while true do end');
  await inspector.row('answer').press('Enter');
  await expect(inspector.source).toContainText('return 42');
  await playground.page.keyboard.press('Escape');
  await toolbar.stop.click();
  await toolbar.expectStatus('Stopped');
});

test('_home can be inspected while the program waits for input', async ({ playground }) => {
  const { console, inspector, toolbar } = playground;
  await playground.start('_home.asked = { "here" } print("read " .. io.read()) _home.asked = nil');
  await inspector.open('asked');
  await inspector.expectRow('"here"');
  await toolbar.expectStatus('Running');
  await console.submit('a line');
  await console.expectLine('read a line');
  await toolbar.expectStatus('Ready');
});

test('the status bar shows time and memory while the program runs', async ({ playground, page }) => {
  const { toolbar } = playground;
  await playground.start('local all = {} for i = 1, 400000 do all[i] = { i } end print("full") while true do end');
  await playground.console.expectText('full');
  await expect(toolbar.memory).toHaveText(/^[2-9]\d(\.\d)? MB of /);
  const elapsed = page.getByRole('contentinfo').getByText(/^\d+ s$/);
  const before = await elapsed.textContent();
  await expect(elapsed).not.toHaveText(before);
  await toolbar.stop.click();
  await toolbar.expectStatus('Stopped');
});

test.describe('where the page is not cross-origin isolated', () => {
  test.use({ folder: 'bare/' });

  test('queries during a run are answered when it ends', async ({ playground }) => {
    const { inspector, toolbar } = playground;
    await playground.run('_home.list = { "first" }');
    await playground.start('for i = 1, 3e8 do end _home.done = true');
    await toolbar.expectStatus('Running');
    await inspector.row('list').press('ArrowRight');
    await inspector.expectRow('"first"');
    await expect(inspector.row('done')).toBeVisible();
  });
});
