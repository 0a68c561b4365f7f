// The list of saved states, and the questions it asks before something is lost.

export class Snapshots {
  constructor(page) {
    this.page = page;
    this.region = page.getByRole('region', { name: 'Snapshots' });
    this.saveButton = page.getByRole('button', { name: 'Save snapshot' });
    this.dialog = page.getByRole('dialog');
  }

  item(name) {
    return this.region.getByRole('listitem').filter({ hasText: name });
  }
}
