// Many repetitions leak nothing.

import { equal, ok } from './check.mjs';

/** How many calls run in a row before the event loop gets a turn. */
const ROUND = 10_000;
/** The unit by which the memory of WebAssembly grows, in bytes. */
const WASM_PAGE = 65_536;

export const tests = {
  async 'a hundred thousand computations'({ api }) {
    const engine = new api.Lua();
    engine.init({ autoRestore: false, onPrint: () => {} });
    const sizes = [];
    for (let round = 0; round < 10; round += 1) {
      for (let count = 0; count < ROUND; count += 1) {
        // Every program is different.
        const number = round * ROUND + count;
        const program = count % 100 === 99 ? `error({number = ${number}})` : `local t = {${number}} return t`;
        const computed = engine.compute(program);
        if (count % 1000 === 0) equal(await computed, [number]);
        else computed.catch(() => {});
      }
      await new Promise((resume) => setTimeout(resume));
      engine.runGc();
      sizes.push(engine.getMemoryStats());
    }
    const [first, last] = [sizes[1], sizes.at(-1)];
    ok(last.used <= first.used + 10_000, `Lua holds ${first.used} bytes, later ${last.used}`);
    equal(last.wasm, first.wasm, 'bytes of wasm');
  },

  async 'a thousand virtual machines'({ api }) {
    const engine = new api.Lua();
    const start = () => engine.init({ autoRestore: false });
    const sizes = [];
    for (let round = 0; round < 4; round += 1) {
      for (let count = 0; count < 250; count += 1) {
        start();
        engine.setInput({ text: 'x'.repeat(10_000) });
      }
      sizes.push(engine.getMemoryStats().wasm);
    }
    // Hash seeds differ from run to run, so what is left between two blocks may come to one page more. A leak of 200
    // bytes in each of the 750 machines after the first round would be three.
    ok(sizes.at(-1) <= sizes[0] + WASM_PAGE, `bytes of wasm: ${sizes.join(', ')}`);
  },
};
