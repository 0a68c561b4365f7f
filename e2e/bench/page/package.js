// The package of the same engine, in a plain worker. Takes chunks, posts what they return.
import lua from '/web/lua-api.js';

const loaded = lua.loadLuaWasm().then(() => lua.init({ autoRestore: false }));

addEventListener('message', async ({ data: chunk }) => {
  try {
    await loaded;
    postMessage({ returned: await lua.compute(chunk) });
  } catch (error) {
    postMessage({ failed: String(error) });
  }
});
