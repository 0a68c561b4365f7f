// The workspaces: the menu at the top of the page, the list of all of them, links, and what they bring.

import { expect } from '@playwright/test';

export class Workspaces {
  constructor(page) {
    this.page = page;
    this.button = page.getByRole('button', { name: /^Workspace: / });
    this.dialog = page.getByRole('dialog');
    this.list = this.dialog.getByRole('list', { name: 'Workspaces' });
    this.rows = this.list.getByRole('listitem');
    this.link = this.dialog.getByRole('textbox', { name: 'Link' });
    this.brought = this.dialog.getByRole('tree', { name: '_home that it brings' });
    this.visit = page.getByRole('status').filter({ hasText: 'is not kept yet' });
  }

  expectShown(name) {
    return expect(this.button).toHaveAccessibleName(`Workspace: ${name}`);
  }

  /** Chooses something from the menu. */
  async choose(item) {
    await this.button.click();
    const menu = this.page.getByRole('menu', { name: /^Workspace: / });
    const named = { name: item, exact: true };
    await menu.getByRole('menuitem', named).or(menu.getByRole('menuitemradio', named)).click();
  }

  /** Answers the dialog that asks for a name. */
  async answer(name, action) {
    await this.dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await this.dialog.getByRole('button', { name: action, exact: true }).click();
  }

  async create(name) {
    await this.choose('New workspace…');
    await this.answer(name, 'Make');
    await this.expectShown(name);
  }

  /** Opens the form that makes links, and waits for the link. */
  async openShare() {
    await this.choose('Share as a link…');
    await expect(this.link).toHaveValue(/#cu=1\./);
  }

  /** Opens a file by the command of the menu. */
  async openFile(file) {
    const chooser = this.page.waitForEvent('filechooser');
    await this.choose('Open a workspace file…');
    await (await chooser).setFiles(file);
  }

  /** The link of the shown workspace. */
  async share(carried = 'Files and input') {
    await this.openShare();
    const choice = this.dialog.getByRole('radio', { name: carried });
    if (!(await choice.isChecked())) {
      const before = await this.link.inputValue();
      await choice.check();
      await expect(this.link).not.toHaveValue(before);
      await expect(this.link).toHaveValue(/#cu=1\./);
    }
    const link = await this.link.inputValue();
    await this.dialog.getByRole('button', { name: 'Close' }).click();
    return link;
  }
}
