// The guide is static, so this needs no playground: how its pages look, and that one leads to the others.

import { violations } from '../fixtures/axe.mjs';
import { expect, test } from '../fixtures/test.mjs';

test('the guide leads through its pages, and to the playground', async ({ page }) => {
  await page.goto('guide/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the text' })).toBeFocused();
  await page.getByRole('main').getByRole('link', { name: 'Five-minute start' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Five-minute start' })).toBeVisible();
  const pages = page.getByRole('navigation', { name: 'Pages of the guide' });
  await pages.getByRole('link', { name: 'Files and modules' }).click();
  await expect(page).toHaveTitle('Files and modules · cu guide');
  await expect(pages.getByRole('link', { name: 'Files and modules' })).toHaveAttribute('aria-current', 'page');

  const example = page.getByRole('link', { name: 'Open in playground' }).first();
  const [, id] = /#example=(.*)/.exec(await example.getAttribute('href'));
  const program = await page.evaluate((url) => fetch(url).then((response) => response.json()), `../examples/${id}.json`);
  expect(program.files.map(({ path }) => path)).toEqual(['main.lua', 'shop/prices.lua']);
  await example.click();
  await expect(page.getByText('is not kept yet')).toBeVisible();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('log', { name: 'Console' })).toContainText('120.0');
});

test('its pages are legible in both themes, and fit a phone', async ({ page }) => {
  for (const [theme, width] of /** @type {const} */ ([['light', 1280], ['dark', 390]])) {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height: 800 });
    for (const name of ['', 'kept.html', 'compatibility.html']) {
      await page.goto(`guide/${name}`);
      expect(await violations(page), `${name} in ${theme}`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBe(width);
    }
  }
});
