// The buttons at the top, and the status at the bottom.

import { expect } from '@playwright/test';

export class Toolbar {
  constructor(page) {
    this.run = page.getByRole('button', { name: /^Run\b/ });
    this.stop = page.getByRole('button', { name: /^Stop\b/ });
    this.status = page.getByRole('status');
  }

  /** `Ready`, `Running`, `Stopped` or `Failed`. */
  expectStatus(status) {
    return expect(this.status.filter({ hasText: status })).toBeVisible();
  }

  expectSaved() {
    return expect(this.status.page().getByText(/\bsaved\b/i).first()).toBeVisible();
  }
}
