// The toolbar at the top, and the status bar at the bottom.

import { expect } from '@playwright/test';

export class Toolbar {
  constructor(page) {
    this.run = page.getByRole('button', { name: /^Run\b/ });
    this.stop = page.getByRole('button', { name: /^Stop\b/ });
    this.themeButton = page.getByRole('button', { name: 'Theme' });
    this.themes = page.getByRole('menu', { name: 'Theme' });
    this.status = page.getByRole('contentinfo').getByRole('status');
    this.hardStop = page.getByRole('contentinfo').getByText('hard stop', { exact: true });
    /** The memory that the last run used, and its limit. */
    this.memory = page.getByRole('contentinfo').getByText(/^[\d.]+ \S+ of /);
    /** How much storage is used, which leads to the settings. */
    this.storage = page.getByRole('contentinfo').getByRole('button', { name: / stored$/ });
    /** The banner above the panes, for what a person must know first. */
    this.banner = page.locator('.banners').getByRole('alert');
    this.saved = page.getByRole('contentinfo').getByText(/^saved\b/);
  }

  /** Chooses `System`, `Light` or `Dark`. */
  async chooseTheme(name) {
    await this.themeButton.click();
    await this.themes.getByRole('menuitemradio', { name }).click();
  }

  /** `Ready`, `Running`, `Stopped` or `Failed`. */
  expectStatus(status) {
    return expect(this.status).toContainText(status);
  }

  expectSaved() {
    return expect(this.saved).toBeVisible();
  }
}
