import { expect, test } from '../fixtures/test.mjs';

// Each round is five runs. `./cu test soak` takes two hundred rounds; the other tests leave it at fewer.
const ROUNDS = Number(process.env.CU_SOAK_ROUNDS ?? 30);
// By then, whatever is made once has been made.
const WARM_UP_ROUNDS = 10;

/** How far the memory of Rust and Lua may grow after that: a few of WebAssembly's pages of 64 kB, which never shrinks. */
const WASM_GROWTH_BYTES = 4 * 65536;

/** Each ends in another way: the program, how it is known to have ended, and whether it has to be stopped. */
const runs = [
  ['_home.count = (_home.count or 0) + 1 print("run", _home.count)', 'Ready'],
  ['_home.failed = { "a table" } error("on purpose")', 'Failed'],
  ['print("on") while true do end', 'Stopped'],
  ['local all = {} while true do all[#all + 1] = ("x"):rep(1000000) .. #all end', 'Failed'],
  ['_home.count = "lost" __crash()', 'Failed'],
];

test(`${ROUNDS * runs.length} runs that end in every way leave a page that works, and hold no memory`, async ({ playground, page }) => {
  test.setTimeout(1_800_000);
  const { console, toolbar, snapshots } = playground;
  const devtools = await page.context().newCDPSession(page);
  const heapInUse = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize;
  };

  // The memory that Rust holds, which V8 does not count. The modules are there already: they are only asked.
  const wasmOfPage = () =>
    page.evaluate(async () => {
      const names = performance.getEntriesByType('resource').map((entry) => entry.name);
      const module = await import(names.find((name) => /\/app-[^/]*\.js$/.test(name)));
      return (await module.default()).memory.buffer.byteLength;
    });
  // Of the one that was started last: one that was replaced may take a while to end.
  const isEngine = (worker) => worker.url().includes('/engine-worker-');
  const wasmOfWorker = () =>
    page.workers().filter(isEngine).at(-1).evaluate(async () => {
      const module = await import(new URL('engine-worker.js', location.href).href);
      return (await module.default()).memory.buffer.byteLength;
    });

  await playground.settings.set('lines', '1000');
  await playground.settings.set('memory', '16');
  // So that the list of them, which the page holds, is as long as it gets when the warm-up is over.
  await playground.settings.set('runs', '5');
  await playground.settings.set('runsInAll', '5');
  await playground.run('_home.kept = "in a snapshot"');
  await snapshots.save('before it all');

  let early;
  /** The memory of page and worker after each run, in bytes. */
  const memories = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const [program, status] of runs) {
      await console.clear.click();
      await console.submit(program);
      if (status === 'Stopped') {
        await console.expectLine('on');
        await toolbar.stop.click();
      }
      await toolbar.expectStatus(status);
      // After a crash, the next worker may not be up yet.
      const worker = program.includes('__crash') ? 0 : await wasmOfWorker();
      memories.push({ round, page: await wasmOfPage(), worker });
    }
    if (round === WARM_UP_ROUNDS) early = await heapInUse();
  }
  expect(await heapInUse()).toBeLessThan(early * 1.2);
  for (const place of ['page', 'worker']) {
    const largest = (isOf) => Math.max(...memories.filter(({ round }) => isOf(round)).map((memory) => memory[place]));
    const [first, later] = [largest((round) => round <= WARM_UP_ROUNDS), largest((round) => round > WARM_UP_ROUNDS)];
    expect(later - first, `growth of the ${place}'s memory beyond ${first} bytes`).toBeLessThanOrEqual(WASM_GROWTH_BYTES);
  }

  await playground.run('print("at the end", _home.count, _home.kept)');
  await console.expectText(`at the end\t${ROUNDS}\tin a snapshot`);
  await expect(snapshots.item('before it all')).toBeVisible();
  const later = await playground.reopen();
  await later.run('print("later", _home.count)');
  await later.console.expectText(`later\t${ROUNDS}`);
});
