// A playground in a frame of another site's page. What a person does there are events that are made here: those of Firefox's
// driver do not reach a frame of another process.

import { Console } from './console.mjs';
import { Toolbar } from './toolbar.mjs';

/** The other site. It answers nothing but what `show` gives it. Browsers take it for secure. */
export const SITE = 'http://blog.localhost/';

export class Embed {
  constructor(page) {
    this.page = page;
    const frame = page.frameLocator('iframe');
    this.frame = frame;
    this.console = new Console(frame);
    this.toolbar = new Toolbar(frame);
    this.program = frame.getByRole('textbox', { name: 'Program' });
    // What a sighted person reads, as in editor.mjs.
    this.lines = frame.locator('.view-lines');
    this.status = frame.getByRole('banner').getByRole('status');
    this.open = frame.getByRole('button', { name: 'Open in playground' });
  }

  /** Shows a page of the other site with this in its body. */
  async show(html, headers = {}) {
    const body = `<!doctype html><html lang="en"><title>A blog</title><body>${html}</body></html>`;
    await this.page.route(SITE, (route) => route.fulfill({ contentType: 'text/html', body, headers }));
    await this.page.goto(SITE);
  }

  /** Shows a page of the other site with a frame. */
  showFrame(address, headers) {
    const frame = `<iframe title="Lua" width="700" height="500" allow="cross-origin-isolated" src="${address}"></iframe>`;
    return this.show(frame, headers);
  }

  run() {
    return this.toolbar.run.dispatchEvent('click');
  }

  stop() {
    return this.toolbar.stop.dispatchEvent('click');
  }

  /** Runs a line, or passes it to the program that waits for input. */
  async submit(line) {
    await this.console.input.fill(line);
    await this.console.input.dispatchEvent('keydown', { key: 'Enter', bubbles: true });
  }

  /** The page that the frame's button opens beside this one. */
  async openInPlayground() {
    const opened = this.page.context().waitForEvent('page');
    await this.open.dispatchEvent('click');
    return opened;
  }

  /** What the frame's site has stored: its databases, by what their names begin with, and its entries of local storage. */
  stored() {
    const frame = this.page.frames().at(-1);
    return frame.evaluate(async () => {
      const databases = await indexedDB.databases();
      return [databases.map(({ name }) => name.replace(/(?<=frame).*/, '')), localStorage.length];
    });
  }
}
