// Which run wrote a value, and what it was at each moment.

import { violations } from '../fixtures/axe.mjs';
import { engines, expect, test } from '../fixtures/test.mjs';

/** Four runs, of which three change `_home.player.hp`. */
async function play(playground) {
  await playground.run('_home.player = { name = "Ada", hp = 10 }');
  await playground.run('print("hello")\n_home.player.hp = _home.player.hp - 3');
  await playground.run('_home.other = 1');
  await playground.run('local player = _home.player\nif player.hp == 7 then\n  player.hp = 12\nend');
}

/** Opens the player’s row and gives its hp the focus. */
async function goToHp(inspector) {
  await inspector.open('player');
  await inspector.row('hp').focus();
}

test('the menu of a row says which run wrote the value, and where its program mentions it', async ({ page, playground }) => {
  const { inspector, valueHistory: { writer, details } } = playground;
  await play(playground);
  await inspector.open('player');
  await inspector.chooseForRow(inspector.row('hp'), 'Who wrote this');
  await expect(writer).toContainText('_home.player.hp');
  await expect(writer).toContainText('main.lua local player = _home.player');
  await expect(writer).toContainText('~1');
  await expect(writer.locator('.trace-values')).toHaveText('7→12');
  await expect(writer).toContainText('mentions hp at line 3');
  await expect(writer).toContainText('player.hp = 12');
  expect(await violations(page)).toEqual([]);
  await details.click();
  await expect(writer).toContainText('It wrote nothing.');
  await writer.getByRole('button', { name: 'Source as it ran' }).click();
  await expect(page.getByRole('dialog')).toContainText('if player.hp == 7 then');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(inspector.row('hp')).toBeFocused();

  // What a restore wrote is no run’s.
  await playground.strip.marks.first().click();
  await inspector.restore.click();
  await playground.snapshots.confirm('Restore');
  await expect(playground.strip.marks).toHaveCount(5);
  await inspector.row('hp').focus();
  await page.keyboard.press('w');
  await expect(writer).toContainText('restored: _home.player');
  await expect(writer.getByRole('button', { name: 'Source as it ran' })).toHaveCount(0);
});

test('the history of a value leads to its moments, by the keyboard alone', engines('keys and focus'), async ({ page, playground }) => {
  const { inspector, strip, valueHistory } = playground;
  const { dialog, rows, status, line } = valueHistory;
  await play(playground);
  await goToHp(inspector);
  await page.keyboard.press('h');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(0)).toContainText('7→12');
  await expect(rows.nth(1)).toContainText('10→7');
  await expect(rows.nth(2)).toContainText('none→10');
  await expect(rows.nth(0)).toHaveAttribute('aria-current', 'true');
  await expect(status).toContainText('4 states');
  await expect(line).toHaveAttribute('aria-label', 'Plot of 3 numbers from 7 to 12, the first 10, the last 12');
  await rows.nth(0).getByRole('button').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(inspector.row('hp')).toHaveCount(0);
  const hp = inspector.shownRows.filter({ hasText: 'hp' }).last();
  await expect(hp).toContainText('7');
  await expect(hp).toBeFocused();
  await expect(strip.marks.nth(1)).toHaveAttribute('aria-selected', 'true');

  // From there on, the same history, with the moment that is shown.
  await page.keyboard.press('h');
  await expect(rows.nth(1)).toHaveAttribute('aria-current', 'true');
  await valueHistory.choose(1, 'Compare with now');
  await expect(dialog).toBeHidden();
  await expect(hp).toContainText('7→12');
});

test('what was undone is not told, and a value that was never there has no history', async ({ page, playground }) => {
  const { inspector, valueHistory: { dialog, rows, status } } = playground;
  await play(playground);
  await inspector.undo.click();
  await goToHp(inspector);
  await page.keyboard.press('h');
  await expect(rows).toHaveCount(2);
  await expect(status).toContainText('3 states');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(inspector.row('hp')).toBeFocused();
  // A value of another branch is not on the line of _home.
  await playground.run('_home.branch = 1');
  await playground.strip.marks.nth(3).click();
  await inspector.shownRows.filter({ hasText: 'player' }).first().focus();
  await page.keyboard.press('h');
  await expect(rows).toHaveCount(2);
});

test.describe('on a small screen', () => {
  test.use({ viewport: { width: 390, height: 800 }, hasTouch: true });

  test('the menu of a row leads to both, and all fits', async ({ page, playground }) => {
    const { inspector, valueHistory: { dialog, rows, writer } } = playground;
    await playground.run('_home.t = { 1 }');
    await playground.run('_home.t[2] = "' + 'long '.repeat(40) + '"');
    await page.getByRole('tab', { name: '_home' }).tap();
    await inspector.row('t').getByTitle('More').tap();
    await page.getByRole('menuitem', { name: 'History of this value' }).tap();
    await expect(rows).toHaveCount(2);
    await expect(rows.first()).toContainText('+1');
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await dialog.getByRole('button', { name: /^More/ }).first().tap();
    await page.getByRole('menuitem', { name: 'Who wrote this' }).tap();
    await expect(writer).toContainText('_home.t');
    await expect(writer).toContainText('mentions t at line 1');
    expect(await writer.evaluate((it) => it.scrollWidth <= it.clientWidth)).toBe(true);
    await writer.getByRole('button', { name: 'Show the moment' }).tap();
    await expect(inspector.row('t')).toBeVisible();
  });
});
