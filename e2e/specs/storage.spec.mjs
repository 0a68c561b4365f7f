import { guardRoom } from '../fixtures/database.mjs';
import { engines, expect, test } from '../fixtures/test.mjs';
import { Playground } from '../pages/playground.mjs';

test('the used space is shown, and whether the browser may clear it', engines('what the browser says of its storage'), async ({ playground }) => {
  await playground.run('_home.value = 1');
  await playground.toolbar.storage.click();
  const { dialog, storage } = playground.settings;
  await expect(storage).toContainText(/^\d+(\.\d)? k?B of \d+(\.\d)? [MG]B used$/);
  await expect(dialog).toContainText(/may be deleted by the browser|kept until you delete it/);
});

test.describe('where the browser decides by itself', () => {
  test.skip(({ browserName }) => browserName !== 'chromium', 'Firefox asks the person, whom it does not let us play');

  test('the page says whether the browser promises to keep its data', async ({ playground, page }) => {
    const { dialog } = playground.settings;
    const ask = dialog.getByRole('button', { name: 'Ask to keep it' });
    await playground.run('_home.value = 1');
    await playground.settings.button.click();
    await ask.click();
    await expect(dialog).toContainText('the browser declined to keep it');

    const session = await page.context().newCDPSession(page);
    const { targetInfo } = await session.send('Target.getTargetInfo');
    const { browserContextId } = targetInfo;
    const permissions = [/** @type {const} */ ('durableStorage')];
    await session.send('Browser.grantPermissions', { origin: new URL(page.url()).origin, permissions, browserContextId });
    await page.reload();
    await playground.toolbar.expectStatus('Ready');
    // Saving the first named snapshot asks as well.
    await playground.snapshots.save('mine');
    await playground.settings.button.click();
    await expect(dialog).toContainText('kept until you delete it');
    await expect(ask).toHaveCount(0);
  });
});

test.describe('where the disk is full', () => {
  test('saved snapshots stay, and what could not be saved is offered as a file', engines('a full disk'), async ({ page }) => {
    const setFull = await guardRoom(page.context());
    const playground = new Playground(page);
    await playground.open();
    await playground.run('_home.value = "saved before"');
    await setFull(page, true);
    await playground.start('_home.value = "precious"');
    await expect(playground.toolbar.banner).toContainText("the browser's storage is full");
    await expect(page.getByRole('contentinfo')).toContainText('not saved');
    await playground.snapshots.saveButton.click();
    await playground.snapshots.answer('mine');
    await expect(playground.snapshots.problem).toContainText("the browser's storage is full");

    const file = await playground.snapshots.download(() =>
      playground.toolbar.banner.getByRole('button', { name: 'Download' }).click(),
    );
    expect(file.name).toMatch(/^_home .*\.cusnap$/);

    const later = await playground.reopen();
    await expect(later.inspector.row('value')).toContainText('"saved before"');
    await later.snapshots.import(file);
    await expect(later.inspector.view(/_home/).row('value')).toContainText('"precious"');
    await later.inspector.restore.click();
    await later.snapshots.confirm('Restore');
    await expect(later.inspector.row('value')).toContainText('"precious"');
  });

  test('when there is space again, the next run is saved, and the warning disappears', async ({ page }) => {
    const setFull = await guardRoom(page.context());
    const playground = new Playground(page);
    await playground.open();
    await playground.run('_home.value = 1');
    await setFull(page, true);
    await playground.start('_home.value = 2');
    await expect(playground.toolbar.banner).toBeVisible();
    await setFull(page, false);
    await playground.run('_home.more = true');
    await expect(playground.toolbar.banner).toHaveCount(0);
    const later = await playground.reopen();
    await expect(later.inspector.row('value')).toContainText('2');
    await expect(later.inspector.row('more')).toContainText('true');
  });
});
