import { expect, test } from '../fixtures/test.mjs';

const field = (page, name) => page.getByRole('dialog').getByRole('textbox', { name });

test.beforeEach(async ({ playground }) => {
  await playground.run('_home.user = { name = "Ada", age = 36 } _home.list = { "a", "b", "c" }');
  await playground.inspector.open('user');
});

test('F2 edits a value, a line of the console makes the change, and Undo run takes it back', async ({ page, playground }) => {
  const { console, inspector } = playground;
  const row = inspector.row('name');
  await row.press('F2');
  await expect(field(page, 'Value')).toBeFocused();
  await expect(field(page, 'Value')).toHaveValue('"Ada"');
  await page.keyboard.type('"Grace"');
  await page.keyboard.press('Enter');
  await expect(row).toContainText('"Grace"');
  await expect(row).toContainText('was "Ada"');
  await expect(row).toBeFocused();
  await console.expectText('_home.user.name = "Grace"');
  await inspector.undo.click();
  await expect(row).toContainText('"Ada"was "Grace"');
});

test('what is neither Lua nor JSON stays in the dialog, with the reason', async ({ page, playground }) => {
  const { inspector } = playground;
  await inspector.row('age').dblclick();
  await expect(field(page, 'Value')).toHaveValue('36');
  await field(page, 'Value').fill('thirty six');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText("expected near 'six'");
  await field(page, 'Value').fill('[36, null, {"b c": true}]');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await inspector.open('age');
  await inspector.expectRow('["b c"]');
});

test('the menu of a row adds, renames and removes', async ({ page, playground }) => {
  const { inspector } = playground;
  await inspector.chooseForRow(inspector.row('user'), 'Add an entry…');
  await field(page, 'Key').fill('name');
  await field(page, 'Value').fill('1');
  await field(page, 'Value').press('Enter');
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('There is already an entry with the key "name".');
  await field(page, 'Key').fill('born');
  await field(page, 'Key').press('Enter');
  await inspector.expectRow('born1');
  await inspector.chooseForRow(inspector.row('born'), 'Rename the key…');
  await expect(field(page, 'Key')).toHaveValue('born');
  await page.keyboard.type('year of birth');
  await page.keyboard.press('Enter');
  await inspector.expectRow('["year of birth"]');
  await expect(inspector.row('born')).toBeHidden();
  await inspector.open('list');
  await inspector.row('[1]').press('Delete');
  await expect(inspector.row('[3]')).toBeHidden();
  await expect(inspector.row('[1]')).toContainText('"b"');
});

test('entries are added to _home itself, and nothing is edited while a program runs', async ({ page, playground }) => {
  const { console, inspector, toolbar } = playground;
  await inspector.choose('Add to _home…');
  await field(page, 'Key').fill('total');
  await field(page, 'Value').fill('_home.user.age * 2');
  await field(page, 'Value').press('Enter');
  await expect(inspector.row('total')).toContainText('72');
  await playground.start('while true do end');
  await toolbar.expectStatus('Running');
  await inspector.row('total').press('Delete');
  await console.expectText('Not edited. A program runs.');
  await toolbar.stop.click();
});
