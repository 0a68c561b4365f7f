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
    this.lastChange = this.pane.getByRole('status');
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

  /** Drops files on the page: their names and contents. */
  drop(...files) {
    return this.dropOn(this.page.locator('body'), ...files);
  }

  /** Drops them on a part of the page. */
  dropOn(part, ...files) {
    return part.evaluate((target, files) => {
      const dataTransfer = new DataTransfer();
      for (const [name, bytes] of files) dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
      const init = { dataTransfer, bubbles: true, cancelable: true };
      for (const kind of ['dragover', 'drop']) target.dispatchEvent(new DragEvent(kind, init));
    }, files.map(([name, content]) => [name, [...Buffer.from(content)]]));
  }

  /** Drops what is on this computer, folders too, as a person does. In Chromium. */
  async dropFromDisk(...paths) {
    const session = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: paths, dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop']) {
      await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
    }
  }

  expectRows(names) {
    return expect.poll(() => this.tree.locator('.file-row-name').allTextContents()).toEqual(names);
  }

  expectTabs(names) {
    return expect(this.tabs).toHaveText(names);
  }
}
