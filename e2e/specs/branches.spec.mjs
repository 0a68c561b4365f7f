import { engines, expect, test } from '../fixtures/test.mjs';

/** Two branches that part after the first run: `_home.a = 2`, and `_home.b = 1`, where `_home` is. */
async function part(playground) {
  const { inspector } = playground;
  await playground.run('_home.a = 1');
  await playground.run('_home.a = 2');
  await inspector.undo.click();
  await expect(inspector.row('a')).toContainText('1');
  await playground.run('_home.b = 1');
  await expect(inspector.row('b')).toBeVisible();
}

/** Opens the list of branches from the menu of `_home`. */
async function list({ branches, inspector }) {
  await inspector.choose('Branches');
  await expect(branches.dialog).toBeVisible();
}

test('a redo asks which of two runs is wanted', engines('keys and focus'), async ({ page, playground }) => {
  const { branches, inspector } = playground;
  await part(playground);
  await inspector.undo.click();
  await expect(inspector.row('b')).toHaveCount(0);
  await inspector.redo.click();
  await expect(branches.choices).toHaveCount(2);
  await expect(branches.choices.first()).toContainText('_home.b = 1');
  await expect(branches.choices.first()).toContainText('+1');
  await expect(branches.choices.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(branches.redo).toBeHidden();
  await expect(inspector.row('a')).toContainText('2');

  await page.keyboard.press('Alt+z');
  // The row says 1 before, too: that is what it was.
  await expect(inspector.redo).toBeEnabled();
  await page.keyboard.press('Alt+Shift+Z');
  await expect(branches.redo).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(branches.redo).toBeHidden();
  await expect(inspector.row('b')).toHaveCount(0);
  await page.keyboard.press('Alt+Shift+Z');
  await branches.choices.first().click();
  await expect(inspector.row('b')).toContainText('1');
});

test('where one run was undone, a redo asks nothing', async ({ playground }) => {
  const { branches, inspector } = playground;
  await playground.run('_home.a = 1');
  await inspector.undo.click();
  await expect(inspector.rows).toHaveCount(0);
  await inspector.redo.click();
  await expect(inspector.row('a')).toContainText('1');
  await expect(branches.redo).toHaveCount(0);
});

test('another branch becomes _home, and nothing new is saved', engines('keys and focus'), async ({ page, playground }) => {
  const { inspector, snapshots, strip } = playground;
  await part(playground);
  await strip.marks.first().click();
  await expect(inspector.shownRows).toHaveCount(1);
  await expect(strip.switch).toHaveCount(0);
  await strip.marks.nth(1).click();
  await expect(inspector.shownRows).toContainText('2');
  await strip.switch.click();
  await expect(strip.now).toHaveCount(0);
  await expect(inspector.row('a')).toContainText('2');
  await expect(strip.marks).toHaveCount(3);
  await expect(strip.marks.nth(1)).toHaveAttribute('aria-current', 'true');
  await expect(strip.list).toBeFocused();
  await expect(strip.marks.nth(2)).toHaveAttribute('aria-label', /on another branch/);
  await playground.console.expectText('_home is now as it was after “_home.a = 2”.');

  // From the palette, and from the list of snapshots.
  await strip.marks.nth(2).click();
  await expect(inspector.shownRows).toHaveCount(2);
  await page.keyboard.press('Control+p');
  await page.keyboard.type('> switch to this');
  await page.keyboard.press('Enter');
  await expect(inspector.row('b')).toContainText('1');
  await snapshots.showRecentRuns();
  await snapshots.choose('_home.a = 2', 'Switch to this');
  await expect(inspector.row('a')).toContainText('2');
  await expect(strip.marks).toHaveCount(3);
});

test('a branch has a name, which goes on with it and stays over a reload', engines('what is on disk'), async ({ playground }) => {
  const { branches, strip } = playground;
  await part(playground);
  await list(playground);
  await expect(branches.rows).toHaveCount(2);
  await expect(branches.current).toContainText('_home.b = 1');
  await expect(branches.row('_home.a = 2')).toContainText('1 run');
  await branches.name('_home.a = 2', 'Name…', 'tried');
  await expect(branches.row('tried')).toBeVisible();
  await branches.name('_home.b = 1', 'Name…', 'tried');
  await playground.console.expectText('another branch has this name');
  await expect(branches.dialog).toBeHidden();
  await list(playground);
  await branches.name('_home.b = 1', 'Name…', 'kept');
  await branches.switchTo('tried');
  await expect(branches.dialog).toBeHidden();
  await playground.run('_home.a = 3');
  await expect(strip.marks.nth(3)).toHaveAttribute('aria-label', /end of the branch “tried”/);
  await expect(strip.marks.nth(3)).toContainText('tried');
  await expect(strip.marks.nth(1)).not.toHaveAttribute('aria-label', /tried/);

  const later = await playground.reopen();
  await expect(later.strip.marks.nth(3)).toContainText('tried');
  await expect(later.strip.marks.nth(2)).toContainText('kept');
  await list(later);
  await expect(later.branches.row('tried')).toContainText('2 runs');
  await later.branches.choose('kept', 'Remove the name');
  await expect(later.branches.row('_home.b = 1')).toBeVisible();
  await later.branches.name('tried', 'Rename…', 'done');
  await expect(later.branches.row('done')).toBeVisible();
});

test('a branch is compared with now, and deleted', async ({ page, playground }) => {
  const { branches, inspector, strip } = playground;
  await part(playground);
  await list(playground);
  await branches.choose('_home.a = 2', 'Compare with now');
  await expect(inspector.region).toContainText('1 added, 1 changed');
  await inspector.close.click();
  await list(playground);
  await branches.row('_home.b = 1').getByRole('button', { name: /^More/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Delete…' })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  await branches.choose('_home.a = 2', 'Delete…');
  await expect(branches.question).toContainText('Delete the branch “_home.a = 2” with 1 run?');
  await branches.question.getByRole('button', { name: 'Delete' }).click();
  await expect(strip.marks).toHaveCount(2);
  await expect(inspector.row('b')).toContainText('1');
  // There is one branch now.
  await inspector.region.getByRole('button', { name: 'More for _home' }).click();
  await expect(page.getByRole('menuitem', { name: 'Compare two states…' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Branches' })).toHaveCount(0);
});

test.describe('on a small screen', () => {
  test.use({ viewport: { width: 390, height: 800 }, hasTouch: true });

  test('branches are chosen by touch, and fit', async ({ page, playground }) => {
    const { branches, inspector, strip } = playground;
    await playground.run('_home.a = 1');
    await playground.run('_home.a = 2');
    await page.keyboard.press('Alt+z');
    await expect(strip.marks.first()).toHaveAttribute('aria-current', 'true');
    await playground.run('_home.b = 1');
    await strip.marks.last().tap();
    await inspector.undo.tap();
    await expect(inspector.row('b')).toHaveCount(0);
    await inspector.redo.tap();
    await branches.choices.last().tap();
    await expect(inspector.row('a')).toContainText('2');
    await list(playground);
    const fits = await branches.dialog.evaluate((dialog) => dialog.scrollWidth <= dialog.clientWidth);
    expect(fits).toBe(true);
    await branches.row('_home.b = 1').getByRole('button', { name: /^Switch to/ }).tap();
    await expect(inspector.row('b')).toContainText('1');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});
