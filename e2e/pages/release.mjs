// The release of the playground that a page shows, and what the browser keeps of it.

import { expect } from '@playwright/test';

export class Release {
  constructor(page) {
    this.page = page;
    this.newVersion = page.getByRole('contentinfo').getByRole('button', { name: 'New version' });
  }

  /** Which release the page shows: see fixtures/host.mjs. */
  expectShown(name) {
    return expect(this.page.locator('meta[name=description]')).toHaveAttribute('content', name);
  }

  /** Waits until the browser keeps a release, as the next page finds it. */
  kept() {
    return this.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  }

  /**
   * Looks for a newer release on the host, as the browser does once in a while. Returns what has become of it: `installed`
   * if it waits, `redundant` if the browser does not keep it.
   */
  look() {
    return this.page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
      const worker = registration.installing ?? registration.waiting;
      return new Promise((ended) => {
        const look = () => worker.state !== 'installing' && ended(worker.state);
        worker.addEventListener('statechange', look);
        look();
      });
    });
  }

  /** How many releases the browser keeps. */
  count() {
    return this.page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('cu-release')).length);
  }
}
