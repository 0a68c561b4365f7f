// The settings dialog.

export class Settings {
  constructor(page) {
    this.button = page.getByRole('button', { name: 'Settings' });
    this.dialog = page.getByRole('dialog', { name: 'Settings' });
    this.memory = this.dialog.getByRole('textbox', { name: 'Memory limit' });
    this.time = this.dialog.getByRole('textbox', { name: 'Time limit' });
    this.lines = this.dialog.getByRole('textbox', { name: 'Console lines' });
    this.runs = this.dialog.getByRole('textbox', { name: 'Recent runs' });
    this.memoryAlias = this.dialog.getByRole('checkbox', { name: /Memory/ });
    this.hints = this.dialog.getByRole('checkbox', { name: /names of parameters/ });
    this.indentation = this.dialog.getByRole('combobox', { name: 'Indentation' });
    this.quotes = this.dialog.getByRole('combobox', { name: 'Quotes' });
    this.columns = this.dialog.getByRole('combobox', { name: 'Longest line' });
    this.beforeSaving = this.dialog.getByRole('checkbox', { name: /before it is saved/ });
    this.shared = this.dialog.getByRole('combobox', { name: 'Shared at first' });
    this.storage = this.dialog.getByText(/ of .* used$/);
    this.reset = this.dialog.getByRole('button', { name: 'Reset to defaults' });
    this.save = this.dialog.getByRole('button', { name: 'Save' });
  }

  /** Opens the dialog, types into a field, and saves. */
  async set(field, text) {
    await this.button.click();
    await this[field].fill(text);
    await this.save.click();
  }
}
