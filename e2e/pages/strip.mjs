// The strip of history: a mark for each kept state of `_home`.

export class Strip {
  constructor(page) {
    this.page = page;
    this.list = page.getByRole('listbox', { name: 'History of _home' });
    this.marks = this.list.getByRole('option');
    /** The mark of the state that the inspector shows. */
    this.shown = this.list.getByRole('option', { selected: true });
    /** The mark of the state that `_home` has. */
    this.current = this.marks.and(page.locator('[aria-current=true]'));
    this.switch = page.getByRole('button', { name: /^Switch to this/ });
    this.now = page.getByRole('button', { name: 'Now', exact: true });
  }
}
