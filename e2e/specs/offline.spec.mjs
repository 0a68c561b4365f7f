import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { change, engines, expect, test } from '../fixtures/host.mjs';
import { Playground } from '../pages/playground.mjs';
import { Release } from '../pages/release.mjs';
import { storedFormats } from '../../scripts/build/offline.mjs';

// What the browser keeps must be what the host has, so these tests have Monaco, too.
test.use({ serviceWorkers: 'allow', editor: 'monaco' });

const count = '_home.visits = (_home.visits or 0) + 1 print("visits", _home.visits)';

async function runCommand(page, name) {
  await page.keyboard.press('Control+Shift+P');
  await page.getByRole('combobox', { name: 'Find' }).fill(`> ${name}`);
  await page.getByRole('option', { name }).click();
}

for (const { where, folder, details } of [
  { where: 'below a path', folder: 'sub/path/', details: {} },
  { where: 'on a host that sends no headers', folder: 'bare/', details: engines('service workers and what they keep') },
]) {
  test.describe(where, () => {
    test.use({ folder });

    test('without a network, everything works, and _home is kept', details, async ({ host, page, playground }) => {
      await playground.run(count);
      await new Release(page).kept();
      await host.leave();

      await page.reload();
      await playground.toolbar.expectStatus('Ready');
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      await expect(playground.toolbar.hardStop).toHaveCount(0);
      await playground.run(count);
      await playground.console.expectText('visits\t2');

      const later = await playground.reopen();
      await later.run(count);
      await later.console.expectText('visits\t3');
      // What arrives later, and what is loaded when it is asked for.
      await later.help.expectReady();
      await later.editor.write('string.re');
      await later.help.typeAtEnd('p');
      await expect(later.help.suggestion(/^rep\b/)).toBeVisible();
      await later.page.keyboard.press('Escape');
      await later.editor.write('local   a = 1');
      await runCommand(later.page, 'Format document');
      await later.editor.expectText('local a = 1');
      await later.workspaces.choose('Examples…');
      await expect(later.workspaces.dialog).toContainText('Game of life');
      await later.page.keyboard.press('Escape');
      await later.page.goto('guide/start.html');
      await expect(later.page.getByRole('heading', { level: 1, name: 'Five-minute start' })).toBeVisible();
    });
  });
}

test.describe('a newer release', () => {
  test('waits until the person wants it, and finds all that was there', engines('service workers and what they keep'), async ({ host, page, playground }) => {
    const release = new Release(page);
    await playground.run(count);
    await release.kept();
    await page.reload();
    await playground.toolbar.expectStatus('Ready');
    await host.release('second');
    expect(await release.look()).toBe('installed');
    await expect(release.newVersion).toBeEnabled();

    // The open page, and a reload of it, are what they were.
    await page.reload();
    await playground.toolbar.expectStatus('Ready');
    await release.expectShown('first');
    await playground.run(count);
    await playground.console.expectText('visits\t2');

    await playground.start('io.read()');
    await expect(release.newVersion).toBeDisabled();
    await expect(release.newVersion).toHaveAttribute('title', /when the program has ended/);
    await playground.console.submit('');
    await playground.toolbar.expectSaved();

    await playground.editor.write('print("typed", _home.visits)');
    await release.newVersion.click();
    await release.expectShown('second');
    await playground.toolbar.expectStatus('Ready');
    await playground.editor.expectText('print("typed", _home.visits)');
    await playground.toolbar.run.click();
    await playground.console.expectText('typed\t2');
    await expect(release.newVersion).toBeHidden();
  });

  test('can be taken by its command, also without a network', async ({ host, page, playground }) => {
    const release = new Release(page);
    await release.kept();
    await host.release('second');
    expect(await release.look()).toBe('installed');
    await host.leave();
    await runCommand(page, 'Update to the new version');
    await release.expectShown('second');
    await playground.toolbar.expectStatus('Ready');
    await playground.run('print("on")');
    await playground.console.expectLine('on');
  });

  test('leaves other tabs as they are, with what they load later', async ({ context, host, page, playground }) => {
    const release = new Release(page);
    await release.kept();
    await page.reload();
    const other = new Playground(await context.newPage());
    await other.open();
    // The release that is there hands over once it has nothing to send any more.
    for (const tab of [playground, other]) await tab.help.expectReady();
    await host.release('second');
    expect(await release.look()).toBe('installed');
    await new Release(other.page).newVersion.click();
    await new Release(other.page).expectShown('second');
    await other.toolbar.expectStatus('Ready');

    await release.expectShown('first');
    await playground.workspaces.openShare();
    const save = playground.workspaces.dialog.getByRole('button', { name: 'Save as a picture' });
    const picture = await playground.snapshots.download(() => save.click());
    expect(picture.name).toMatch(/\.png$/);
    await page.keyboard.press('Escape');

    await release.newVersion.click();
    await release.expectShown('second');
  });

  test('goes when a third one comes, but for the last before it', async ({ host, page, playground }) => {
    const release = new Release(page);
    await release.kept();
    for (const name of ['second', 'third']) {
      await host.release(name);
      expect(await release.look()).toBe('installed');
      await release.newVersion.click();
      await release.expectShown(name);
      await playground.toolbar.expectStatus('Ready');
      await release.kept();
    }
    expect(await release.count()).toBe(2);
  });

  test('is not kept while the host has only a part of it', async ({ host, page, playground }) => {
    const release = new Release(page);
    await release.kept();
    const withOtherPage = (folder) => change(folder, 'index.html', (page) => page.replace('second', 'something else'));
    await host.release('second', { damage: withOtherPage });
    expect(await release.look()).toBe('redundant');
    await host.release('third', { damage: (folder) => rm(join(folder, 'picture-third.js')) });
    expect(await release.look()).toBe('redundant');

    expect(await release.count()).toBe(1);
    await page.reload();
    await playground.toolbar.expectStatus('Ready');
    await release.expectShown('first');
    await expect(release.newVersion).toBeHidden();

    await host.release('fourth');
    expect(await release.look()).toBe('installed');
    await expect(release.newVersion).toBeVisible();
  });

  test('is not kept if it cannot read what is stored', async ({ host, page, playground }) => {
    const release = new Release(page);
    await playground.run(count);
    await release.kept();
    const formats = storedFormats();
    for (const name of ['cu', 'cu-documents', 'snapshots']) {
      await host.release(`with-older-${name}`, { formats: { ...formats, [name]: formats[name] - 1 } });
      expect(await release.look(), name).toBe('redundant');
    }
    await page.reload();
    await playground.toolbar.expectStatus('Ready');
    await release.expectShown('first');
  });
});

test('the playground can be installed, when a person asks for it', async ({ page, playground }) => {
  await runCommand(page, 'Install the playground');
  await playground.console.expectText('The browser does not offer to install the playground');

  await page.evaluate(() => {
    const offer = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt: () => document.title = 'asked' });
    dispatchEvent(offer);
  });
  await runCommand(page, 'Install the playground');
  await expect(page).toHaveTitle('asked');
});

test('the browser finds nothing wrong with the manifest', async ({ context, page, playground }) => {
  await playground.toolbar.expectStatus('Ready');
  const tools = await context.newCDPSession(page);
  const { url, errors, manifest } = await tools.send('Page.getAppManifest');
  expect(url).toBe(new URL('manifest.webmanifest', page.url()).href);
  expect(errors).toEqual([]);
  expect(manifest.startUrl).toBe(page.url());
});
