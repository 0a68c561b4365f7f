// Every call: what it returns, and how it refuses bad input.

import { equal, fails, ok } from './check.mjs';

function start({ api }, options) {
  const engine = new api.Lua();
  engine.init({ storage: new api.MemoryStorage(), onPrint: () => {}, ...options });
  return engine;
}

/** Calls that need a VM, with valid arguments. */
const NEEDS_INIT = [
  (engine) => engine.compute('return 1'),
  (engine) => engine.saveState(),
  (engine) => engine.loadState(),
  (engine) => engine.listStates(),
  (engine) => engine.deleteState('x'),
  (engine) => engine.getMemoryStats(),
  (engine) => engine.runGc(),
  (engine) => engine.getTableInfo(),
  (engine) => engine.setInput(1),
  (engine) => engine.setInputField('a', 1),
  (engine) => engine.getOutput(),
  (engine) => engine.getOutputField('a'),
  (engine) => engine.setMetadata(1),
  (engine) => engine.getMetadata(),
  (engine) => engine.clearIo(),
];

/** @type {any[][]} */
const BAD_CALLS = [
  ...[undefined, null, 5, {}, ['return 1']].map((code) => [(engine) => engine.compute(code), 'the code must be a string']),
  [(engine) => engine.compute('', { chunkName: 5 }), 'chunkName must be a string'],
  ...[5, null, {}].map((name) => [(engine) => engine.saveState(name), 'the name of a state must be a string']),
  [(engine) => engine.saveState(''), 'must not be empty'],
  [(engine) => engine.loadState(''), 'must not be empty'],
  [(engine) => engine.loadState(5), 'the name of a state must be a string'],
  [(engine) => engine.deleteState(), 'the name of a state must be a string'],
  [(engine) => engine.setInputField(5, 1), 'the name of a field must be a string'],
  [(engine) => engine.setInputField(undefined, 1), 'the name of a field must be a string'],
  [(engine) => engine.getOutputField(), 'the name of a field must be a string'],
  [(engine) => engine.setInputField('f', () => 1), '_io.input.f is a function'],
  [(engine) => engine.setMetadata(() => 1), '_io.meta is a function'],
  [(engine) => engine.setMemoryAliasEnabled('yes'), 'must be a boolean'],
  [(engine) => engine.setMemoryAliasEnabled(), 'must be a boolean'],
  ...[[-1, 1], [0, -1], [0, 2 ** 40], [0.5, 1], ['0', 1], [], [NaN, NaN]].map((given) => [
    (engine) => engine.readBuffer(...given),
    'are outside the memory of',
  ]),
];

/** @type {[any, string][]} */
const BAD_OPTIONS = [
  [null, 'the options must be an object'],
  ['fast', 'the options must be an object'],
  [{ memorySize: '16MB' }, 'memorySize must be a number'],
  [{ memorySize: 1000 }, 'memorySize must be from'],
  [{ memorySize: NaN }, 'memorySize must be from'],
  [{ memorySize: 2 ** 33 }, 'memorySize must be from'],
  [{ timeLimit: -1 }, 'timeLimit must be'],
  [{ timeLimit: Infinity }, 'timeLimit must be'],
  [{ autoRestore: 'no' }, 'autoRestore must be a boolean'],
  [{ compression: 1 }, 'compression must be a boolean'],
  [{ validation: null }, 'validation must be a boolean, not null'],
  [{ onPrint: 'log' }, 'onPrint must be a function'],
  [{ onOmitted: 1 }, 'onOmitted must be a function'],
  [{ storage: {} }, 'a storage must have the functions get, set, delete and list'],
  [{ storage: null }, 'a storage must have the functions'],
];

export const tests = {
  async 'calls before loading or init are refused with the reason'(modules) {
    const fresh = await modules.loadFresh();
    await fails(() => new fresh.Lua().init(), 'call loadLuaWasm()');
    await fails(() => new fresh.Lua().readBuffer(0, 1), 'call loadLuaWasm()');
    const loads = [fresh.default.loadLuaWasm(), fresh.default.loadLuaWasm(), new fresh.Lua().loadLuaWasm()];
    ok(loads[0] === loads[1] && loads[1] === loads[2], 'it loads more than once');
    await Promise.all(loads);
    const engine = new modules.api.Lua();
    for (const call of NEEDS_INIT) await fails(() => call(engine), 'call init() first');
    equal([engine.getIoTableId(), engine.getHomeTableId()], [null, null]);
    await engine.whenReady();
  },

  async 'bad input is refused, and the VM keeps working'(modules) {
    const engine = start(modules);
    for (const [call, part] of BAD_CALLS) {
      await fails(() => call(engine), part);
      equal(await engine.compute('return 1'), 1);
    }
    for (const [options, part] of BAD_OPTIONS) {
      await fails(() => engine.init(options), part);
      equal(await engine.compute('return 1'), 1, 'the VM from before');
    }
    const { IoWrapper } = modules.wrapper;
    const io = new IoWrapper(engine);
    await fails(() => new IoWrapper({}), 'needs an engine');
    await fails(() => io.computeWithIo(5, 1), 'the code must be a string');
    await fails(() => io.computeWithIo('return 1', () => 1), '_io.input is a function');
    for (const stream of [undefined, null, 5, {}, 'text']) await fails(() => io.processStream('', stream), 'must be an array');
    for (const batchSize of [0, -1, 1.5, '2', NaN]) await fails(() => io.processStream('', [], { batchSize }), 'batchSize');
    for (const method of [undefined, 5, '']) await fails(() => io.request(method), 'must be the name of a Lua function');
    await fails(() => io.request('no.such.thing'), "there is no function 'no.such.thing'");
    await fails(() => io.request('os.exit() or print'), 'there is no function');
  },

  async 'every init starts a fresh VM'(modules) {
    const engine = start(modules);
    await engine.compute('x = 1 _home.x = 1 _io.output = 1');
    equal(engine.init({ storage: new modules.api.MemoryStorage() }), 0);
    equal(await engine.compute('return x, _home.x, _io.output'), null);
    equal(engine.init(), engine.init({}));
    const other = start(modules);
    await other.compute('only_here = 1');
    equal(await engine.compute('return only_here'), null);
    ok((await modules.api.LuaWASM.init({ autoRestore: false })) === modules.api.default, 'LuaWASM.init gives another engine');
  },

  async 'the program runs before compute returns'(modules) {
    const engine = start(modules);
    const computed = engine.compute('_io.output = {5} return 6');
    equal(engine.getOutput(), [5]);
    equal(await computed, 6);
    const many = 'return ' + Array.from({ length: 250 }, (_, index) => index).join(', ');
    equal(await engine.compute(many), 249);
    equal(await engine.compute('return table.unpack({}, 1, 5000), 7'), 7);
    equal(await engine.compute('return select("#", table.unpack({}, 1, 5000))'), 5000);
    equal(await engine.compute('local t = {} for i = 1, 3000 do t[i] = i end return unpack(t)'), 3000);
  },

  async 'errors have a message, a location and the raised value'(modules) {
    const { LuaError } = modules.api;
    const engine = start(modules);
    const runtime = await fails(() => engine.compute('local t = nil\nreturn t.x'), "main.lua:2: attempt to index a nil value (local 't')");
    ok(runtime instanceof LuaError && runtime instanceof Error, 'not a LuaError');
    equal([runtime.name, runtime.chunk, runtime.line], ['LuaError', 'main.lua', 2]);
    ok(runtime.traceback.startsWith('stack traceback:'), runtime.traceback);
    equal(runtime.value, runtime.message);
    const syntax = await fails(() => engine.compute('x = = 1', { chunkName: 'form.lua' }), 'form.lua:1: unexpected symbol');
    equal([syntax.chunk, syntax.line], ['form.lua', 1]);
    const values = { '{code = 7}': { code: 7 }, 42: 42, nil: null, true: true, print: undefined };
    for (const [raised, value] of Object.entries(values)) {
      equal((await fails(() => engine.compute(`error(${raised})`))).value, value, raised);
    }
    const shown = 'error(setmetatable({}, {__tostring = function() return "shown" end}))';
    await fails(() => engine.compute(shown), 'shown');
    for (const program of ['local function f() return f() + 1 end f()', 'error(error)', 'return ("x"):rep(1 << 40)']) {
      await fails(() => engine.compute(program));
      equal(await engine.compute('return 1'), 1);
    }
  },

  async 'the memory and time limits hold'(modules) {
    const engine = start(modules, { memorySize: 4 << 20, timeLimit: 500 });
    await fails(() => engine.compute('local t = {} while true do t[#t + 1] = {} end'), 'not enough memory');
    await fails(() => engine.compute('while true do end'), 'time limit exceeded');
    await fails(() => engine.compute('while true do pcall(function() while true do end end) end'), 'time limit exceeded');
    await fails(() => engine.compute('return ("a*"):rep(20), (("a"):rep(30)):find(("a*"):rep(20) .. "b")'), 'time limit exceeded');
    await fails(() => engine.setInput(Array.from({ length: 1_000_000 }, () => 1)), 'not enough memory');
    await engine.compute('setmetatable({}, {__gc = function() while true do end end})');
    engine.runGc();
    equal(await engine.compute('collectgarbage() return 1'), 1);
    equal(engine.getMemoryStats().total, 4 << 20);
  },

  async 'memory statistics are correct'(modules) {
    const engine = start(modules);
    const before = engine.getMemoryStats();
    ok(before.total === 256 << 20 && before.used > 1000 && before.used + before.free === before.total, JSON.stringify(before));
    await engine.compute('kept = ("x"):rep(10000000)');
    const full = engine.getMemoryStats();
    ok(full.used - before.used > 9.9e6 && full.used - before.used < 1.2e7, `${full.used - before.used} bytes for ten million`);
    await engine.compute('kept = nil');
    engine.runGc();
    ok(engine.getMemoryStats().used < before.used + 10_000, 'it was not collected');
    ok(full.wasm >= full.used, 'Lua holds more than there is');
    equal(engine.readBuffer(0, 0), '');
    equal(engine.readBuffer(0, 100).length > 0, true);
  },

  async 'tables have ids'(modules) {
    const engine = start(modules);
    const info = engine.getTableInfo();
    equal(info.tableIds, [engine.getHomeTableId(), engine.getIoTableId()]);
    equal([info.memoryTableId, info.homeTableId, info.ioTableId], [1, 1, 2]);
    equal(info.tableCount, 2);
  },

  async 'printed text arrives line by line, and a failing listener does no harm'(modules) {
    const lines = [];
    const engine = start(modules, { onPrint: (...given) => lines.push(given) });
    await engine.compute('print("a", 1) io.write("b", "c\\n", "d") io.stderr:write("e\\n") print("é\\xff")');
    equal(lines, [['a\t1\n', 'out'], ['bc\n', 'out'], ['e\n', 'err'], ['dé\uFFFD\n', 'out']]);
    let inside;
    const nosy = start(modules, {
      onPrint() {
        inside = [nosy.compute('return 1'), fails(() => nosy.setInput(1), 'a Lua program is running'), fails(() => nosy.init(), 'a Lua program is running')];
      },
    });
    equal(await nosy.compute('print(1) return 2'), 2);
    await fails(() => inside[0], 'a Lua program is running');
    await Promise.all(inside.slice(1));
    equal(await nosy.compute('return 3'), 3);
  },

  async '_io is an ordinary table that is not saved'(modules) {
    const storage = new modules.api.MemoryStorage();
    const engine = start(modules, { storage });
    engine.setInput({ a: 1 });
    engine.setInputField('b', { c: 2 });
    equal(await engine.compute('return _io.input'), { a: 1, b: { c: 2 } });
    engine.setInput(5);
    engine.setInputField('b', 1);
    equal(await engine.compute('return _io.input'), { b: 1 });
    await engine.compute('_io.output = {x = 1, [""] = 2} _io.note = 3 _home.io = _io');
    equal([engine.getOutputField('x'), engine.getOutputField(''), engine.getOutputField('none')], [1, 2, null]);
    await engine.saveState();
    engine.init({ storage, onPrint: () => {} });
    equal(await engine.compute('return {_io.input == nil, _io.output == nil, _home.io == _io}'), [true, true, true]);
    engine.setInput(1);
    engine.setMetadata({ m: 1 });
    await engine.compute('_io.output = 1');
    engine.clearIo();
    equal([engine.getOutput(), engine.getMetadata(), await engine.compute('return _io.input')], [null, null, null]);
    await engine.compute('_io = 5');
    equal(engine.getOutput(), null);
    engine.setInput(1);
    equal(await engine.compute('return _io.input'), 1);
  },

  async 'the alias of _home can be turned off'(modules) {
    const engine = start(modules);
    equal(await engine.compute('return Memory == _home'), true);
    engine.setMemoryAliasEnabled(false);
    equal(await engine.compute('return Memory'), null);
    engine.setMemoryAliasEnabled(true);
    equal(await engine.compute('Memory.x = 1 return _home.x'), 1);
    const other = new modules.api.Lua();
    other.setMemoryAliasEnabled(false);
    other.init({ autoRestore: false });
    equal(await other.compute('return Memory'), null);
  },

  async 'the wrapper keeps calls separate'(modules) {
    const engine = start(modules);
    const io = new modules.wrapper.IoWrapper(engine);
    const echo = '_io.output = _io.input _io.meta = _io.meta or "none"';
    const results = await Promise.all([1, 2, 3].map((input) => io.computeWithIo(echo, input, { metadata: { input } })));
    equal(results, [1, 2, 3].map((input) => ({ returnValue: null, output: input, metadata: { input } })));
    equal((await io.computeWithIo(echo)).output, null, 'cleared');
    await io.computeWithIo('', 'kept');
    equal((await io.computeWithIo(echo, undefined, { clearBefore: false })).output, 'kept');
    async function* numbers() {
      for (let number = 1; number <= 5; number += 1) yield number;
    }
    const sum = 'local s = 0 for _, n in ipairs(_io.input.batch) do s = s + n end _io.output = {_io.input.batchIndex, s}';
    for (const stream of [[1, 2, 3, 4, 5], new Set([1, 2, 3, 4, 5]), numbers()]) {
      equal(await io.processStream(sum, stream, { batchSize: 2 }), [[0, 3], [1, 7], [2, 5]]);
    }
    await fails(() => io.processStream('if _io.input.batchIndex == 1 then error("second") end', [1, 2], { batchSize: 1 }), 'second');
    await engine.compute('_home.api = {greet = function(p) return "hello " .. p.name end}');
    const greeted = await io.request('_home.api.greet', { name: 'Ada' });
    equal([greeted.output, greeted.returnValue], ['hello Ada', 'hello Ada']);
    const failed = await fails(() => io.request('_home.api.greet'), "attempt to index a nil value (local 'p')");
    equal(failed.name, 'LuaError');
  },
};
