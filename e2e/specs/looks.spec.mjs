import { engines, expect, test } from '../fixtures/test.mjs';

test.use({ editor: 'monaco' });

/** Whether the page and the editor have a dark background. */
async function isDark(page, playground) {
  const background = playground.editor.region.locator('.monaco-editor-background').first();
  const [ofPage, ofEditor] = await Promise.all(
    [page.locator('body'), background].map((locator) =>
      locator.evaluate((element) => getComputedStyle(element).backgroundColor.match(/[\d.]+/g).map(Number)),
    ),
  );
  return ofPage[0] < 128 && ofEditor[0] < 128;
}

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test.describe(`on a ${colorScheme} system`, () => {
    test.use({ colorScheme });
    test.skip(({ browserName }) => browserName === 'firefox', 'over BiDi, Firefox does not pretend');

    test(`the page is ${colorScheme}`, async ({ page, playground }) => {
      expect(await isDark(page, playground)).toBe(colorScheme === 'dark');
    });
  });
}

test('a chosen theme is kept', async ({ page, playground }) => {
  for (const theme of ['Dark', 'Light']) {
    await playground.toolbar.chooseTheme(theme);
    await expect.poll(() => isDark(page, playground)).toBe(theme === 'Dark');
    await page.reload();
    await playground.editor.expectLoaded();
    expect(await isDark(page, playground)).toBe(theme === 'Dark');
  }
});

test.describe('on a small screen', () => {
  test.use({ viewport: { width: 375, height: 667 } });

  test('one pane is shown at a time, and Run stays available', engines('layout'), async ({ page, playground }) => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(375);
    await playground.start('_home.small = true print("on a phone")');
    await page.getByRole('tab', { name: 'Output' }).click();
    await playground.console.expectLine('on a phone');
    await page.getByRole('tab', { name: '_home' }).click();
    await expect(playground.inspector.row('small')).toBeVisible();
    await expect(playground.toolbar.run).toBeInViewport();
  });
});

test('panes can be resized, and keep their size after a reload', engines('pointers'), async ({ page, playground }) => {
  const splitter = page.getByRole('separator').first();
  const before = await splitter.getAttribute('aria-valuenow');
  await splitter.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowUp');
  await expect(splitter).not.toHaveAttribute('aria-valuenow', before);
  const after = await splitter.getAttribute('aria-valuenow');
  await page.reload();
  await playground.editor.expectLoaded();
  await expect(splitter).toHaveAttribute('aria-valuenow', after);
});
