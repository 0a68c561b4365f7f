import { engines, expect, test } from '../fixtures/test.mjs';

test.use({ editor: 'monaco' });

test('a runtime error names its line, and a click on it goes there', async ({ playground }) => {
  await playground.run('local t\n\nprint(t.x)\n', 'Failed');
  await playground.console.expectText("main.lua:3: attempt to index a nil value (local 't')");
  await expect(playground.editor.errorMarks.first()).toBeVisible();
  await expect(playground.editor.errorText).toContainText("attempt to index a nil value (local 't')");

  await playground.console.place('main.lua:3').click();
  await playground.editor.expectCursorOnLine(3);
});

test('a syntax error names its line', async ({ playground }) => {
  await playground.run('print("not run")\nx = = 1', 'Failed');
  await playground.console.expectText("main.lua:2: unexpected symbol near '='");
  await playground.console.expectNoLine('not run');

  await playground.console.place('main.lua:2').click();
  await playground.editor.expectCursorOnLine(2);
});

test('the mark in the editor disappears when the error is fixed', async ({ playground }) => {
  await playground.run('error("no")', 'Failed');
  await expect(playground.editor.errorMarks.first()).toBeVisible();
  await playground.run('print("yes")');
  await expect(playground.editor.errorMarks).toHaveCount(0);
  await expect(playground.editor.errorText).toHaveCount(0);
});

test('an error object that is a table is reported as one', async ({ playground }) => {
  await playground.run('error({ code = 7 })', 'Failed');
  await playground.console.expectText('error object is a table value');
});

test('an error object with __tostring is shown by it', async ({ playground }) => {
  await playground.run('error(setmetatable({}, { __tostring = function() return "custom!" end }))', 'Failed');
  await playground.console.expectText('custom!');
});

test('the traceback opens', async ({ playground }) => {
  await playground.run('function inner() error("deep") end\nfunction outer() inner() end\nouter()', 'Failed');
  await playground.console.openTraceback();
  await playground.console.expectText(/main\.lua:1: in .*inner/);
  await playground.console.expectText(/main\.lua:3: in main chunk/);
});

test('changes of a failed run to _home and the globals are kept', async ({ playground }) => {
  await playground.run('_home.kept, kept = 1, 2\nerror("after")', 'Failed');
  const later = await playground.reopen();
  await later.run('print("kept", _home.kept)');
  await later.console.expectText('kept\t1');
});

test('errors that the program catches are not reported', engines('exceptions of WebAssembly'), async ({ playground }) => {
  await playground.run('print(pcall(error, "caught", 0)) print(select("#", pcall(string.rep)))');
  await playground.console.expectText('false\tcaught');
});

test('binary chunks are refused', async ({ playground }) => {
  await playground.run('print(load("\\27Lua")) print("dump", pcall(string.dump, print)) print(load("return 1", "c", "b"))');
  await playground.console.expectText('attempt to load a binary chunk');
  await playground.console.expectText('dump\tfalse');
  await playground.console.expectText('attempt to load a text chunk');
});

test('endless recursion and running out of memory are errors, and the next run works', engines('the size of the stack'), async ({ playground }) => {
  await playground.run('local function f() return 1 + f() end f()', 'Failed');
  await playground.console.expectText('stack overflow');
  await playground.run('local s = ("x"):rep(1 << 20) local t = {} while true do t[#t + 1] = s .. #t end', 'Failed');
  await playground.console.expectText('not enough memory');
  await playground.run('print("alive")');
  await playground.console.expectLine('alive');
});
