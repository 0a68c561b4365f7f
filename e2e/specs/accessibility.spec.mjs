import { violations } from '../fixtures/axe.mjs';
import { expect, test } from '../fixtures/test.mjs';

test.use({ editor: 'monaco' });

for (const theme of ['Light', 'Dark']) {
  test(`${theme}: roles, names and contrast are correct`, async ({ page, playground }) => {
    await playground.toolbar.chooseTheme(theme);
    expect(await violations(page)).toEqual([]);

    await playground.run('_home.list = { { name = "Ada" } } function _home.f() end print("x") return _home.list');
    await playground.snapshots.save('mine');
    await playground.inspector.open('list');
    expect(await violations(page)).toEqual([]);

    await playground.run('error("no")', 'Failed');
    await playground.snapshots.delete('mine');
    expect(await violations(page)).toEqual([]);

    await playground.snapshots.cancel();
    await playground.panes.close('Editor', 'Snapshots');
    await playground.panes.viewButton.click();
    expect(await violations(page)).toEqual([]);

    await page.keyboard.press('Escape');
    await playground.settings.set('memory', 'much');
    expect(await violations(page)).toEqual([]);
  });
}

test('the landmarks have the names that scripts look for', async ({ page, playground }) => {
  for (const name of ['Run', 'Clear console', 'Save snapshot']) {
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(1);
  }
  for (const name of ['Editor', 'Snapshots']) {
    await expect(page.getByRole('region', { name, exact: true })).toBeVisible();
  }
  await expect(page.getByRole('log', { name: 'Console', exact: true })).toBeVisible();
  await playground.run('_home.value = 1');
  await expect(page.getByRole('tree', { name: '_home', exact: true })).toBeVisible();
  await expect(page.getByRole('listbox', { name: 'History of _home', exact: true })).toBeVisible();
  await expect(page.getByRole('contentinfo').getByRole('status')).toContainText('Ready');
});
