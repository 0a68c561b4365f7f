// What every person can do whatever they see, hear and press: axe in all views, 200 per cent, and what a screen reader
// gets to know of the main job.

import { violations } from '../fixtures/axe.mjs';
import { expect, test } from '../fixtures/test.mjs';

/** What fills the panes: values, output, an error, snapshots and runs. */
async function fill(playground) {
  await playground.run('_home.list = { { name = "Ada" } } function _home.f() end print("x") return _home.list');
  await playground.snapshots.save('mine');
  await playground.run('_home.n = 1 local unused error("no")', 'Failed');
}

/** Each view that axe is to see, and how a person gets there. */
const views = {
  'the strip at a moment': ({ strip }) => strip.marks.first().click(),
  'one of two states chosen': ({ strip }) => strip.marks.first().click({ modifiers: ['ControlOrMeta'] }),
  'a pinned value and the path of a row': ({ inspector }) => inspector.chooseForRow(inspector.row('n'), 'Pin'),
  'a comparison': ({ snapshots }) => snapshots.choose('mine', 'Compare with _home'),
  'the runs, one open': async ({ runs }) => {
    await runs.show();
    await runs.open('_home.n = 1');
    await expect(runs.region.getByText('Output', { exact: true }).or(runs.region.locator('.run-details')).first()).toBeVisible();
  },
  'input and output': ({ page }) => page.getByRole('tab', { name: 'In / Out' }).click(),
  'the files': ({ files }) => files.show(),
  'the problems': ({ page }) => page.keyboard.press('Alt+Shift+7'),
  'the palette': async ({ page }) => {
    await page.keyboard.press('Control+p');
    await expect(page.getByRole('combobox', { name: 'Find' })).toBeFocused();
    await page.keyboard.type('a');
  },
  'the settings': ({ settings }) => settings.button.click(),
  'the keys': ({ page }) => page.getByRole('button', { name: 'Keyboard shortcuts' }).click(),
  'a question': async ({ page, snapshots }) => {
    await page.getByRole('tab', { name: 'Snapshots' }).click();
    await snapshots.delete('mine');
  },
  'a form': ({ inspector }) => inspector.choose('Compare two states…'),
  'a source': async ({ page, inspector }) => {
    await inspector.row('f').focus();
    await page.keyboard.press('Enter');
  },
  'a list of workspaces': ({ workspaces }) => workspaces.choose('All workspaces…'),
  'sharing': ({ workspaces }) => workspaces.choose('Share as a link…'),
};

for (const theme of /** @type {const} */ (['light', 'dark'])) {
  test(`${theme}: axe finds nothing in any view`, async ({ page, playground }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await fill(playground);
    for (const [name, show] of Object.entries(views)) {
      await test.step(name, async () => {
        await show(playground);
        expect(await violations(page), name).toEqual([]);
        // Out of dialogs, and back to `_home`.
        for (let press = 0; press < 3; press += 1) await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toHaveCount(0);
        if (await playground.strip.now.isVisible()) await playground.strip.now.click();
        if (await playground.inspector.close.isVisible()) await playground.inspector.close.click();
      });
    }
  });

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true });

    test(`${theme}: axe finds nothing in any pane`, async ({ page, playground }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await playground.run('_home.list = { { name = "Ada" } } print("x") error("no")', 'Failed');
      const tabs = page.getByRole('tablist').last().getByRole('tab');
      for (const tab of await tabs.all()) {
        await tab.tap();
        await expect(tab).toHaveAttribute('aria-selected', 'true');
        expect(await violations(page), await tab.innerText()).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      }
    });
  });
}

test.describe('at 200 per cent', () => {
  // 1280 × 800 pixels, of which each takes four.
  test.use({ viewport: { width: 640, height: 400 } });

  /** The controls of which the middle belongs to something else, and how far the page is wider than the screen. */
  const misplaced = (page) =>
    page.evaluate(() => {
      const controls = [...document.querySelectorAll('button, input, textarea, select, [role=tab], [role=option]')];
      const isCovered = (control) => {
        const { left, right, top, bottom } = control.getBoundingClientRect();
        const isSeen = control.checkVisibility({ visibilityProperty: true, opacityProperty: true });
        if (!isSeen || right - left < 2 || control.closest('.visually-hidden, .monaco-editor')) return false;
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        // What is scrolled out of its list comes back by scrolling.
        for (let box = control.parentElement; box; box = box.parentElement) {
          const around = box.getBoundingClientRect();
          const { overflowX, overflowY } = getComputedStyle(box);
          const scrolls = (overflow) => overflow === 'auto' || overflow === 'scroll';
          if (scrolls(overflowY) && (y < around.top || y > around.bottom)) return false;
          if (scrolls(overflowX) && (x < around.left || x > around.right)) return false;
        }
        const at = document.elementFromPoint(x, y);
        return !(at && (control.contains(at) || at.contains(control)));
      };
      const covered = controls.filter(isCovered).map((control) => control.outerHTML.slice(0, 120));
      return { covered, tooWide: document.documentElement.scrollWidth - innerWidth };
    });
  const nothing = { covered: [], tooWide: 0 };

  test('the main job is done, and nothing is lost or covered', async ({ page, playground }) => {
    const { console, inspector, snapshots } = playground;
    const show = (name) => page.getByRole('tab', { name, exact: true }).click();
    expect(await misplaced(page)).toEqual(nothing);
    await playground.run('_home.count = 1 print("said")');
    expect(await misplaced(page)).toEqual(nothing);
    await show('Output');
    await console.expectLine('said');
    expect(await misplaced(page)).toEqual(nothing);
    await show('_home');
    await expect(inspector.row('count')).toBeInViewport();
    await inspector.row('count').focus();
    expect(await misplaced(page)).toEqual(nothing);
    await snapshots.saveButton.click();
    await snapshots.answer('mine');
    await show('Saved');
    await expect(snapshots.item('mine')).toBeInViewport();
    expect(await misplaced(page)).toEqual(nothing);
    for (const name of ['Runs', 'In / Out', 'Files', 'Errors']) {
      await show(name);
      expect(await misplaced(page), name).toEqual(nothing);
    }
  });

  test('a dialog can be read to its end and answered', async ({ page, playground }) => {
    await playground.settings.button.click();
    await playground.settings.save.scrollIntoViewIfNeeded();
    await expect(playground.settings.save).toBeInViewport();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(640);
    await playground.settings.save.click();
    await expect(playground.settings.dialog).toHaveCount(0);
  });
});

test('a screen reader is told all of the main job', async ({ page, playground }) => {
  const { console, editor, inspector, snapshots, strip, toolbar } = playground;
  await expect(page.getByRole('banner')).toMatchAriaSnapshot(`
    - banner:
      - heading "cu" [level=1]
      - button /Run/
      - button "Save snapshot"
  `);
  await editor.write('_home.count = 1\nprint("said")');
  await toolbar.run.click();
  await toolbar.expectStatus('Ready');
  await expect(console.log).toMatchAriaSnapshot(`
    - log "Console":
      - paragraph:
        - text: /main.lua .* ms/
        - 'button "What the run changed: 1 added"'
      - text: said
  `);
  await expect(inspector.tree).toMatchAriaSnapshot(`
    - tree "_home":
      - treeitem /count 1/
  `);
  await snapshots.save('before');
  await expect(snapshots.item('before')).toMatchAriaSnapshot(`
    - listitem:
      - button "Inspect “before”"
      - button "Restore “before”"
      - button "Delete “before”"
      - button "More for “before”"
  `);
  await editor.write('_home.count = 2\nerror("it went wrong")');
  await toolbar.run.click();
  await toolbar.expectStatus('Failed');
  await expect(console.log).toMatchAriaSnapshot(`
    - log "Console":
      - paragraph
      - text: said
  `);
  await expect(console.log).toContainText('it went wrong');
  await expect(console.place('main.lua:2')).toBeVisible();
  await expect(page.getByRole('contentinfo')).toMatchAriaSnapshot(`
    - contentinfo:
      - status: /Failed/
  `);
  await expect(inspector.tree).toMatchAriaSnapshot(`
    - tree "_home":
      - treeitem /count 2 was 1/
  `);
  // Back to how it was: looked at first, and then restored.
  await strip.list.getByRole('option', { name: /before/ }).click();
  await expect(inspector.region.getByRole('tabpanel')).toMatchAriaSnapshot(`
    - tabpanel "Inspector":
      - paragraph: /_home is unchanged/
      - button "Restore"
      - button "Compare with _home"
      - tree "“before”":
        - treeitem /count 1/
  `);
  await inspector.restore.click();
  await expect(page.getByRole('dialog')).toMatchAriaSnapshot(`
    - dialog "Restore “before”?":
      - button "Cancel"
      - button "Restore"
  `);
  await snapshots.confirm('Restore');
  await expect(inspector.tree).toMatchAriaSnapshot(`
    - tree "_home":
      - treeitem /count 1/
  `);
  await console.expectText('_home is now as in “before”.');
});

test('what is announced is announced once', async ({ page, playground }) => {
  const { console, editor, snapshots, toolbar } = playground;
  // What is added to live regions, as a screen reader hears it: what is there already is not news.
  await page.evaluate(() => {
    const regions = '[role=status], [role=alert], [role=log], [aria-live]:not([aria-live=off])';
    window.heard = [];
    const hear = (node, text) => {
      const element = node instanceof Element ? node : node.parentElement;
      if (element?.closest(regions)) window.heard.push(text);
      else if (node instanceof Element) node.querySelectorAll(regions).forEach((region) => hear(region, region.textContent));
    };
    new MutationObserver((records) => {
      const added = new Set(records.flatMap(({ addedNodes }) => [...addedNodes]));
      const isInAdded = (node) => node.parentNode && (added.has(node.parentNode) || isInAdded(node.parentNode));
      const changed = records.filter(({ type }) => type === 'characterData').map(({ target }) => target);
      for (const node of new Set([...added, ...changed])) if (!isInAdded(node)) hear(node, node.textContent);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  const times = async (text) => (await page.evaluate(() => window.heard)).filter((it) => it.includes(text)).length;
  await editor.write('print("said once")');
  await toolbar.run.click();
  await console.expectLine('said once');
  await toolbar.expectSaved();
  await expect.poll(() => times('said once')).toBe(1);
  await expect.poll(() => times('Ready')).toBe(1);
  await editor.write('error("told once")');
  await toolbar.run.click();
  await toolbar.expectStatus('Failed');
  await expect.poll(() => times('Failed')).toBe(1);
  await expect.poll(() => times('told once')).toBe(1);
  await snapshots.save('mine');
  await playground.strip.list.getByRole('option', { name: /mine/ }).click({ modifiers: ['ControlOrMeta'] });
  await expect(playground.snapshots.region).toContainText('is chosen');
  await expect.poll(() => times('“mine” is chosen')).toBe(1);
});
