// The editor pane.

import { expect } from '@playwright/test';

export class Editor {
  constructor(page) {
    this.page = page;
    this.region = page.getByRole('region', { name: 'Editor' });
    this.input = this.region.getByRole('textbox').first();
    // Monaco's lines have no role: they are what a sighted person reads.
    this.lines = this.region.locator('.view-lines');
    this.errorMarks = this.region.locator('.squiggly-error');
  }

  /** Waits until Monaco has replaced the plain text area. */
  expectLoaded() {
    return expect(this.lines).toBeVisible();
  }

  async focus() {
    await this.lines.click();
  }

  /** Replaces the whole text by pasting, since typed lines would be indented. */
  async write(source) {
    await this.focus();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.input.evaluate((input, data) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', data);
      // Firefox ignores `clipboardData` here and uses two fields of its own.
      const init = { clipboardData, data, dataType: 'text/plain', bubbles: true, cancelable: true };
      input.dispatchEvent(new ClipboardEvent('paste', init));
    }, source);
  }

  expectCursorOnLine(line) {
    return expect(this.region.locator('.active-line-number')).toHaveText(String(line));
  }

  expectText(text) {
    return expect(this.lines).toContainText(text);
  }
}
