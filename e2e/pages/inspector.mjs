// The tree of `_home`.

import { expect } from '@playwright/test';

export class Inspector {
  constructor(page) {
    this.tree = page.getByRole('tree', { name: '_home' });
  }

  /** The row whose text begins with `label`. */
  row(label) {
    return this.tree.getByRole('treeitem', { name: label }).first();
  }

  async open(label) {
    const row = this.row(label);
    await row.focus();
    await row.press('ArrowRight');
    await expect(row).toHaveAttribute('aria-expanded', 'true');
  }
}
