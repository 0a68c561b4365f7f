import { engines, expect, test } from '../fixtures/host.mjs';
import { Release } from '../pages/release.mjs';

const make = `local users = ext.collection("users", { indexes = { "score" } })
users:put_all({ { id = 1, name = "Ada", score = 95 }, { id = 2, name = "Alan", score = 80 } })
print(pcall(ext.transaction, function() users:delete(1) error("undone", 0) end))`;
const ask = `for user in _home.users:where("score", ">", 90):each() do print("found", user.name) end`;

/** Notes the requests for the library of collections. */
function watchLibrary(page) {
  const requests = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/records.lua')) requests.push(request.url());
  });
  return requests;
}

test('a collection of one visit is queried in the next', engines('synchronous requests in workers'), async ({ page, playground }) => {
  const requests = watchLibrary(page);
  await playground.run('print(ext.collection ~= nil)');
  expect(requests).toEqual([]);
  await playground.run(make);
  await playground.console.expectText('false\tundone');
  expect(requests.length).toBe(1);

  const later = await playground.reopen();
  await later.run(ask);
  await later.console.expectText('found\tAda');
});

test.describe('without a network', () => {
  // What the browser keeps must be what the host has, so this has Monaco, too.
  test.use({ serviceWorkers: 'allow', editor: 'monaco', folder: 'sub/path/' });

  test('collections that were never used before work', engines('what service workers keep'), async ({ host, page, playground }) => {
    await new Release(page).kept();
    await host.leave();
    await page.reload();
    await playground.toolbar.expectStatus('Ready');
    await playground.run(make);
    await playground.console.expectText('false\tundone');
    await playground.run(ask);
    await playground.console.expectText('found\tAda');
  });
});
