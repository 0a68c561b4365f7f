// The tree of `_home`.

import { expect } from '@playwright/test';

import { whole } from './whole.mjs';

/** A tree of values, or of differences. */
export class Tree {
  constructor(page, name) {
    this.page = page;
    this.tree = page.getByRole('region', { name: 'Inspector' }).getByRole('tree', { name, exact: true });
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

/** The inspector: the tree of `_home`, or of what is shown instead. */
export class Inspector extends Tree {
  constructor(page) {
    super(page, '_home');
    this.region = page.getByRole('region', { name: 'Inspector' });
    /** The rows of what is shown, be it `_home` or not. */
    this.shownRows = this.region.getByRole('treeitem');
    /** The values that are kept in view. */
    this.pins = this.region.getByRole('region', { name: 'Pinned values' });
    /** The path of the row that was chosen last. */
    this.crumbs = this.region.getByRole('navigation', { name: 'Path of the row' });
    this.undo = this.region.getByRole('button', { name: 'Undo run' });
    this.redo = this.region.getByRole('button', { name: 'Redo run' });
    this.restore = this.region.getByRole('button', { name: 'Restore', exact: true });
    this.close = this.region.getByRole('button', { name: 'Back to _home' });
  }

  /** The line of the pinned value at this path. */
  pin(path) {
    const button = this.page.getByRole('button', { name: path, exact: true });
    return this.pins.getByRole('listitem').filter({ has: button });
  }

  /** Chooses an item from the menu of a row of what is shown. */
  async chooseForRow(row, action) {
    await row.focus();
    await row.press('Shift+F10');
    await this.page.getByRole('menuitem', { name: action, exact: true }).click();
    await expect(this.page.getByRole('menu')).toBeHidden();
  }

  /** The tree that is shown instead of `_home`: a snapshot, or a comparison `before → after`. */
  view(name) {
    return new Tree(this.page, name);
  }

  /** The note about what is shown. */
  expectNote(text) {
    return expect(this.region.locator('.inspector-note')).toContainText(text);
  }

  /** Chooses an item from the menu of `_home`. */
  async choose(action) {
    await this.region.getByRole('button', { name: 'More for _home' }).click();
    await this.page.getByRole('menu').getByRole('menuitem', { name: action }).click();
  }
}
