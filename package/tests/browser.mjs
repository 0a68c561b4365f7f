// Runs a suite in a page or a worker, using the package that the playground serves under `web`.

import { caseFiles } from './cases.mjs';
import { suites } from './suites.mjs';

const web = new URL('../../web/', import.meta.url);
const load = (path) => import(new URL(path, web).href);
const text = async (path) => (await fetch(new URL(path, import.meta.url))).text();

/** Returns the number of tests and the failures. */
export async function runSuite(name) {
  const api = await load('lua-api.js');
  await api.default.loadLuaWasm();
  let databases = 0;
  const modules = {
    api,
    wrapper: await load('io-wrapper.js'),
    loadFresh: () => load('lua-api.js?fresh'),
    storages() {
      databases += 1;
      return [new api.MemoryStorage(), new api.IndexedDbStorage(`test-${name}-${databases}`)];
    },
    casesText: (await Promise.all(caseFiles.map((file) => text(`../../engine/tests/cases/${file}`)))).join(''),
    samplesText: await text('seed-samples.md'),
  };
  const failures = [];
  for (const [title, run] of Object.entries(suites[name])) {
    try {
      await run(modules);
    } catch (error) {
      failures.push(`${title}: ${error.message}`);
    }
  }
  return { count: Object.keys(suites[name]).length, failures };
}
