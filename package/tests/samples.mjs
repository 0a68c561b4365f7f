// The unchanged samples from the README of cu 2.0.0 (seed-samples.md), run in order.

import { equal, ok } from './check.mjs';

/** The expected output of the samples where it is predictable, by the start of a line in them. */
/** @type {[string, any][]} */
const PRINTED = [
  ['Basic computation', [['Result:', 4], ['Fibonacci(10):', 55]]],
  ['Hello from Lua!', [['Hello from Lua!']]],
  ['Process structured data with', [[{ highScorers: [{ name: 'Alice', score: 95 }, { name: 'Charlie', score: 92 }], count: 2 }]]],
  ['dataset: [10, 20', [[{ sum: 150, average: 30 }]]],
  ['taxCalculator', [[{ tax: 7000, count1: 1, count2: 2 }]]],
  ['result = "success"', [[{ result: 'success', items: [1, 2, 3] }]]],
  ['numbers: [1, 2, 3, 4, 5]', [[15]]],
];

const AsyncFunction = /** @type {FunctionConstructor} */ ((async () => {}).constructor);

/** Extracts the JavaScript of a Markdown text: its code blocks, and the module in its HTML page. */
function samplesOf(markdown) {
  const blocks = [...markdown.matchAll(/```(javascript|html)\n([\s\S]*?)```/g)];
  return blocks.map(([, language, text]) => (language === 'html' ? /type="module">([\s\S]*?)<\/script>/.exec(text)[1] : text));
}

/** The same, with its imports as parameters. */
function compile(sample) {
  // In a block, because the samples declare the same names.
  const body = `{${sample.replace(/^\s*import .*$/gm, '')}}`;
  return new AsyncFunction('lua', 'IoWrapper', 'io', 'console', 'largeDataset', body);
}

export const tests = {
  async 'the samples of the README of cu 2.0.0'({ api, wrapper, samplesText }) {
    const samples = samplesOf(samplesText);
    ok(samples.length > 15, `only ${samples.length} samples were found`);
    const lua = new api.Lua();
    await lua.loadLuaWasm();
    const storage = new api.MemoryStorage();
    const options = { storage, onPrint: () => {} };
    const init = lua.init.bind(lua);
    lua.init = () => init(options);
    ok(lua.init() === 0, 'init did not give 0');
    const io = new wrapper.IoWrapper(lua);
    class BoundWrapper extends wrapper.IoWrapper {
      constructor() {
        super(lua);
      }
    }
    const largeDataset = Array.from({ length: 2500 }, (_, index) => ({ id: index, value: index }));
    const found = new Set();
    for (const sample of samples) {
      const printed = [];
      const quiet = { log: (...values) => printed.push(values), time() {}, timeEnd() {}, error: console.error };
      try {
        await compile(sample)(lua, BoundWrapper, io, quiet, largeDataset);
      } catch (error) {
        throw new Error(`${error.message}\nin the sample:\n${sample}`, { cause: error });
      }
      const known = PRINTED.find(([part]) => sample.includes(part) && !found.has(part));
      if (known === undefined) continue;
      found.add(known[0]);
      equal(printed, known[1], known[0]);
    }
    equal(found.size, PRINTED.length, 'samples with known output');
  },
};
