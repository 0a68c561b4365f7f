// The whole page: its panes, and actions that involve several of them.

import { Branches } from './branches.mjs';
import { Console } from './console.mjs';
import { Editor } from './editor.mjs';
import { Files } from './files.mjs';
import { Help } from './help.mjs';
import { Inspector } from './inspector.mjs';
import { Panes } from './panes.mjs';
import { Runs } from './runs.mjs';
import { Settings } from './settings.mjs';
import { Snapshots } from './snapshots.mjs';
import { Strip } from './strip.mjs';
import { Toolbar } from './toolbar.mjs';
import { ValueHistory } from './value_history.mjs';
import { Workspaces } from './workspaces.mjs';

export class Playground {
  constructor(page) {
    this.page = page;
    this.branches = new Branches(page);
    this.console = new Console(page);
    this.editor = new Editor(page);
    this.files = new Files(page);
    this.help = new Help(page, this.editor);
    this.inspector = new Inspector(page);
    this.panes = new Panes(page);
    this.runs = new Runs(page);
    this.settings = new Settings(page);
    this.snapshots = new Snapshots(page);
    this.strip = new Strip(page);
    this.toolbar = new Toolbar(page);
    this.valueHistory = new ValueHistory(page);
    this.workspaces = new Workspaces(page);
  }

  /** Opens the page and waits until it can run programs. */
  async open() {
    await this.page.goto('./');
    await this.toolbar.expectStatus('Ready');
    await this.editor.expectLoaded();
  }

  /** Goes to another address in this page, as a person who pastes a link there. */
  async visit(url) {
    await this.page.goto(url);
    await this.toolbar.expectStatus('Ready');
    await this.editor.expectLoaded();
  }

  /** Starts a program without waiting for its end. */
  async start(source) {
    await this.editor.write(source);
    await this.toolbar.run.click();
  }

  /** Runs a program and waits until it has ended and `_home` is saved. */
  async run(source, status = 'Ready') {
    await this.start(source);
    await this.toolbar.expectStatus(status);
    await this.toolbar.expectSaved();
  }

  /** Closes the page and opens it again in the same browser, like a person who comes back later. */
  async reopen(status = 'Ready') {
    const context = this.page.context();
    const url = this.page.url();
    await this.page.close();
    const playground = new Playground(await context.newPage());
    await playground.page.goto(url);
    await playground.toolbar.expectStatus(status);
    await playground.editor.expectLoaded();
    return playground;
  }
}
