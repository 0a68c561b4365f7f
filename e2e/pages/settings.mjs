// The settings dialog.

export class Settings {
  constructor(page) {
    this.page = page;
    this.button = page.getByRole('button', { name: 'Settings' });
    this.dialog = page.getByRole('dialog', { name: 'Settings' });
    this.search = this.dialog.getByRole('searchbox', { name: 'Search settings' });
    this.headings = this.dialog.getByRole('heading', { level: 3 });
    this.memory = this.dialog.getByRole('textbox', { name: 'Memory limit' });
    this.time = this.dialog.getByRole('textbox', { name: 'Time limit' });
    this.lines = this.dialog.getByRole('textbox', { name: 'Console lines' });
    this.runs = this.dialog.getByRole('textbox', { name: 'Recent runs' });
    this.runsInAll = this.dialog.getByRole('textbox', { name: 'Runs kept in all' });
    this.memoryAlias = this.dialog.getByRole('checkbox', { name: /Memory/ });
    this.hints = this.dialog.getByRole('checkbox', { name: /names of parameters/ });
    this.theme = this.dialog.getByRole('combobox', { name: 'Theme' });
    this.textSize = this.dialog.getByRole('combobox', { name: 'Size of all text' });
    this.pageFont = this.dialog.getByRole('combobox', { name: 'Font of the page' });
    this.codeFont = this.dialog.getByRole('combobox', { name: 'Font of code' });
    this.editorSize = this.dialog.getByRole('combobox', { name: 'Font size in the editor' });
    this.tabWidth = this.dialog.getByRole('combobox', { name: 'Tab width' });
    this.wrap = this.dialog.getByRole('checkbox', { name: 'Wrap long lines' });
    this.minimap = this.dialog.getByRole('checkbox', { name: 'minimap' });
    this.editorKeys = this.dialog.getByRole('combobox', { name: 'Keys in the editor' });
    this.tabLeaves = this.dialog.getByRole('checkbox', { name: 'Tab leaves the editor' });
    this.singleKeys = this.dialog.getByRole('checkbox', { name: 'Single keys' });
    this.keysOfCommands = this.dialog.getByRole('button', { name: 'keys of all commands' });
    this.indentation = this.dialog.getByRole('combobox', { name: 'Indentation' });
    this.quotes = this.dialog.getByRole('combobox', { name: 'Quotes' });
    this.columns = this.dialog.getByRole('combobox', { name: 'Longest line' });
    this.beforeSaving = this.dialog.getByRole('checkbox', { name: /before it is saved/ });
    this.shared = this.dialog.getByRole('combobox', { name: 'Shared at first' });
    this.storage = this.dialog.getByText(/ of .* used$/);
    this.exportButton = this.dialog.getByRole('button', { name: 'Export' });
    this.importButton = this.dialog.getByRole('button', { name: 'Import…' });
    this.reset = this.dialog.getByRole('button', { name: 'Reset to defaults' });
    this.save = this.dialog.getByRole('button', { name: 'Save', exact: true });
  }

  /** Opens the dialog, types into a field, and saves. */
  async set(field, text) {
    await this.button.click();
    await this[field].fill(text);
    await this.save.click();
  }

  /** The file that the dialog exports: its name, and what is in it. */
  async export() {
    const downloading = this.page.waitForEvent('download');
    await this.exportButton.click();
    const download = await downloading;
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString() };
  }

  /** Chooses a file with this text for the import. */
  async import(text) {
    const choosing = this.page.waitForEvent('filechooser');
    await this.importButton.click();
    await (await choosing).setFiles({ name: 'cu settings.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  }
}
