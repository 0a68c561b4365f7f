// The dialogs about branches of history: the list of them, and which run is to be redone.

export class Branches {
  constructor(page) {
    this.page = page;
    this.dialog = page.getByRole('dialog', { name: 'Branches' });
    this.rows = this.dialog.getByRole('listitem');
    /** The branch that ends where `_home` is. */
    this.current = this.rows.and(page.locator('[aria-current=true]'));
    this.close = this.dialog.getByRole('button', { name: 'Close' });
    this.question = page.getByRole('dialog', { name: /^Delete the branch/ });
    this.redo = page.getByRole('dialog', { name: 'Which run is to be redone?' });
    /** The runs that can be redone, the newest first. */
    this.choices = this.redo.getByRole('listitem').getByRole('button');
  }

  row(name) {
    return this.rows.filter({ hasText: name });
  }

  /** Clicks the name of a branch, which switches to it. */
  switchTo(name) {
    return this.row(name).getByRole('button', { name: /^Switch to/ }).click();
  }

  /** Chooses an item from the menu of a branch. */
  async choose(name, action) {
    await this.row(name).getByRole('button', { name: /^More/ }).click();
    await this.page.getByRole('menu').getByRole('menuitem', { name: action }).click();
  }

  /** Gives a branch a name in the dialog that asks for it. */
  async name(branch, action, name) {
    await this.choose(branch, action);
    const field = this.page.getByRole('dialog').getByRole('textbox', { name: 'Name' });
    await field.fill(name);
    await field.press('Enter');
  }
}
