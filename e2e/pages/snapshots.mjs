// The list of saved states, and the questions it asks before something is lost.

import { expect } from '@playwright/test';

export class Snapshots {
  constructor(page) {
    this.page = page;
    this.region = page.getByRole('region', { name: 'Snapshots' });
    this.name = this.region.getByRole('textbox', { name: 'Snapshot name' });
    this.saveButton = page.getByRole('button', { name: 'Save snapshot' });
    this.question = page.getByRole('dialog');
  }

  item(name) {
    return this.region.getByRole('listitem').filter({ hasText: name });
  }

  async save(name) {
    await this.saveButton.click();
    await expect(this.name).toBeFocused();
    await this.name.fill(name);
    await this.name.press('Enter');
    await expect(this.item(name)).toBeVisible();
  }

  /** Begins to restore; a question may follow. */
  restore(name) {
    return this.item(name).getByRole('button', { name: /^Restore/ }).click();
  }

  /** Begins to delete; a question follows. */
  delete(name) {
    return this.item(name).getByRole('button', { name: /^Delete/ }).click();
  }

  showRecentRuns() {
    return this.region.getByText('Recent runs').click();
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
