// The files of the workspace: their tabs above the editor, and the pane that lists them.

import { expect } from '@playwright/test';

export class Files {
  constructor(page) {
    this.page = page;
    this.tabList = page.getByRole('tablist', { name: 'Open files' });
    this.tabs = this.tabList.getByRole('tab');
    this.shownTab = this.tabList.getByRole('tab', { selected: true });
    this.pane = page.getByRole('region', { name: 'Files', exact: true });
    this.tree = this.pane.getByRole('tree', { name: 'Files' });
    this.rows = this.tree.getByRole('treeitem');
    this.menuButton = this.pane.getByRole('button', { name: /^Actions for/ });
    this.nameField = this.pane.getByRole('textbox', { name: /^Path of/ });
    this.problem = this.pane.getByRole('alert');
    this.removed = this.pane.getByRole('status');
  }

  tab(name) {
    return this.tabList.getByRole('tab', { name, exact: true });
  }

  row(name) {
    return this.tree.getByRole('treeitem', { name: new RegExp(`^${name}( main)?$`) });
  }

  /** Opens the pane, if it is not open. */
  async show() {
    await this.page.keyboard.press('Alt+Shift+6');
    await expect(this.pane).toBeVisible();
  }

  /** Makes a file of this name and shows it. */
  async create(name) {
    await this.page.getByRole('button', { name: 'New file' }).first().click();
    // The name is selected once the field is there, which a person waits for.
    await expect.poll(() => this.nameField.evaluate((field) => field.selectionEnd > field.selectionStart)).toBe(true);
    await this.nameField.fill(name);
    await this.nameField.press('Enter');
    await expect(this.nameField).toHaveCount(0);
  }

  /** What the menu of the pane does to a row. */
  async choose(row, item) {
    await row.click({ button: 'right' });
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  expectRows(names) {
    return expect.poll(() => this.tree.locator('.file-row-name').allTextContents()).toEqual(names);
  }

  expectTabs(names) {
    return expect(this.tabs).toHaveText(names);
  }
}
