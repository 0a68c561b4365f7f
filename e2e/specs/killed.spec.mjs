import { Playground } from '../pages/playground.mjs';
import { engines, expect, test } from '../fixtures/test.mjs';

// Each state contains its number in many places, which end up in different pieces.
const write = (number) => `_home.number, _home.list = ${number}, {}
for i = 1, 30000 do _home.list[i] = ("%d of %d"):format(i, ${number}) end
print("wrote ${number}")`;

const check = `local number, wrong = _home.number, 0
for i = 1, 30000 do
  if _home.list[i] ~= ("%d of %d"):format(i, number) then wrong = wrong + 1 end
end
print("whole", number, #_home.list, wrong)`;

test('whenever a tab is killed during a save, a complete state is there afterwards', engines('what is on disk when a tab is killed'), async ({ playground }) => {
  test.slow();
  const context = playground.page.context();
  const url = playground.page.url();
  await playground.run(write(0));
  await playground.page.close();
  let last = 0;
  // Milliseconds after the end of the run, when the save begins.
  for (const [index, delay] of [0, 2, 5, 10, 20, 40, 80].entries()) {
    const page = await context.newPage();
    const tab = new Playground(page);
    await page.goto(url);
    await tab.toolbar.expectStatus('Ready');
    await tab.editor.expectLoaded();
    await tab.run(check);
    await tab.console.expectText(/whole\t\d+\t30000\t0\n/);
    const [, number] = (await tab.console.log.textContent()).match(/whole\t(\d+)/);
    expect([last, index]).toContain(Number(number));
    last = Number(number);

    await tab.start(write(index + 1));
    await tab.console.expectText(`wrote ${index + 1}`);
    await page.evaluate((delay) => new Promise((resolve) => setTimeout(resolve, delay)), delay);
    await page.close({ runBeforeUnload: false });
  }
});
