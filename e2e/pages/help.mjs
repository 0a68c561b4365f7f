// The help with Lua in the editor.

import { expect } from '@playwright/test';

/** A worker may have to be loaded and started first, beside whatever else the computer does. */
const patience = { timeout: 40_000 };

export class Help {
  constructor(page, editor) {
    this.page = page;
    this.editor = editor;
    this.suggestions = page.getByRole('listbox', { name: 'Suggest' });
    this.hover = page.locator('.monaco-hover:visible');
    this.signature = page.locator('.parameter-hints-widget.visible');
    this.warnings = editor.region.locator('.squiggly-warning');
  }

  /** Waits until the status bar says this of it. */
  expectState(text) {
    return expect(this.page.getByText(text, { exact: true })).toBeVisible(patience);
  }

  expectReady() {
    return this.expectState('Lua help');
  }

  /** Types at the end of the text. */
  async typeAtEnd(text) {
    await this.page.keyboard.press('ControlOrMeta+End');
    await this.page.keyboard.type(text);
  }

  suggestion(name) {
    return this.suggestions.getByRole('option', { name });
  }

  /** Asks by the keyboard what stands at the cursor. */
  async expectHover(...texts) {
    await this.page.keyboard.press('ControlOrMeta+k');
    await this.page.keyboard.press('ControlOrMeta+i');
    for (const text of texts) await expect(this.hover.filter({ hasText: text }).first()).toBeVisible();
  }
}
