// Programs and the files of the workspace.
import { test } from '../fixtures/test.mjs';

test('what a program writes is there after a reload, and undoing the run takes it back', async ({ playground }) => {
  await playground.run(`
    local function put(path, text) local f = assert(io.open(path, 'w')) f:write(text) f:close() end
    put('lib/csv.lua', 'return { line = function(...) return table.concat({ ... }, ",") .. ";" end }')`);
  await playground.run(`
    local csv = require 'lib.csv'
    local f = assert(io.open('out/table.csv', 'w'))
    f:write(csv.line(1, 2), csv.line(3, 4))
    f:close()`);
  const later = await playground.reopen();
  await later.run("print(io.open('out/table.csv'):read('a'))");
  await later.console.expectLine('1,2;3,4;');
  await later.inspector.undo.click();
  await later.console.expectLine('The last run is undone: _home is as it was before. Globals are not.');
  await later.run("print(io.open('out/table.csv') == nil, io.open('lib/csv.lua') ~= nil)");
  await later.console.expectLine('true\ttrue');
});
