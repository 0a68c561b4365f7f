// The gallery is a page of the test build with every component in its states. The pictures are for people: after the
// tests, they are in `results`. They are not compared with stored ones, which would differ with each version of a font.

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { violations } from '../fixtures/axe.mjs';
import { expect, test } from '../fixtures/test.mjs';

/** Components without a specimen, and why they need none. */
const excused = {
  gallery: 'it is the gallery',
  inspector: 'it chooses between three views, which have specimens',
  kept_banner: 'it needs another tab: see tabs.spec.mjs',
  layout: 'it only arranges panes',
  mod: 'it is the list of components',
  output_json: 'it shows what the worker says: see output.spec.mjs',
  pane: 'it is the frame of the panes, which have specimens',
  search_field: 'it shows what the worker says: see search.spec.mjs',
  shortcuts: 'it shows nothing',
  split: 'it only arranges panes',
  tab_group: 'it only arranges panes',
};

test('every component has a specimen, or a reason why not', async ({ page }) => {
  await page.goto('gallery.html');
  const specimens = page.locator('[data-component]');
  await expect(specimens.first()).toBeVisible();
  const shown = await specimens.evaluateAll((found) => found.flatMap((it) => it.dataset.component.split(', ')));
  const folder = fileURLToPath(new URL('../../app/src/components', import.meta.url));
  const files = readdirSync(folder).filter((name) => name.endsWith('.rs'));
  const components = files.map((name) => name.replace('.rs', ''));
  expect(components.filter((name) => !shown.includes(name) && !(name in excused))).toEqual([]);
  expect(Object.keys(excused).filter((name) => shown.includes(name) || !components.includes(name))).toEqual([]);
});

for (const theme of /** @type {const} */ (['light', 'dark'])) {
  for (const width of [1280, 390]) {
    test(`${theme}, ${width} pixels: every component looks as its picture shows`, async ({ page }, info) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await page.goto('gallery.html');
      const sections = page.locator('.gallery-section');
      await expect(sections.last()).toBeVisible();
      // A pane is there once for each of its states.
      expect(await violations(page, 'landmark-unique')).toEqual([]);
      for (const section of await sections.all()) {
        const name = (await section.getAttribute('aria-label')).toLowerCase();
        await section.screenshot({ path: info.outputPath(`${name}.png`) });
      }
      await page.getByRole('button', { name: 'More for the gallery' }).click();
      await expect(page.getByRole('menu')).toBeVisible();
      await page.screenshot({ path: info.outputPath('menu.png') });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });
  }
}
