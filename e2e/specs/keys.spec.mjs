import { engines, expect, test } from '../fixtures/test.mjs';

test('keys can be changed and switched off, and stay so', engines('keys and focus'), async ({ page, playground }) => {
  const keys = page.getByRole('dialog', { name: 'Keyboard' });
  await page.getByRole('heading', { name: 'cu', exact: true }).click();
  await page.keyboard.press('?');
  await keys.getByRole('button', { name: /^Run the program:/ }).click();
  await page.keyboard.press('Control+s');
  await expect(keys.getByRole('alert')).toHaveText('“Save the file to the computer” has that one.');
  await keys.getByRole('button', { name: /^Run the program:/ }).click();
  await page.keyboard.press('F9');
  await expect(keys.getByRole('button', { name: /^Run the program: F9/ })).toBeVisible();
  await keys.getByRole('checkbox', { name: /Single keys/ }).uncheck();
  await keys.getByRole('button', { name: 'Close', exact: true }).click();
  await page.keyboard.press('?');
  await expect(keys).toBeHidden();

  const later = await playground.reopen();
  await expect(later.toolbar.run).toHaveAttribute('title', /F9/);
  await later.editor.write('print("by the new key")');
  await later.page.keyboard.press('F9');
  await later.console.expectLine('by the new key');
  await later.page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  const dialog = later.page.getByRole('dialog', { name: 'Keyboard' });
  await dialog.getByRole('button', { name: 'Reset the keys of: Run the program' }).click();
  await expect(dialog.getByRole('button', { name: /^Run the program: Ctrl\+Enter/ })).toBeVisible();
});

test('a key goes round the panes', async ({ page, playground }) => {
  await playground.editor.input.focus();
  await page.keyboard.press('F6');
  await expect(playground.console.input).toBeFocused();
  await page.keyboard.press('Shift+F6');
  await expect(playground.editor.input).toBeFocused();
});
