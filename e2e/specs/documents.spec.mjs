import { refuseTexts, storedTexts } from '../fixtures/database.mjs';
import { engines, expect, test } from '../fixtures/test.mjs';
import { InOut } from '../pages/in_out.mjs';
import { Playground } from '../pages/playground.mjs';

test.use({ editor: 'monaco' });

/** Opens the playground as someone does who used an earlier version, which kept texts in local storage alone. */
async function openAfterEarlierVersion(page, entries) {
  const playground = new Playground(page);
  await playground.open();
  await playground.run('_home.kept = "as it was"');
  // Nothing is left to store when the page is left: otherwise it could come back after the deletion.
  await expect.poll(() => storedTexts(page)).toEqual(['_home.kept = "as it was"']);
  await page.goto('./nothing-is-here');
  await page.evaluate((entries) => {
    localStorage.clear();
    for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, JSON.stringify(value));
    return new Promise((resolve, reject) => {
      const deleted = indexedDB.deleteDatabase('cu-documents');
      deleted.onsuccess = resolve;
      deleted.onerror = () => reject(deleted.error);
    });
  }, entries);
  await playground.open();
  await expect(playground.inspector.row('kept')).toContainText('"as it was"');
  return playground;
}

test('the texts of an earlier version are all there', engines('what stays in a database'), async ({ page }) => {
  const playground = await openAfterEarlierVersion(page, {
    'cu.program': { text: 'print("of before")', revision: 7, tab: 'old' },
    'cu.program.aside': [{ tab: 'older', text: 'print("kept aside")' }],
    'cu.input': { text: '{"old": true}', revision: 2, tab: 'old' },
  });
  await playground.editor.expectText('print("of before")');
  const later = await playground.reopen();
  await later.editor.expectText('print("of before")');
  const inOut = new InOut(later.page);
  await inOut.show();
  await expect(inOut.input).toHaveValue('{"old": true}');
  await later.page.getByRole('button', { name: 'Exchange it with this one' }).click();
  await later.editor.expectText('print("kept aside")');
  await expect.poll(() => storedTexts(later.page)).toContain('print("kept aside")');
  expect((await storedTexts(later.page)).sort()).toEqual(['print("kept aside")', 'print("of before")', '{"old": true}']);
  await expect.poll(() => later.page.evaluate(() => localStorage.getItem('cu.program'))).toBeNull();
});

test('a program of the first version, a bare text, is still there', async ({ page }) => {
  const playground = await openAfterEarlierVersion(page, { 'cu.program': 'print("bare")' });
  await playground.editor.expectText('print("bare")');
  await expect(playground.page.getByText('Nothing is lost')).toHaveCount(0);
});

test('where the browser stores no text, the page says so, and the next one has it', async ({ page, playground }) => {
  await refuseTexts(page);
  await playground.editor.write('print("hardly kept")');
  await expect(playground.toolbar.banner).toContainText('The browser did not store the program');
  const later = await playground.reopen();
  await later.editor.expectText('print("hardly kept")');
  await expect(later.page.getByText('Nothing is lost')).toHaveCount(0);
  await expect.poll(() => storedTexts(later.page)).toEqual(['print("hardly kept")']);
  const copies = () => later.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('cu.unsaved.')));
  await expect.poll(copies).toEqual([]);
});

test('a tab that is killed while text is typed loses nothing that was stored', async ({ playground }) => {
  await playground.editor.write('-- first');
  await expect.poll(() => storedTexts(playground.page)).toEqual(['-- first']);
  const other = new Playground(await playground.page.context().newPage());
  await playground.editor.write('-- second');
  const session = await playground.page.context().newCDPSession(playground.page);
  // Nobody is left to answer.
  session.send('Page.crash').catch(() => {});
  await other.open();
  await other.editor.expectText(/--\s(first|second)/);
  await expect(other.page.getByText('Nothing is lost')).toHaveCount(0);
});

test('the cursor is where it was when the page is opened again', async ({ page, playground }) => {
  await playground.editor.write(Array.from({ length: 200 }, (_, index) => `local line = ${index + 1}`).join('\n'));
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageDown');
  const line = await playground.editor.region.locator('.active-line-number').textContent();
  expect(Number(line)).toBeGreaterThan(10);
  const later = await playground.reopen();
  await later.editor.expectCursorOnLine(line);
});
