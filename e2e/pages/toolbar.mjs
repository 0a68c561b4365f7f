// The buttons at the top, and the status at the bottom.

import { expect } from '@playwright/test';

export class Toolbar {
  constructor(page) {
    this.run = page.getByRole('button', { name: /^Run\b/ });
    this.stop = page.getByRole('button', { name: /^Stop\b/ });
    this.theme = page.getByRole('combobox', { name: 'Theme' });
    this.status = page.getByRole('contentinfo').getByRole('status');
    this.isolation = page.getByRole('contentinfo').getByText(/^(soft|hard) stop$/);
    /** What the last run used, of what it may use. */
    this.memory = page.getByRole('contentinfo').getByText(/^[\d.]+ \S+ of /);
    /** What a person must know first, above the panes. */
    this.banner = page.locator('.banners').getByRole('alert');
    this.saved = page.getByRole('contentinfo').getByText(/^saved\b/);
  }

  /** `Ready`, `Running`, `Stopped` or `Failed`. */
  expectStatus(status) {
    return expect(this.status).toContainText(status);
  }

  expectSaved() {
    return expect(this.saved).toBeVisible();
  }
}
