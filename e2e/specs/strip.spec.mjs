import { engines, expect, test } from '../fixtures/test.mjs';

/** Three runs, of which each changes what the one before left. */
async function runThrice(playground) {
  for (const value of ['"first"', '"second"', '"third"']) await playground.run(`_home.value = ${value}`);
  await expect(playground.strip.marks).toHaveCount(3);
}

test('the arrow keys go through history, and Escape back to the present', engines('keys and focus'), async ({ page, playground }) => {
  const { inspector, strip } = playground;
  await runThrice(playground);
  await expect(strip.shown).toHaveAttribute('aria-current', 'true');
  await strip.list.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(inspector.shownRows).toContainText('\"second\"');
  await page.keyboard.press('ArrowLeft');
  await expect(inspector.shownRows).toContainText('\"first\"');
  await page.keyboard.press('End');
  await expect(strip.now).toHaveCount(0);
  await expect(inspector.shownRows).toContainText('\"third\"');
  await page.keyboard.press('Home');
  await expect(inspector.shownRows).toContainText('\"first\"');
  await expect(strip.shown).toHaveAttribute('aria-label', /1 value$/);
  await page.keyboard.press('Escape');
  await expect(inspector.shownRows).toContainText('\"third\"');
  await expect(strip.list).toBeFocused();
});

test('Enter goes on from the shown moment', async ({ page, playground }) => {
  const { inspector, snapshots, strip } = playground;
  await runThrice(playground);
  await strip.marks.first().click();
  await expect(inspector.shownRows).toContainText('\"first\"');
  await strip.list.focus();
  await page.keyboard.press('Enter');
  await snapshots.confirm('Restore');
  await expect(strip.now).toHaveCount(0);
  await expect(inspector.shownRows).toContainText('\"first\"');
  await playground.run('print("now", _home.value)');
  await playground.console.expectText('now\tfirst');
});

test('a snapshot with a name has a mark of its own, also after a reload', async ({ playground }) => {
  await runThrice(playground);
  await playground.snapshots.save('the third');
  await expect(playground.strip.marks).toHaveCount(4);
  const later = await playground.reopen();
  await later.strip.marks.last().click();
  await expect(later.strip.shown).toHaveAttribute('aria-label', /the third/);
  await later.strip.now.click();
  await expect(later.strip.now).toHaveCount(0);
});

test('a run after an undo begins a branch, and the strip shows both lines', async ({ page, playground }) => {
  const { inspector, strip } = playground;
  const lines = page.locator('.strip-line');
  const branchOf = (marks) => marks.and(marks.page().getByRole('option', { name: /on another branch/ }));
  await runThrice(playground);
  await expect(lines).toHaveCount(2);
  await expect(branchOf(strip.marks)).toHaveCount(0);
  for (const value of ['"second"', '"first"']) {
    await inspector.undo.click();
    await expect(inspector.shownRows).toContainText(value);
  }
  await expect(branchOf(strip.marks)).toHaveCount(0);
  await playground.run('_home.value = "fourth"');
  await expect(strip.marks).toHaveCount(4);
  await expect(lines).toHaveCount(3);
  const later = await playground.reopen();
  for (const at of [1, 2]) await expect(branchOf(later.strip.marks.nth(at))).toHaveCount(1);
  await expect(branchOf(later.strip.marks)).toHaveCount(2);
  await later.strip.marks.nth(2).click();
  await expect(later.inspector.shownRows).toContainText('"third"');
});

test('the console scrolls to the run of the moment that is shown', async ({ page, playground }) => {
  for (const run of ['a', 'b', 'c']) {
    await playground.run(`print({run = "${run}"}) for i = 1, 60 do print(i) end _home.value = "${run}"`);
  }
  const beginning = (run) => page.getByRole('log').getByText(`run = "${run}"`);
  await expect(playground.console.changes).toHaveCount(3);
  await expect(beginning('a')).not.toBeInViewport();
  await playground.strip.marks.first().click();
  await expect(beginning('a')).toBeInViewport();
  await page.keyboard.press('ArrowRight');
  await expect(beginning('b')).toBeInViewport();
  await expect(beginning('a')).not.toBeInViewport();
});

test('the head of a run says what it changed, and leads to it', async ({ playground }) => {
  const { console, inspector } = playground;
  await playground.run('_home.list = { 1, 2, 3 }');
  await playground.run('_home.list[2] = "two" _home.more = true');
  await expect(console.log).toContainText('main.lua');
  await expect(console.changes.last()).toHaveText('+1 ~1');
  await console.changes.last().click();
  await expect(inspector.region).toContainText('"two"');
  await expect(inspector.region).toContainText('1 added, 1 changed');
  await playground.run('print("nothing")');
  await expect(console.log).toContainText('no change');
  await expect(console.changes).toHaveCount(2);
});

test('the strip can be hidden, and stays so', async ({ page, playground }) => {
  await playground.run('_home.value = 1');
  await playground.panes.viewButton.click();
  await playground.panes.menu.getByRole('menuitemcheckbox', { name: 'Show the history strip' }).click();
  await expect(playground.strip.list).toHaveCount(0);
  const later = await playground.reopen();
  await expect(later.inspector.row('value')).toBeVisible();
  await expect(later.strip.list).toHaveCount(0);
});

test.describe('on a small screen', () => {
  test.use({ viewport: { width: 375, height: 667 }, hasTouch: true });

  test('a tap on a mark shows that moment', async ({ playground }) => {
    await runThrice(playground);
    await playground.strip.marks.first().tap();
    await expect(playground.inspector.shownRows).toContainText('\"first\"');
    await playground.strip.now.tap();
    await expect(playground.inspector.shownRows).toContainText('\"third\"');
  });
});
