import { expect, test } from '../fixtures/test.mjs';

function brightness(page) {
  return page.evaluate(() => {
    const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).map(Number);
    return (red + green + blue) / 3;
  });
}

for (const [colorScheme, isDark] of [
  ['light', false],
  ['dark', true],
]) {
  test.describe(`on a ${colorScheme} system`, () => {
    test.use({ colorScheme });

    test(`the page is ${colorScheme}, the editor too`, async ({ page, playground }) => {
      expect((await brightness(page)) < 128).toBe(isDark);
      const [red] = await playground.editor.region
        .locator('.monaco-editor-background')
        .first()
        .evaluate((element) => getComputedStyle(element).backgroundColor.match(/[\d.]+/g).map(Number));
      expect(red < 128).toBe(isDark);
    });
  });
}

test.describe('on a small screen', () => {
  test.use({ viewport: { width: 375, height: 667 } });

  test('one pane is shown at a time, and Run stays in reach', async ({ page, playground }) => {
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

test('panes are resized, and keep their size after a reload', async ({ page, playground }) => {
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
