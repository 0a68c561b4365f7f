import { expect, test } from '../fixtures/test.mjs';
import { Playground } from '../pages/playground.mjs';

/** Gives the next page that opens something to remember. */
function remember(page, key, value) {
  return page.addInitScript(([key, value]) => localStorage.setItem(key, value), [key, JSON.stringify(value)]);
}

test('a closed pane comes back where it was, with what was in it', async ({ page, playground }) => {
  const { panes } = playground;
  await playground.run('_home.list = { "first" }');
  await playground.inspector.open('list');
  const before = await panes.pane('Inspector').boundingBox();
  await panes.close('Inspector');
  await expect(playground.snapshots.saveFirst).toBeFocused();
  await panes.toggle('Inspector');
  await playground.inspector.expectRow('"first"');
  expect(await panes.pane('Inspector').boundingBox()).toEqual(before);
  await expect(page.locator(':focus')).toHaveRole('treeitem');
});

test('the editor and the console alone fill the page, also after a reload', async ({ page, playground }) => {
  const { panes } = playground;
  await panes.close('Snapshots', 'Runs', 'In / Out', 'Inspector');
  await panes.expectOpen('Editor', 'Console');
  expect((await panes.pane('Editor').boundingBox()).width).toBeGreaterThan(1260);
  await expect(page.getByRole('separator')).toHaveCount(1);

  const later = await playground.reopen();
  await later.panes.expectOpen('Editor', 'Console');
  await later.run('print("still here")');
  await later.console.expectLine('still here');
  await later.panes.reset();
  await later.panes.expectOpen('Editor', 'Console', 'Inspector', 'Snapshots');
  await later.editor.expectText('still here');
});

test('the last open pane stays open', async ({ page, playground }) => {
  const { panes } = playground;
  await panes.close('Editor', 'Inspector', 'Snapshots', 'Runs', 'In / Out');
  await expect(panes.closeButton('Console')).toHaveCount(0);
  await panes.viewButton.click();
  await expect(panes.item('Editor')).toHaveAttribute('aria-checked', 'false');
  await expect(panes.item('Console')).toHaveAttribute('aria-checked', 'true');
  await expect(panes.item('Console')).toBeDisabled();
  await page.keyboard.press('Escape');
  await playground.console.input.press('Alt+w');
  await panes.expectOpen('Console');
});

test('panes are closed, left out and brought back by keys', async ({ page, playground }) => {
  const { panes } = playground;
  await playground.editor.input.focus();
  await page.keyboard.press('F6');
  await expect(playground.console.input).toBeFocused();
  await page.keyboard.press('Alt+w');
  await panes.expectOpen('Editor', 'Inspector', 'Snapshots');
  await page.keyboard.press('F6');
  await expect(playground.snapshots.saveFirst).toBeFocused();
  await page.keyboard.press('Alt+Shift+1');
  await expect(playground.editor.input).toBeFocused();
  await page.keyboard.press('Shift+F6');
  await expect(panes.pane('In / Out').getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Alt+Shift+2');
  await expect(playground.console.input).toBeFocused();
  await panes.expectOpen('Editor', 'Console', 'Inspector', 'In / Out');
});

test.describe(() => {
  test.use({ editor: 'monaco' });

  test('what has something to show opens its pane', async ({ page, playground }) => {
    const { panes } = playground;
    await playground.run('_home.value = 1');
    await playground.snapshots.save('mine');
    await panes.close('Inspector');
    await playground.snapshots.inspect('mine');
    await expect(playground.inspector.view('“mine”').row('value')).toBeVisible();

    await playground.run('\nerror("no")', 'Failed');
    await panes.close('Editor');
    await playground.console.place('main.lua:2').click();
    await playground.editor.expectCursorOnLine(2);

    await panes.close('Console');
    await playground.start('print("got " .. io.read())');
    await playground.console.submit('a line');
    await playground.console.expectLine('got a line');
  });
});

test('a double click gives a split its size back', async ({ page, playground }) => {
  const splitter = playground.panes.splitter('Height of Console');
  await expect(splitter).toHaveAttribute('aria-valuenow', '38');
  await splitter.press('Home');
  await expect(splitter).toHaveAttribute('aria-valuenow', '85');
  await splitter.dblclick();
  await expect(splitter).toHaveAttribute('aria-valuenow', '38');
});

test('the sizes that an older page remembered are taken over once', async ({ page }) => {
  await remember(page, 'cu.shares', { side: 25, main_lower: 50, side_lower: 60 });
  const playground = new Playground(page);
  await playground.open();
  await expect(playground.panes.splitter('Height of Console')).toHaveAttribute('aria-valuenow', '50');
  await expect(playground.panes.splitter('Height of Snapshots')).toHaveAttribute('aria-valuenow', '60');
  await expect(playground.panes.splitter('Width of Inspector, Snapshots')).toHaveAttribute('aria-valuenow', '25');
  expect(await page.evaluate(() => localStorage.getItem('cu.shares'))).toBeNull();
});

test('any arrangement that is remembered is drawn, and can be reset', async ({ page }) => {
  const group = (...panes) => ({ group: { tabs: panes.map((pane) => ({ pane, is_open: true })), chosen: panes[0] } });
  const first = group('editor');
  const second = group('snapshots', 'console', 'home');
  await remember(page, 'cu.layout', { split: { direction: 'columns', share: 40, first, second } });
  const playground = new Playground(page);
  const { panes } = playground;
  await playground.open();
  await panes.expectOpen('Editor', 'Snapshots');
  await playground.run('print("before")');
  await page.getByRole('tab', { name: 'Console' }).click();
  await playground.console.expectLine('before');
  // What an older page did not have is there.
  await expect(page.getByRole('tab', { name: 'In / Out' })).toBeVisible();

  await panes.reset();
  await panes.expectOpen('Editor', 'Console', 'Inspector', 'Snapshots');
  await playground.console.expectLine('before');
  await playground.editor.expectText('before');
  await playground.run('print("after")');
  await playground.console.expectLine('after');
});

test.describe('on a small screen', () => {
  test.use({ viewport: { width: 390, height: 700 } });

  test('the tabs at the bottom choose one pane, and open it', async ({ page, playground }) => {
    const { panes } = playground;
    await panes.expectOpen('Editor');
    await expect(panes.viewButton).toBeHidden();
    await expect(page.getByRole('button', { name: /^Close/ })).toHaveCount(0);
    await page.setViewportSize({ width: 1280, height: 800 });
    await panes.close('Console');
    await page.setViewportSize({ width: 390, height: 700 });
    await page.getByRole('tab', { name: 'Output' }).click();
    await panes.expectOpen('Console');
    await expect(page.getByRole('tab', { name: 'Output' })).toHaveAttribute('aria-selected', 'true');
  });
});
