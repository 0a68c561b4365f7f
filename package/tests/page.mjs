// The tests in a browser: `runSuite` runs a suite in the page, `runSuiteInWorker` in a worker.

import { runSuite } from './browser.mjs';

globalThis.runSuite = runSuite;

globalThis.runSuiteInWorker = (name) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.mjs', import.meta.url), { type: 'module' });
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.postMessage(name);
  });
