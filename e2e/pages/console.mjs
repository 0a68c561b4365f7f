// The console: what programs print and return, and how they fail.

import { expect } from '@playwright/test';

import { whole } from './whole.mjs';

export class Console {
  constructor(page) {
    this.page = page;
    this.log = page.getByRole('log', { name: 'Console' });
    this.clear = page.getByRole('button', { name: 'Clear console' });
    this.filter = page.getByRole('searchbox', { name: 'Filter output' });
    /** How many hits a search has. */
    this.hits = page.locator('.console-hits');
    this.more = page.getByRole('button', { name: 'More for the console' });
    /** Lines with values that can be opened. */
    this.printed = this.log.locator('.console-printed');
    this.input = page.getByRole('textbox', { name: 'Console input' });
    /** What each run of a program changed, which leads to the difference. */
    this.changes = this.log.getByRole('button', { name: /^What the run changed/ });
    this.results = this.log.getByRole('tree').getByRole('treeitem');
  }

  expectText(text) {
    return expect(this.log).toContainText(text);
  }

  /** Chooses an item of the console's menu. */
  async choose(name) {
    await this.more.click();
    await this.page.getByRole('menu').getByText(name, { exact: true }).click();
  }

  /** One complete line of the console. */
  expectLine(line) {
    return expect(this.log).toContainText(whole(line), { useInnerText: true });
  }

  expectNoLine(line) {
    return expect(this.log).not.toContainText(whole(line), { useInnerText: true });
  }

  /** The link in an error that goes to a line of the editor. */
  place(text) {
    return this.log.getByRole('button', { name: text, exact: true }).first();
  }

  openTraceback() {
    return this.log.getByText('Traceback', { exact: true }).click();
  }

  /** Opens a returned or printed value, or an entry in it. */
  openResult(text) {
    return this.results.filter({ hasText: text }).last().press('ArrowRight');
  }

  /** Runs a line, or passes it to the program that waits for input. */
  async submit(line) {
    await this.input.fill(line);
    await this.input.press('Enter');
  }

  /** The number of printed lines, and the number of dropped lines according to the notes. */
  async outputLines() {
    const texts = await this.log.locator('.console-text').allTextContents();
    const notes = await this.log.locator('.console-dropped').allTextContents();
    return {
      kept: texts.reduce((sum, text) => sum + text.split('\n').length - 1, 0),
      leftOut: notes.reduce((sum, note) => sum + Number(note.replace(/\D/g, '')), 0),
    };
  }

  async lineCount() {
    return (await this.log.textContent()).split('\n').length;
  }
}
