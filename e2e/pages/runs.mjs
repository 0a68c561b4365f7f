// The journal of runs.

import { expect } from '@playwright/test';

export class Runs {
  constructor(page) {
    this.page = page;
    this.tab = page.getByRole('tablist', { name: 'Tabs' }).getByRole('tab', { name: 'Runs' });
    this.region = page.getByRole('region', { name: 'Runs', exact: true });
    this.list = this.region.getByRole('list', { name: 'Runs' });
    /** What opens a run: its name says all that its row shows. */
    this.rows = this.list.locator('.run-open');
    this.dialog = page.getByRole('dialog');
    this.text = this.dialog.getByRole('group', { name: 'Text' });
  }

  async show() {
    await this.tab.click();
    await expect(this.region).toBeVisible();
  }

  /** The newest run whose row says this. */
  row(text) {
    return this.rows.and(this.page.getByRole('button', { name: text })).first();
  }

  item(text) {
    const row = this.page.locator('.run-open').and(this.page.getByRole('button', { name: text }));
    return this.list.getByRole('listitem').filter({ has: row }).first();
  }

  /** Opens a run to its details. */
  async open(text) {
    await this.row(text).click();
    await expect(this.row(text)).toHaveAttribute('aria-expanded', 'true');
    return this.item(text);
  }

  /** Chooses an item from the menu of a run. */
  async choose(text, action) {
    await this.item(text).getByRole('button', { name: /^More for/ }).click();
    await this.page.getByRole('menu').getByRole('menuitem', { name: action }).click();
    await expect(this.page.getByRole('menu')).toBeHidden();
  }

  /** Forgets all runs; a dialog follows. */
  async forgetAll() {
    await this.region.getByRole('button', { name: 'More for the runs' }).click();
    await this.page.getByRole('menu').getByRole('menuitem', { name: 'Forget all runs' }).click();
  }

  async confirm(action) {
    await this.dialog.getByRole('button', { name: action }).click();
    await expect(this.dialog).toBeHidden();
  }
}
