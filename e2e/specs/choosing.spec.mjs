// Comparing two states by choosing them, and what the rows of snapshots and runs show.

import { engines, expect, test } from '../fixtures/test.mjs';

test.beforeEach(async ({ playground }) => {
  await playground.run('_home.a = 1');
  await playground.snapshots.save('early');
  await playground.run('_home.b = 2');
  await playground.snapshots.save('late');
});

const title = '“early” → “late”';

test('two rows are chosen by Ctrl and a click, in any order', async ({ page, playground }) => {
  const { inspector, snapshots } = playground;
  const name = (text) => snapshots.item(text).getByRole('button', { name: /^Inspect/ });
  await name('late').click({ modifiers: ['ControlOrMeta'] });
  await expect(snapshots.item('late')).toContainText('chosen');
  await expect(snapshots.region.getByText('“late” is chosen. Choose the other state.')).toBeVisible();
  // The other one needs no key then; on its row is as good as on its name.
  await name('early').click();
  await expect(inspector.view(title).row('b')).toHaveAccessibleName(/^added b/);
  await expect(page.getByText('is chosen')).toHaveCount(0);
  await inspector.close.click();
  await expect(inspector.row('b')).toBeVisible();
  // With nothing chosen, a click shows the snapshot.
  await name('early').click();
  await expect(inspector.view('“early”').row('a')).toBeVisible();
});

test('two rows are chosen from the keyboard, and Escape gives it up', engines('keys and focus'), async ({ page, playground }) => {
  const { inspector, snapshots } = playground;
  const name = (text) => snapshots.item(text).getByRole('button', { name: /^Inspect/ });
  await name('early').focus();
  await page.keyboard.press('c');
  await expect(snapshots.item('early')).toContainText('chosen');
  await page.keyboard.press('Escape');
  await expect(snapshots.item('early')).not.toContainText('chosen');
  await expect(name('early')).toBeFocused();
  await page.keyboard.press('c');
  await name('late').focus();
  await page.keyboard.press('c');
  await expect(inspector.view(title).row('b')).toBeVisible();
});

test('two marks of the strip are chosen, and the strip says which is the first', async ({ page, playground }) => {
  const { inspector, strip } = playground;
  const mark = (name) => strip.list.getByRole('option', { name });
  const note = page.getByRole('region', { name: 'History' }).getByRole('status');
  await mark(/early/).click({ modifiers: ['ControlOrMeta'] });
  await expect(note).toHaveText('“early” is chosen. Choose the other state.');
  await expect(mark(/early/)).toHaveAccessibleName(/chosen to compare/);
  await mark(/late/).click();
  await expect(inspector.view(title).row('b')).toBeVisible();
  await expect(note).toHaveText('');

  // By keys alone: the arrows look at moments, C chooses, Escape gives up before it leads back.
  await strip.list.focus();
  await page.keyboard.press('Home');
  await expect(strip.now).toBeVisible();
  await page.keyboard.press('c');
  await expect(note).toContainText('is chosen');
  await page.keyboard.press('Escape');
  await expect(note).toHaveText('');
  await expect(strip.now).toBeVisible();
  await page.keyboard.press('c');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(inspector.region).toContainText('1 added');
});

test('a run is compared by its row, and with what is now', async ({ playground }) => {
  const { inspector, runs, snapshots } = playground;
  await runs.show();
  await runs.row('_home.a = 1').click({ modifiers: ['ControlOrMeta'] });
  await expect(runs.item('_home.a = 1')).toContainText('chosen');
  await runs.region.getByRole('button', { name: '_home now' }).click();
  await expect(inspector.region).toContainText('1 added');
  await expect(snapshots.question).toHaveCount(0);
});

test('a state chosen twice is not compared', async ({ playground }) => {
  const { snapshots } = playground;
  await snapshots.choose('early', 'Compare with…');
  await expect(snapshots.item('early')).toContainText('chosen');
  await snapshots.pick('early');
  await expect(snapshots.item('early')).not.toContainText('chosen');
});

test('the form with two lists is a command', async ({ playground }) => {
  await playground.inspector.choose('Compare two states…');
  await playground.snapshots.compareByForm('early', 'late');
  await expect(playground.inspector.view(title).row('b')).toBeVisible();
});

test('rows show what a run changed, and what can be done where the pointer or the focus is', async ({ page, playground }) => {
  const { runs, snapshots } = playground;
  const restore = snapshots.item('early').getByRole('button', { name: /^Restore/ });
  const actions = snapshots.item('early').locator('.snapshot-actions');
  await page.mouse.move(0, 0);
  await expect(actions).toHaveCSS('opacity', '0');
  await snapshots.item('early').hover();
  await expect(actions).toHaveCSS('opacity', '1');
  await page.mouse.move(0, 0);
  await expect(actions).toHaveCSS('opacity', '0');
  await restore.focus();
  await expect(actions).toHaveCSS('opacity', '1');
  await snapshots.showRecentRuns();
  await expect(snapshots.runs.first().locator('.change-chip')).toHaveText('+1');
  await runs.show();
  await expect(runs.item('_home.b = 2').locator('.change-chip')).toHaveText('+1');
});

test('a mark says what its run changed, where the pointer is and where the focus is', async ({ page, playground }) => {
  const { strip } = playground;
  const history = page.getByRole('region', { name: 'History' });
  const first = strip.marks.first();
  await first.hover();
  await expect(first).toHaveAccessibleName(/main\.lua, 1 added/);
  await expect(first).toHaveAttribute('title', /\+1 · main\.lua/);
  await expect(history.locator('.strip-name')).toHaveText('_home.a = 1');
  await expect(history.locator('.change-chip')).toHaveText('+1');
  await expect(history).toContainText('main.lua · ');
  await page.mouse.move(0, 0);
  await expect(history.locator('.strip-name')).not.toHaveText('_home.a = 1');
  await strip.list.focus();
  await page.keyboard.press('Home');
  await expect(history.locator('.strip-name')).toHaveText('_home.a = 1');
});

test.describe('on a touch screen', () => {
  test.use({ hasTouch: true, isMobile: true });

  test('one button of a row leads to all that can be done, and two states are compared by taps', async ({ page, playground }) => {
    const { inspector, snapshots } = playground;
    await page.setViewportSize({ width: 390, height: 700 });
    await page.getByRole('tab', { name: 'Saved' }).tap();
    const row = snapshots.item('early');
    await expect(row.getByRole('button', { name: /^Restore/ })).toBeHidden();
    await row.getByRole('button', { name: /^More for/ }).tap();
    for (const name of ['Restore…', 'Delete…']) await expect(page.getByRole('menuitem', { name })).toBeVisible();
    await page.getByRole('menuitem', { name: 'Compare with…' }).tap();
    await snapshots.item('late').getByRole('button', { name: /^Inspect/ }).tap();
    await expect(inspector.view(title).row('b')).toBeVisible();
  });
});
