// Saving and loading, in every storage that is available.

import { equal, fails, ok } from './check.mjs';

const quiet = { onPrint: () => {} };

function start({ api }, options) {
  const engine = new api.Lua();
  engine.init({ ...quiet, ...options });
  return engine;
}

/** A storage that answers asynchronously. */
function slow(storage) {
  const later = (call) => async (...given) => {
    await new Promise((resume) => setTimeout(resume, 5));
    return storage[call](...given);
  };
  return { get: later('get'), set: later('set'), delete: later('delete'), list: later('list') };
}

const ODD_NAMES = ['a/b', '../up', 'nul\0', '\u{1F600}', 'a'.repeat(300), 'A', ' ', '__proto__', '*?"<>|', 'con', '\uD800', '\uD801'];

export const tests = {
  async 'functions and closures survive'(modules) {
    for (const storage of modules.storages()) {
      const engine = start(modules, { storage });
      await engine.compute('local n = 0 function _home.next() n = n + 1 return n end _home.next()');
      equal(await engine.saveState(), true);
      const later = new modules.api.Lua();
      await later.init({ ...quiet, storage });
      equal(await later.compute('return _home.next()'), 2);
      equal(await engine.deleteState('default'), true);
    }
  },

  async 'names are independent, however odd'(modules) {
    for (const storage of modules.storages()) {
      const engine = start(modules, { storage });
      for (const [index, name] of ODD_NAMES.entries()) {
        await engine.compute(`_home = {index = ${index}}`);
        await engine.saveState(name);
      }
      const listed = (await engine.listStates()).map(({ name }) => name);
      equal(listed, [...ODD_NAMES].sort());
      for (const [index, name] of ODD_NAMES.entries()) {
        equal(await engine.loadState(name), true);
        equal(await engine.compute('return _home.index'), index, name);
        equal(await engine.deleteState(name), true);
        equal(await engine.deleteState(name), false);
        equal(await engine.loadState(name), false);
      }
      equal(await engine.listStates(), []);
    }
  },

  async 'a state is described by its time, size and omissions'(modules) {
    const storage = new modules.api.MemoryStorage();
    const told = [];
    const engine = start(modules, { storage, onOmitted: (...given) => told.push(given) });
    await engine.compute('_home.a = {1, 2} _home.job = {co = coroutine.running()}');
    await engine.saveState('s');
    const omissions = [{ path: '_home.job.co', kind: 'main coroutine of a run' }];
    equal(told, [['s', omissions]]);
    const [info] = await engine.listStates();
    ok(Math.abs(Date.now() - info.savedAt.getTime()) < 60_000, 'savedAt is not now');
    equal({ ...info, savedAt: 0 }, { name: 's', savedAt: 0, byteSize: storage.get('s').length, valueCount: 5, omissions });
  },

  async 'compression makes states smaller, and both kinds are read'(modules) {
    const storage = new modules.api.MemoryStorage();
    for (const compression of [true, false]) {
      const engine = start(modules, { storage, compression });
      await engine.compute('_home.t = {} for i = 1, 1000 do _home.t[i] = "the same text " .. i % 10 end');
      await engine.saveState(String(compression));
    }
    const sizes = [true, false].map((compression) => storage.get(String(compression)).length);
    ok(sizes[0] < sizes[1] / 2, `compressed ${sizes[0]}, else ${sizes[1]} bytes`);
    const engine = start(modules, { storage });
    for (const name of ['true', 'false']) {
      equal(await engine.loadState(name), true);
      equal(await engine.compute('return #_home.t'), 1000);
    }
  },

  async 'init restores at once, later, or not at all'(modules) {
    const storage = new modules.api.MemoryStorage();
    const writer = start(modules, { storage });
    await writer.compute('_home.x = 1');
    await writer.saveState();
    const engine = new modules.api.Lua();
    equal(engine.init({ ...quiet, storage }), 0);
    equal(await engine.compute('return _home.x'), 1);
    equal(engine.init({ ...quiet, storage, autoRestore: false }), 0);
    equal(await engine.compute('return _home.x'), null);
    const pending = engine.init({ ...quiet, storage: slow(storage) });
    ok(pending == 0 && typeof pending.then === 'function', 'it gives no pending status');
    equal(await engine.compute('return _home.x'), 1, 'without waiting');
    equal(await pending, 0);
    // The restore of an earlier init does not affect a later one.
    engine.init({ ...quiet, storage: slow(storage) });
    engine.init({ ...quiet, storage: new modules.api.MemoryStorage() });
    await new Promise((resume) => setTimeout(resume, 30));
    equal(await engine.compute('return _home.x'), null);
  },

  async 'a damaged state is refused and kept, and the VM works'(modules) {
    const storage = new modules.api.MemoryStorage();
    const engine = start(modules, { storage });
    await engine.compute('_home.text = ("text"):rep(1000)');
    await engine.saveState('good');
    const good = storage.get('good');
    const damage = {
      nothing: new Uint8Array(0),
      foreign: Uint8Array.from(good, (byte, at) => (at === 0 ? 0 : byte)),
      short: good.slice(0, good.length - 40),
      flipped: Uint8Array.from(good, (byte, at) => (at === 60 ? byte ^ 1 : byte)),
    };
    for (const [name, bytes] of Object.entries(damage)) {
      storage.set(name, bytes);
      await fails(() => engine.loadState(name), `the state "${name}" could not be restored: `);
      equal(await engine.compute('return #_home.text'), 4000, 'after a refusal');
      ok(storage.get(name) === bytes, 'it was touched');
    }
    const listed = await engine.listStates();
    equal(listed.map(({ name }) => name), ['flipped', 'foreign', 'good', 'nothing', 'short']);
    equal(listed.find(({ name }) => name === 'foreign').damage, 'it is not a saved state of cu');
    storage.set('default', damage.flipped);
    const { error } = console;
    console.error = () => {};
    try {
      const status = engine.init({ ...quiet, storage });
      ok(status == 1, 'the status says nothing');
      await fails(() => status, 'could not be restored. It is kept');
    } finally {
      console.error = error;
    }
    equal(await engine.compute('return next(_home) == nil'), true);
  },

  async 'a malicious state is refused, and the VM works'(modules) {
    const storage = new modules.api.MemoryStorage();
    const engine = start(modules, { storage, validation: false });
    await engine.compute('_home.text = "kept"');
    // A table with a library function as its metatable, in a state as `engine/embed/src/state.rs` writes it.
    for (const path of ['load', 'print', 'string.format']) {
      const text = new TextEncoder();
      const header = [...text.encode('cu state\x01'), ...new Array(8).fill(0), 0, 0, 1, 0];
      const image = [0, 0, 1, path.length, ...text.encode(path), 1, 8, 0, 0, 1, 14, 0];
      storage.set(path, Uint8Array.from([...header, ...image, ...new Array(32).fill(0)]));
      await fails(() => engine.loadState(path), `the metatable of a table is '${path}', which is a function, not a table`);
      equal(await engine.compute('collectgarbage() return _home.text'), 'kept', 'after a refusal');
    }
  },

  async 'a failing storage is reported'(modules) {
    const broken = (call) => ({ get() {}, set() {}, delete() {}, list: () => [], [call]: () => Promise.reject(new Error('disk on fire')) });
    const uses = {
      set: (engine) => engine.saveState(),
      get: (engine) => engine.loadState('x'),
      delete: (engine) => engine.deleteState('x'),
      list: (engine) => engine.listStates(),
    };
    for (const [call, use] of Object.entries(uses)) {
      const engine = start(modules, { storage: broken(call), autoRestore: false });
      await fails(() => use(engine), 'disk on fire');
    }
    const engine = start(modules, { storage: new modules.api.MemoryStorage() });
    await engine.compute('_home = 5');
    await fails(() => engine.saveState(), '`_home` is 5, not a table');
    await engine.compute('_home = {}');
    equal(await engine.saveState(), true);
  },
};
