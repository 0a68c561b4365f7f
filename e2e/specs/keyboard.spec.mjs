import { engines, expect, test } from '../fixtures/test.mjs';

test.use({ editor: 'monaco' });

/** Presses Tab until the element has the focus. */
async function tabTo(page, locator) {
  for (let press = 0; press < 60; press += 1) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${locator}`);
}

test('Tab reaches every control, including those after the editor', engines('keys and focus'), async ({ page, playground }) => {
  await playground.run('_home.value = 1 print("text")');
  await page.getByRole('heading', { name: 'cu', exact: true }).click();
  await tabTo(page, playground.toolbar.run);
  await tabTo(page, playground.snapshots.saveButton);
  await tabTo(page, playground.editor.input);
  // In Monaco, Tab indents until this key makes it move the focus again.
  await page.keyboard.press('Control+m');
  await tabTo(page, playground.console.clear);
  await tabTo(page, playground.console.log);
  await tabTo(page, playground.inspector.row('value'));
  await tabTo(page, playground.snapshots.saveFirst);
  await tabTo(page, playground.strip.list);
});

test('the focus returns to where it was when a dialog closes', engines('keys and focus'), async ({ page, playground }) => {
  await playground.run('_home.value = 1');
  await playground.snapshots.save('mine');
  await playground.inspector.row('value').focus();
  const remove = playground.snapshots.item('mine').getByRole('button', { name: /^Delete/ });
  await tabTo(page, remove);
  await page.keyboard.press('Enter');
  await expect(playground.snapshots.question).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(playground.snapshots.question).toBeHidden();
  await expect(remove).toBeFocused();
});
