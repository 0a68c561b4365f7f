import { expect, test } from '../fixtures/test.mjs';

// Each round is five runs. `./cu test soak` does two hundred rounds; the other test commands do fewer.
const ROUNDS = Number(process.env.CU_SOAK_ROUNDS ?? 30);
// By then, everything that is allocated once has been allocated.
const WARM_UP_ROUNDS = 10;

/** Each run ends in a different way: the program, how its end is recognised, and whether it must be stopped. */
const runs = [
  ['_home.count = (_home.count or 0) + 1 print("run", _home.count)', 'Ready'],
  ['_home.failed = { "a table" } error("on purpose")', 'Failed'],
  ['print("on") while true do end', 'Stopped'],
  ['local all = {} while true do all[#all + 1] = ("x"):rep(1000000) .. #all end', 'Failed'],
  ['_home.count = "lost" __crash()', 'Failed'],
];

test(`${ROUNDS * runs.length} runs that end in every way leave the page working, and leak no memory`, async ({ playground, page }) => {
  test.setTimeout(1_800_000);
  const { console, toolbar, snapshots } = playground;
  const devtools = await page.context().newCDPSession(page);
  const heapInUse = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize;
  };

  await playground.settings.set('lines', '1000');
  await playground.settings.set('memory', '16');
  await playground.run('_home.kept = "in a snapshot"');
  await snapshots.save('before it all');

  let early;
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const [program, status] of runs) {
      await console.clear.click();
      await console.submit(program);
      if (status === 'Stopped') {
        await console.expectLine('on');
        await toolbar.stop.click();
      }
      await toolbar.expectStatus(status);
    }
    if (round === WARM_UP_ROUNDS) early = await heapInUse();
  }
  expect(await heapInUse()).toBeLessThan(early * 1.2);

  await playground.run('print("at the end", _home.count, _home.kept)');
  await console.expectText(`at the end\t${ROUNDS}\tin a snapshot`);
  await expect(snapshots.item('before it all')).toBeVisible();
  const later = await playground.reopen();
  await later.run('print("later", _home.count)');
  await later.console.expectText(`later\t${ROUNDS}`);
});
