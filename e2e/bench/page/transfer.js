// Records into the package's engine and out of it, beside `structuredClone` of the same. Runs in pages and in Node.

const COUNT = 100_000;

const records = Array.from({ length: COUNT }, (_, index) => ({
  id: index + 1,
  name: `user ${index + 1}`,
  score: index / 8,
  active: true,
}));

function timed(work) {
  const start = performance.now();
  const result = work();
  return { millis: performance.now() - start, result };
}

function expectLast(actual, expected) {
  if (actual !== expected) throw new Error(`the last record has ${actual}, not ${expected}`);
}

async function round(lua) {
  const clone = () => timed(() => structuredClone(records)).millis;
  const last = records[COUNT - 1];
  const cloneBeforeIn = clone();
  const entered = timed(() => {
    lua.setInput(records);
    return lua.compute(`return _io.input[${COUNT}].name`);
  });
  expectLast(await entered.result, last.name);
  await lua.compute('_io.output = _io.input');
  const cloneBeforeOut = clone();
  const left = timed(() => lua.getOutput());
  expectLast(left.result[COUNT - 1].score, last.score);
  lua.clearIo();
  lua.runGc();
  return { cloneBeforeIn, in: entered.millis, cloneBeforeOut, out: left.millis };
}

/** Gives the milliseconds of each round; `web` is the URL of the package's modules. */
export async function transfer(web, rounds) {
  const { Lua } = await import(`${web}lua-api.js`);
  const lua = new Lua();
  await lua.loadLuaWasm();
  lua.init({ autoRestore: false });
  // The first one warms up.
  await round(lua);
  const times = [];
  while (times.length < rounds) times.push(await round(lua));
  return times;
}
