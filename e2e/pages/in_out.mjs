// The In / Out pane: `_io.input` and `_io.output`.

import { expect } from '@playwright/test';

import { whole } from './whole.mjs';

export class InOut {
  constructor(page) {
    this.page = page;
    this.tab = page.getByRole('tablist', { name: 'Tabs' }).getByRole('tab', { name: 'In / Out' });
    this.pane = page.getByRole('region', { name: 'In / Out', exact: true });
    this.input = this.pane.getByRole('textbox', { name: 'Input as JSON' });
    this.problem = this.pane.getByRole('status');
    this.tree = this.pane.getByRole('tree', { name: '_io.output' });
    this.json = this.pane.getByLabel('Output as JSON');
  }

  async show() {
    await this.tab.click();
    await expect(this.pane).toBeVisible();
  }

  async give(json) {
    await this.input.fill(json);
  }

  /** Chooses a file as a person would in the browser's dialog. */
  async load(name, text) {
    const chooser = this.page.waitForEvent('filechooser');
    await this.pane.getByRole('button', { name: 'Load file' }).click();
    await (await chooser).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  }

  button(name) {
    return this.pane.getByRole('button', { name, exact: true });
  }

  /** Opens the first row with this label. */
  async open(label) {
    const row = this.tree.getByRole('treeitem').filter({ has: this.page.locator('.tree-label', { hasText: whole(label) }) }).first();
    await row.focus();
    await row.press('ArrowRight');
    await expect(row).toHaveAttribute('aria-expanded', 'true');
  }

  async expectRow(text) {
    await expect(this.tree.getByRole('treeitem').filter({ hasText: text }).first()).toBeVisible();
  }
}
