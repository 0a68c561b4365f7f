// Values that cross between JavaScript and Lua, and how they come back.

import { equal, fails, ok, same } from './check.mjs';

function engineOf({ api }) {
  const engine = new api.Lua();
  engine.init({ autoRestore: false, onPrint: () => {} });
  return engine;
}

async function roundTrip(engine, value) {
  engine.setInput(value);
  return engine.compute('return _io.input');
}

/** A reproducible sequence of numbers from 0 to 1: a test that fails must fail again. */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const SOME_STRINGS = ['', 'a', 'key', '1', '__proto__', 'constructor', 'toString', 'é', '\u{1F600}', '\0', '\uFEFFbom', ' ', 'x'.repeat(50)];
const SOME_NUMBERS = [0, -0, 1, -1, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 2 ** 53 - 1, 1 - 2 ** 53, 1.5, 1e300, -5e-324, NaN, Infinity, -Infinity];

/** A random value that comes back unchanged. */
function anyValue(random, depth) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const count = () => Math.floor(random() * 6);
  const kind = Math.floor(random() * (depth > 0 ? 10 : 6));
  const inner = () => anyValue(random, depth - 1);
  if (kind === 0) return random() < 0.5;
  if (kind === 1) return pick(SOME_NUMBERS);
  if (kind === 2) return Math.floor((random() - 0.5) * 2 ** Math.floor(random() * 53));
  if (kind === 3) return pick(SOME_STRINGS);
  if (kind === 4) return BigInt.asIntN(64, (BigInt(Math.floor(random() * 2 ** 31)) << 32n) | (1n << 62n));
  if (kind === 5) return Uint8Array.of(255, Math.floor(random() * 256), 128);
  if (kind <= 7) return Array.from({ length: count() }, inner);
  const entries = Array.from({ length: count() + 1 }, () => [pick(SOME_STRINGS), inner()]);
  if (kind === 8) return Object.fromEntries(entries);
  return new Map([[1.5, true], ...entries, [-7, inner()]]);
}

/** The value with the entries of Maps and objects sorted, since Lua's tables have no order. */
function sorted(value) {
  const byKey = ([a], [b]) => (String(a) < String(b) ? -1 : 1);
  if (value instanceof Map) return new Map([...value].map(([key, inner]) => [key, sorted(inner)]).sort(byKey));
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sorted(inner)]).sort(byKey));
}

/** Values into Lua, and what comes back if it is different. */
const INWARD = [
  [undefined, null],
  [null, null],
  [{}, []],
  [{ gone: undefined, none: null, here: 1 }, { here: 1 }],
  [5n, 5],
  [2n ** 53n, 2n ** 53n],
  [-(2n ** 63n), -(2n ** 63n)],
  [2 ** 53, 2 ** 53],
  [new Date(1234567890123), 1234567890123],
  [new Date(NaN), NaN],
  [new Set([1, 'two']), [1, 'two']],
  [new Map([[1, 'a'], [2, 'b']]), ['a', 'b']],
  [new Map([['a', 1]]), { a: 1 }],
  [Uint8Array.of(104, 105), 'hi'],
  [new Uint8Array(0), ''],
  [Uint8Array.of(200).buffer, Uint8Array.of(200)],
  [new DataView(Uint8Array.of(201).buffer), Uint8Array.of(201)],
  [Float64Array.of(1.5, -2), [1.5, -2]],
  [BigInt64Array.of(-1n), [-1]],
  ['lone \uD800', 'lone \uFFFD'],
];

/** Lua expressions, and what JavaScript gets. */
const OUTWARD = [
  ['nil', null],
  ['', null],
  ['1, 2, nil', null],
  ['25.0', 25],
  ['-0.0', -0],
  ['0/0', NaN],
  ['1e308 * 10', Infinity],
  ['1 << 53', 2n ** 53n],
  ['(1 << 53) - 1', 2 ** 53 - 1],
  ['math.mininteger', -(2n ** 63n)],
  ["''", ''],
  ["'\\xff'", Uint8Array.of(255)],
  ['{}', []],
  ['{[3] = 3, [2] = 2, [1] = 1}', [1, 2, 3]],
  ['{1, nil, 3}', new Map([[1, 1], [3, 3]])],
  ['{10, x = 1}', new Map(/** @type {[any, number][]} */ ([[1, 10], ['x', 1]]))],
  ["{['1'] = 1}", { 1: 1 }],
  ["{['\\xff'] = 1}", new Map([[Uint8Array.of(255), 1]])],
  ['{[true] = 1}', new Map([[true, 1]])],
  ["{['__proto__'] = {polluted = 1}}", JSON.parse('{"__proto__": {"polluted": 1}}')],
  ["setmetatable({1}, {__index = error, __len = error, __pairs = error})", [1]],
];

const cycle = { a: [1, 2, {}] };
cycle.a[2].b = cycle;
const selfish = [];
selfish.push(selfish);
const crossed = [{}, {}];
crossed[0].x = crossed[1];
crossed[1].y = crossed[0];

/** @type {[any, string][]} */
const REFUSED_INWARD = [
  [cycle, '_io.input.a[3].b is part of a cycle'],
  [selfish, '_io.input[1] is part of a cycle'],
  [crossed, 'is part of a cycle'],
  [() => 1, '_io.input is a function'],
  [{ deep: [{ f() {} }] }, '_io.input.deep[1].f is a function'],
  [{ 'odd key': Symbol('s') }, '_io.input["odd key"] is a symbol'],
  [{ p: Promise.resolve() }, '_io.input.p is an object of the kind Promise'],
  [[/x/], '_io.input[1] is an object of the kind RegExp'],
  [{ e: new Error('x') }, '_io.input.e is an object of the kind Error'],
  [2n ** 63n, '_io.input is a BigInt beyond 64 bits'],
  [new Map([[NaN, 1]]), '_io.input[key] is NaN as a key'],
  [{ m: new Map([[null, 1]]) }, '_io.input.m[key] is nil as a key'],
  [new Map([[() => 1, 1]]), '_io.input[key] is a function'],
];

const REFUSED_OUTWARD = [
  ['return print', 'result is a function'],
  ['return {a = {1, 2, {b = function() end}}}', 'result.a[3].b is a function'],
  ['local t = {} t.self = t return t', 'result.self is part of a cycle'],
  ['return {coroutine.create(print)}', 'result[1] is a coroutine'],
];

export const tests = {
  async 'values that come back unchanged'(modules) {
    const engine = engineOf(modules);
    for (const value of [...SOME_STRINGS, ...SOME_NUMBERS, true, false, [], [[], [[]]], { a: { b: ['', 0] } }]) {
      equal(await roundTrip(engine, value), value);
    }
    const random = randomFrom(20);
    for (let round = 0; round < 500; round += 1) {
      const value = anyValue(random, 4);
      const back = await roundTrip(engine, value);
      ok(same(sorted(back), sorted(value)), `round ${round}: ${JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? `${inner}n` : inner))}`);
    }
  },

  async 'values that come back as something else'(modules) {
    const engine = engineOf(modules);
    for (const [value, expected] of INWARD) equal(await roundTrip(engine, value), expected);
    class Point {
      x = 1;
      get length() {
        return 2;
      }
    }
    equal(await roundTrip(engine, new Point()), { x: 1 });
    equal(await roundTrip(engine, Object.assign(Object.create(null), { y: 2 })), { y: 2 });
    equal(await roundTrip(engine, [1, , 3]), new Map([[1, 1], [3, 3]]));
  },

  async 'values that Lua returns'(modules) {
    const engine = engineOf(modules);
    for (const [expression, expected] of OUTWARD) equal(await engine.compute(`return ${expression}`), expected, expression);
    ok({}.polluted === undefined, 'a prototype was changed');
  },

  async 'integers and floats stay distinct in Lua'(modules) {
    const engine = engineOf(modules);
    const kinds = { 3: 'integer', 3.5: 'float', '-0': 'float', 1e300: 'float', NaN: 'float' };
    for (const [number, kind] of Object.entries(kinds)) {
      engine.setInput(Number(number));
      equal(await engine.compute('return math.type(_io.input)'), kind, number);
    }
    engine.setInput(7n);
    equal(await engine.compute('return math.type(_io.input)'), 'integer');
  },

  async 'shared objects stay shared'(modules) {
    const engine = engineOf(modules);
    const shared = { n: 1 };
    const back = await roundTrip(engine, { a: shared, b: [shared] });
    ok(back.a === back.b[0], 'it came back twice');
    // Without sharing, this would be 2^60 tables.
    const wide = await engine.compute('local t = {} for i = 1, 60 do t = {t, t} end return t');
    ok(wide[0] === wide[1], 'it came back twice');
    engine.setInput(wide);
  },

  async 'a value that cannot go in is named by its path, and nothing changes'(modules) {
    const engine = engineOf(modules);
    engine.setInput('before');
    for (const [value, part] of REFUSED_INWARD) {
      const error = await fails(() => engine.setInput(value), part);
      ok(error instanceof TypeError, `${part}: not a TypeError`);
    }
    const thrown = new Error('thrown by a getter');
    ok((await fails(() => engine.setInput({ get x() { throw thrown; } }))) === thrown, 'another error');
    equal(await engine.compute('return _io.input'), 'before');
  },

  async 'a value that cannot come out is named by its path'(modules) {
    const engine = engineOf(modules);
    for (const [program, part] of REFUSED_OUTWARD) await fails(() => engine.compute(program), part);
    await engine.compute('_io.output = {f = print}');
    await fails(() => engine.getOutput(), '_io.output.f is a function');
    await fails(() => engine.getOutputField('f'), '_io.output.f is a function');
  },

  async 'texts of many lengths and scripts'(modules) {
    const engine = engineOf(modules);
    const characters = ['a', '\x7f', '\x80', 'é', '\u07ff', '\u0800', '漢', '\uffff', '\u{10000}', '\u{1F600}', '\u{10FFFF}'];
    const texts = [];
    for (const character of characters) {
      for (const count of [1, 2, 31, 42, 43, 63, 64, 127, 128, 5000, 70_000]) texts.push(character.repeat(count), `x${character}`.repeat(count));
    }
    equal(await roundTrip(engine, texts), texts);
    const lone = ['\uD800', '\uDC00', 'a\uDFFFb', '\uDE00\uD83D', '\uD83D\u{1F600}', '\uD800'.repeat(200)];
    equal(await roundTrip(engine, lone), lone.map((text) => new TextDecoder().decode(new TextEncoder().encode(text))));
    // Texts mixed with bytes, so that not every string is UTF-8.
    equal(await engine.compute("return {'é', '\\xff', 'ü'}"), ['é', Uint8Array.of(255), 'ü']);
  },

  async 'repeated texts'(modules) {
    const engine = engineOf(modules);
    const records = await engine.compute(`
      local list, long = {}, ('long '):rep(20)
      for i = 1, 5000 do list[i] = {['key ' .. i] = 'value ' .. i % 7, long = long} end
      return list`);
    const long = 'long '.repeat(20);
    for (const [index, record] of records.entries()) equal(record, { [`key ${index + 1}`]: `value ${(index + 1) % 7}`, long });
  },

  async 'ten thousand levels of nesting'(modules) {
    const engine = engineOf(modules);
    let [list, object] = [[], {}];
    for (let depth = 0; depth < 10_000; depth += 1) [list, object] = [[list], { next: object }];
    engine.setInput({ list, object });
    const depth = await engine.compute(`
      local function depth(t, key) local n = 0 while t[key] do t, n = t[key], n + 1 end return n end
      return {depth(_io.input.list, 1), depth(_io.input.object, 'next')}`);
    equal(depth, [10_000, 10_000]);
    let { list: back } = await engine.compute('return _io.input');
    let count = 0;
    for (; back.length > 0; [back] = back) count += 1;
    equal(count, 10_000);
  },

  async 'a million elements'(modules) {
    const engine = engineOf(modules);
    const numbers = Array.from({ length: 1_000_000 }, (_, index) => index);
    engine.setInput(numbers);
    equal(await engine.compute('return #_io.input + _io.input[1000000]'), 1_999_999);
    const back = await engine.compute('return _io.input');
    ok(back.length === 1_000_000 && back.every((number, index) => number === index), 'they differ');
    const keys = Object.fromEntries(numbers.slice(0, 100_000).map((number) => [`k${number}`, number]));
    const keysBack = await roundTrip(engine, keys);
    ok(Object.keys(keysBack).length === 100_000 && keysBack.k99999 === 99_999, 'they differ');
    const text = 'é'.repeat(5_000_000);
    ok((await roundTrip(engine, text)) === text, 'a long text differs');
    engine.runGc();
  },

  async "none of the program's code runs while values cross"(modules) {
    const engine = engineOf(modules);
    await engine.compute(`
      local function fail() error('ran') end
      setmetatable(_io, {__index = fail, __newindex = fail})
      setmetatable(_G, {__index = fail, __newindex = fail})
      _io.output = setmetatable({}, {__index = fail, __pairs = fail, __len = fail})`).catch(() => {});
    engine.clearIo();
    engine.setInput({ a: 1 });
    engine.setInputField('b', 2);
    engine.setMetadata('m');
    equal(engine.getOutput(), null);
    equal(engine.getMetadata(), 'm');
  },
};
