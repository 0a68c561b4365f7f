// The dialogs about the history of a value: which run wrote it, and all that changed it.

export class ValueHistory {
  constructor(page) {
    this.page = page;
    this.dialog = page.getByRole('dialog', { name: 'History of this value' });
    this.list = this.dialog.getByRole('list', { name: 'Changes' });
    /** The changes, the newest first. */
    this.rows = this.list.getByRole('listitem');
    /** What is known of how far back it goes. */
    this.status = this.dialog.getByRole('status');
    /** The line through the numbers that the value was. */
    this.line = this.dialog.getByRole('img', { name: /numbers/ });
    this.writer = page.getByRole('dialog', { name: 'Who wrote this' });
    this.details = this.writer.getByRole('button', { name: 'Details of the run' });
  }

  /** Shows the moment of a change. */
  show(index) {
    return this.rows.nth(index).getByRole('button').first().click();
  }

  /** Chooses an item from the menu of a change. */
  async choose(index, action) {
    await this.rows.nth(index).getByRole('button', { name: /^More/ }).click();
    await this.page.getByRole('menu').getByRole('menuitem', { name: action }).click();
  }
}
