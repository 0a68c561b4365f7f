// The usual ways to use `_io`. io-wrapper.d.ts documents each call.

import lua from './lua-api.js';

/** Calls the function whose path is `_io.input.method` with `_io.input.params`. */
const CALL_METHOD = `
local found = _G
for name in _io.input.method:gmatch("[^.]+") do
  found = type(found) == "table" and found[name] or nil
end
if found == nil then
  error("there is no function '" .. _io.input.method .. "'", 0)
end
local result = found(_io.input.params)
_io.output = result
return result`;

export class IoWrapper {
  #lua;

  constructor(engine = lua) {
    if (typeof engine?.compute !== 'function' || typeof engine?.setInput !== 'function') {
      throw new TypeError('an IoWrapper needs an engine, or nothing for the default one');
    }
    this.#lua = engine;
  }

  async computeWithIo(code, inputData, options = {}) {
    const { clearBefore = true, metadata, ...others } = options;
    await this.#lua.whenReady();
    // No other code can run between here and the end of the program.
    if (clearBefore) this.#lua.clearIo();
    if (inputData !== undefined || clearBefore) this.#lua.setInput(inputData);
    if (metadata !== undefined) this.#lua.setMetadata(metadata);
    const computed = this.#lua.compute(code, others);
    const results = attempt(() => ({ output: this.#lua.getOutput(), metadata: this.#lua.getMetadata() }));
    const returnValue = await computed;
    if (results.error !== undefined) throw results.error;
    return { returnValue, ...results.value };
  }

  async processStream(code, dataStream, options = {}) {
    const { batchSize = 100 } = options;
    if (!Number.isInteger(batchSize) || batchSize < 1) {
      throw new RangeError(`batchSize must be a whole number of at least 1, not ${batchSize}`);
    }
    const outputs = [];
    for await (const batch of batches(dataStream, batchSize)) {
      const { output } = await this.computeWithIo(code, { batch, batchIndex: outputs.length });
      outputs.push(output);
    }
    return outputs;
  }

  async request(method, params) {
    if (typeof method !== 'string' || method === '') {
      throw new TypeError('the method must be the name of a Lua function, such as "greet" or "_home.greet"');
    }
    return this.computeWithIo(CALL_METHOD, { method, params }, { chunkName: `request(${method})` });
  }
}

function attempt(work) {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}

async function* batches(stream, size) {
  const isIterable = typeof stream?.[Symbol.iterator] === 'function' || typeof stream?.[Symbol.asyncIterator] === 'function';
  if (!isIterable || typeof stream === 'string') throw new TypeError('the stream must be an array, or another iterable');
  if (Array.isArray(stream)) {
    for (let start = 0; start < stream.length; start += size) yield stream.slice(start, start + size);
    return;
  }
  let batch = [];
  for await (const item of stream) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
