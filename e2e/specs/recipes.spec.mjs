// The build for the tests has one worker, one pane, one command and one request more than the one for people, each added
// as a recipe in ARCHITECTURE.md says: see app/src/probe.rs.

import { expect, test } from '../fixtures/test.mjs';

test('a command shows a pane, where a second worker and the engine answer', async ({ playground, page }) => {
  const pane = page.getByRole('region', { name: 'Probe' });
  await expect(pane).toBeHidden();
  await page.keyboard.press('Alt+Shift+E');
  await expect(pane.getByText('Echo: Ok(Text("hello"))')).toBeVisible();
  await expect(pane.getByText('Engine: Ok("hello")')).toBeVisible();
  await expect(pane.getByRole('button', { name: 'Ask' })).toBeFocused();
  const urls = page.workers().map((worker) => worker.url());
  expect(urls).toContainEqual(expect.stringMatching(/\/echo-worker-[0-9a-f]+\/boot\.js$/));
});
