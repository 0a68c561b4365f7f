// The panes: which are open, and how large they are.

import { expect } from '@playwright/test';

export class Panes {
  constructor(page) {
    this.page = page;
    this.menu = page.getByRole('menu', { name: 'View' });
    this.viewButton = page.getByRole('button', { name: 'View' });
  }

  /** By its title. */
  pane(title) {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  closeButton(title) {
    return this.page.getByRole('button', { name: `Close ${title}` });
  }

  async close(...titles) {
    for (const title of titles) {
      await this.closeButton(title).click();
      await expect(this.pane(title)).toBeHidden();
    }
  }

  /** What the View menu, which is open, says of a pane. */
  item(title) {
    return this.menu.getByRole('menuitemcheckbox', { name: `Show ${title}` });
  }

  async toggle(title) {
    await this.viewButton.click();
    await this.item(title).click();
  }

  async reset() {
    await this.viewButton.click();
    await this.menu.getByRole('menuitem', { name: 'Reset the layout' }).click();
  }

  splitter(name) {
    return this.page.getByRole('separator', { name });
  }

  async expectOpen(...titles) {
    for (const title of ['Editor', 'Console', 'Inspector', 'Snapshots', 'In / Out']) {
      await expect(this.pane(title)).toBeVisible({ visible: titles.includes(title) });
    }
  }
}
