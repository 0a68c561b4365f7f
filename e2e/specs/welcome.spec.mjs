import { expect, test } from '../fixtures/test.mjs';
import { Playground } from '../pages/playground.mjs';

test.use({ welcome: 'examples' });

const line = (page) => page.getByText('keeps what programs put in it');

test('a first visit finds a filled _home with two runs, and Run adds a third', async ({ playground, page }) => {
  await expect(line(page)).toBeVisible();
  await playground.inspector.expectRow('planets');
  await playground.inspector.expectRow('ages');
  await expect(playground.strip.marks).toHaveCount(2);
  await playground.toolbar.run.click();
  await playground.inspector.expectRow('next');
  await expect(playground.strip.marks).toHaveCount(3);
  await playground.console.submit('_home.ages(30).Mars');
  await playground.console.expectText('15');
});

test('the first edit takes the line away for good', async ({ playground, page }) => {
  await expect(line(page)).toBeVisible();
  await playground.open();
  await expect(line(page)).toBeVisible();
  await playground.editor.write('print("mine")');
  await expect(line(page)).toBeHidden();
  await playground.open();
  await playground.inspector.expectRow('planets');
  await expect(line(page)).toBeHidden();
  await expect(playground.strip.marks).toHaveCount(2);
});

test('another workspace begins empty, and without the line', async ({ playground, page }) => {
  await expect(line(page)).toBeVisible();
  await playground.workspaces.create('Second');
  await playground.workspaces.expectShown('Second');
  await playground.toolbar.expectStatus('Ready');
  await expect(page.getByText('is a table that stays')).toBeVisible();
  await expect(line(page)).toBeHidden();
});

test('a person can start empty', async ({ playground, page }) => {
  await page.getByRole('button', { name: 'Start empty' }).click();
  await expect(line(page)).toBeHidden();
  await expect(playground.inspector.row('planets')).toHaveCount(0);
  await playground.open();
  await expect(playground.inspector.row('planets')).toHaveCount(0);
});

test('Run pressed while the examples run waits for them', async ({ page }) => {
  // As soon as the console has the head of the first example.
  await page.addInitScript(() => {
    const press = (_, observer) => {
      if (!document.querySelector('[role=log]')?.textContent.includes('example 1')) return;
      observer.disconnect();
      /** @type {HTMLElement} */ (document.querySelector('.toolbar-run button')).click();
    };
    new MutationObserver(press).observe(document, { childList: true, subtree: true });
  });
  const playground = new Playground(page);
  await playground.open();
  await playground.console.expectText('1\t2');
  await expect(playground.strip.marks).toHaveCount(3);
  await expect(page.getByRole('log')).toContainText(/example 1[^]*example 2[^]*main\.lua/);
});
