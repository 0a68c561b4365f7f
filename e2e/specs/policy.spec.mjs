import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { engines, expect, test } from '../fixtures/test.mjs';
import { dist } from '../serve.mjs';

test.use({ editor: 'monaco' });

/** Collects violations of the page's security policy, from its first script on. */
function watchPolicy(page) {
  return page.addInitScript(() => {
    globalThis.violations = [];
    addEventListener('securitypolicyviolation', (violation) => {
      globalThis.violations.push(`${violation.effectiveDirective}: ${violation.blockedURI}`);
    });
  });
}

for (const { where, folder, details } of [
  { where: 'with the policy of the page and of the host', folder: '', details: {} },
  { where: 'with the policy of the page alone', folder: 'bare/', details: engines('the security policy') },
]) {
  test.describe(where, () => {
    test.use({ folder });

    test('the playground does nothing that its security policy forbids', details, async ({ page, playground }) => {
      await watchPolicy(page);
      await page.reload();
      await playground.toolbar.expectStatus('Ready');
      await playground.editor.expectLoaded();

      await playground.run('_home.value = { 1, 2 } print("out") return _home');
      await playground.console.openResult('value');
      await playground.run('error("no")', 'Failed');
      await expect(playground.editor.errorMarks.first()).toBeVisible();
      await playground.snapshots.save('mine');
      for (const theme of ['Dark', 'Light']) await playground.toolbar.chooseTheme(theme);
      // Monaco's own popups.
      await playground.editor.focus();
      await page.keyboard.press('ControlOrMeta+f');
      await page.keyboard.press('F1');
      expect(await page.evaluate(() => globalThis.violations)).toEqual([]);
    });
  });

  test.describe(where, () => {
    // Firefox reports violations as errors, so there every other test checks for them too.
    test.use({ folder, expectedErrors: /^Content-Security-Policy/ });

    test('code made from text is refused', details, async ({ page, playground }) => {
      await playground.toolbar.expectStatus('Ready');
      // In a task of the page itself: code that a test evaluates may be exempt from the policy.
      const outcomes = await page.evaluate(
        () =>
          new Promise((resolve) => {
            const attempt = (action) => {
              try {
                return action();
              } catch (error) {
                return error.name;
              }
            };
            setTimeout(() => {
              const script = document.createElement('script');
              script.textContent = 'globalThis.inlineRan = true';
              document.body.append(script);
              resolve([attempt(() => eval('1')), attempt(() => Function('return 1')()), 'inlineRan' in globalThis]);
            });
          }),
      );
      expect(outcomes).toEqual(['EvalError', 'EvalError', false]);
    });
  });
}

test('the page has no inline script', async () => {
  const html = await readFile(join(dist, 'index.html'), 'utf8');
  const scripts = html.match(/<script[^>]*>[^<]*/g);
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) expect(script).toMatch(/^<script[^>]* src="[^"]+"[^>]*>$/);
  expect(html).not.toMatch(/ on[a-z]+="/);
});
