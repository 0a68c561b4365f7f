// The tree of `_home`.

import { expect } from '@playwright/test';

import { whole } from './whole.mjs';

export class Inspector {
  constructor(page) {
    this.page = page;
    this.tree = page.getByRole('tree', { name: '_home' });
    this.rows = this.tree.getByRole('treeitem');
    this.source = page.getByRole('dialog');
  }

  /** The first row with this label: a key, or `metatable`, `upvalue count`. */
  row(label) {
    return this.rows.filter({ has: this.page.locator('.tree-label', { hasText: whole(label) }) }).first();
  }

  expectRow(text) {
    return expect(this.rows.filter({ hasText: text }).first()).toBeVisible();
  }

  async open(label) {
    const row = this.row(label);
    await row.focus();
    await row.press('ArrowRight');
    await expect(row).toHaveAttribute('aria-expanded', 'true');
  }

  async close(label) {
    const row = this.row(label);
    await row.focus();
    await row.press('ArrowLeft');
    await expect(row).toHaveAttribute('aria-expanded', 'false');
  }
}
