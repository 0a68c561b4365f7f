// The list of snapshots, and the dialogs that ask before something is lost.

import { readFile } from 'node:fs/promises';

import { expect } from '@playwright/test';

/** Over BiDi, Firefox does not report downloads, so the file is intercepted inside the page. */
async function interceptDownload(page, act) {
  await page.evaluate(() => {
    const { createObjectURL } = URL;
    const { click } = HTMLAnchorElement.prototype;
    window.downloaded = new Promise((resolve) => {
      let file;
      URL.createObjectURL = (blob) => createObjectURL.call(URL, (file = blob));
      HTMLAnchorElement.prototype.click = function () {
        Object.assign(URL, { createObjectURL });
        Object.assign(HTMLAnchorElement.prototype, { click });
        const { download } = this;
        file.arrayBuffer().then((bytes) => resolve({ name: download, bytes: [...new Uint8Array(bytes)] }));
      };
    });
  });
  await act();
  const { name, bytes } = await page.evaluate(() => window.downloaded);
  return { name, mimeType: '', buffer: Buffer.from(bytes) };
}

export class Snapshots {
  constructor(page) {
    this.page = page;
    this.region = page.getByRole('region', { name: 'Snapshots' });
    /** What has the focus in the pane as long as nothing has a name. */
    this.saveFirst = this.region.getByRole('button', { name: 'Save the first one' });
    this.saveButton = page.getByRole('button', { name: 'Save snapshot' });
    this.fileToImport = this.region.getByLabel('File to import');
    this.question = page.getByRole('dialog');
    this.problem = this.region.getByRole('alert');
    this.importButton = this.region.getByRole('button', { name: 'Import' });
    /** The runs that can be restored, the newest first. */
    this.runs = this.region.getByRole('group').getByRole('listitem');
    /** The run whose state `_home` has. */
    this.currentRun = this.runs.and(page.locator('[aria-current=true]'));
  }

  item(name) {
    return this.region.getByRole('listitem').filter({ hasText: name });
  }

  async save(name) {
    await this.saveButton.click();
    await this.answer(name);
    await expect(this.item(name)).toBeVisible();
  }

  /** Clicks Restore; a dialog may follow. */
  restore(name) {
    return this.item(name).getByRole('button', { name: /^Restore/ }).click();
  }

  /** Clicks Delete; a dialog follows. */
  delete(name) {
    return this.item(name).getByRole('button', { name: /^Delete/ }).click();
  }

  showRecentRuns() {
    return this.region.getByText('Recent runs').click();
  }

  /** Chooses an item from the menu of a row. */
  async choose(name, action) {
    await this.item(name).getByRole('button', { name: /^More/ }).click();
    await this.page.getByRole('menu').getByRole('menuitem', { name: action }).click();
    await expect(this.page.getByRole('menu')).toBeHidden();
  }

  /** Enters a name in the dialog. */
  async answer(name) {
    await this.question.getByRole('textbox', { name: 'Name' }).fill(name);
    await this.question.getByRole('textbox', { name: 'Name' }).press('Enter');
    await expect(this.question).toBeHidden();
  }

  /** Shows a snapshot in the inspector. */
  inspect(name) {
    return this.item(name).getByRole('button', { name: /^Inspect/ }).click();
  }

  /** Compares two states, chosen by these texts in the list. */
  async compare(before, after) {
    await this.region.getByRole('button', { name: 'Compare…' }).click();
    for (const text of [before, after]) await this.pick(text);
  }

  /** Presses a state while two are chosen; `_home now` is what is now. */
  async pick(text) {
    if (text === '_home now') return this.region.getByRole('button', { name: text }).click();
    const name = this.item(text).first().getByRole('button', { name: /^Inspect/ });
    if (!(await name.isVisible())) await this.showRecentRuns();
    await name.click();
  }

  /** Compares two states, chosen by these texts in the dialog. */
  async compareByForm(before, after) {
    for (const [label, text] of [
      ['What changed from', before],
      ['to', after],
    ]) {
      const choice = this.question.getByLabel(label, { exact: true });
      const option = choice.locator('option').filter({ hasText: text }).first();
      await choice.selectOption(await option.getAttribute('value'));
    }
    await this.question.getByRole('button', { name: 'Compare' }).click();
  }

  /** Imports a file by the button. Over BiDi, Firefox reports its file dialog only sometimes. */
  async import(file) {
    if (this.page.context().browser().browserType().name() === 'firefox') return this.fileToImport.setInputFiles(file);
    const chooser = this.page.waitForEvent('filechooser');
    await this.importButton.click();
    await (await chooser).setFiles(file);
  }

  /** Does something that downloads a file, and returns its name and bytes. */
  async download(act) {
    if (this.page.context().browser().browserType().name() === 'firefox') return interceptDownload(this.page, act);
    const event = this.page.waitForEvent('download');
    await act();
    const download = await event;
    return { name: download.suggestedFilename(), mimeType: '', buffer: await readFile(await download.path()) };
  }

  async confirm(action) {
    await this.question.getByRole('button', { name: action }).click();
    await expect(this.question).toBeHidden();
  }

  async cancel() {
    await this.question.getByRole('button', { name: 'Cancel' }).click();
    await expect(this.question).toBeHidden();
  }
}
