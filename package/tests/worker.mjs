// The tests in a worker: receives the name of a suite, answers with its failures.

import { runSuite } from './browser.mjs';

self.onmessage = async ({ data }) => self.postMessage(await runSuite(data));
