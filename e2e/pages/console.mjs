// What programs wrote and returned, and how they failed.

import { expect } from '@playwright/test';

export class Console {
  constructor(page) {
    this.log = page.getByRole('log', { name: 'Console' });
    this.clear = page.getByRole('button', { name: 'Clear console' });
    this.results = this.log.getByRole('tree');
  }

  expectText(text) {
    return expect(this.log).toContainText(text);
  }

  expectEmpty() {
    return expect(this.log).toHaveText('');
  }
}
