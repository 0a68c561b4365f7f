import { expect, test } from '../fixtures/test.mjs';

/** Presses Tab until the focus is there, as somebody without a mouse would. */
async function tabTo(page, locator) {
  for (let press = 0; press < 60; press += 1) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(locator).toBeFocused();
}

test('every control is reached by Tab', async ({ page, playground }) => {
  await playground.run('_home.value = 1 print("text")');
  await page.locator('body').evaluate(() => document.activeElement.blur());
  for (const control of [
    playground.toolbar.run,
    playground.console.clear,
    playground.snapshots.saveButton,
    playground.inspector.row('value'),
  ]) {
    await tabTo(page, control);
    await expect(control).toBeFocused();
  }
});

test('the focus returns to where it was when a question is answered', async ({ page, playground }) => {
  await playground.run('_home.value = 1');
  await playground.snapshots.save('mine');
  const remove = playground.snapshots.item('mine').getByRole('button', { name: /^Delete/ });
  await tabTo(page, remove);
  await page.keyboard.press('Enter');
  await expect(playground.snapshots.question).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(playground.snapshots.question).toBeHidden();
  await expect(remove).toBeFocused();
});
