// The tests in a worker: takes the name of a suite, gives its failures.

import { runSuite } from './browser.mjs';

self.onmessage = async ({ data }) => self.postMessage(await runSuite(data));
