// The editor pane.

import { expect } from '@playwright/test';

import { containing } from './whole.mjs';

export class Editor {
  constructor(page) {
    this.page = page;
    this.region = page.getByRole('region', { name: 'Editor' });
    this.input = this.region.getByRole('textbox').first();
    this.plain = this.region.getByRole('textbox', { name: 'Program' });
    // Monaco's lines have no role: they are what a sighted person reads.
    this.lines = this.region.locator('.view-lines');
    /** What is wrong, at the end of the line. */
    this.errorText = this.region.locator('.editor-error-text');
    this.errorMarks = this.region.locator('.squiggly-error');
  }

  /** Waits until programs can be written: until Monaco is there, if this test has it. */
  async expectLoaded() {
    await expect((await this.isPlain()) ? this.plain : this.lines).toBeVisible();
  }

  /** Whether there is no Monaco: the test does without it (fixtures/test.mjs), or the screen is touched. */
  async isPlain() {
    const isWithout = ({ name, value }) => name === 'editor' && value === 'plain';
    if ((await this.page.context().cookies()).some(isWithout)) return true;
    return this.page.evaluate(() => document.documentElement.dataset.editor === 'plain');
  }

  async focus() {
    await this.lines.click();
  }

  /** Replaces the whole text by pasting, since typed lines would be indented. */
  async write(source) {
    if (await this.isPlain()) return this.plain.fill(source);
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

  async expectText(text) {
    if (await this.isPlain()) return expect(this.plain).toHaveValue(containing(text));
    return expect(this.lines).toContainText(text);
  }
}
