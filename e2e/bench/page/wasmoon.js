// wasmoon in a worker, used as its README says. Takes chunks, posts what they return.
importScripts('wasmoon-library.js');

const factory = new wasmoon.LuaFactory('/bench/glue.wasm');

// A new engine for each chunk: one that is used for many ends in memory faults.
addEventListener('message', async ({ data: chunk }) => {
  const engine = await factory.createEngine();
  try {
    postMessage({ returned: await engine.doString(chunk) });
  } catch (error) {
    postMessage({ failed: String(error) });
  } finally {
    engine.global.close();
  }
});
