// While a Lua program runs, nobody else can use an engine: neither its own listeners, nor those of another.

import { decode } from './decode.js';
import { LuaError } from './lua-error.js';

/** In any of the engines: they share one WebAssembly instance. */
let isRunning = false;

export function refuseWhileRunning() {
  if (isRunning) throw new Error('a Lua program is running: wait until it has ended');
}

/** What the engine calls with each line. */
export function printer(onPrint) {
  return (stream, text) => {
    try {
      onPrint(text, stream === 2 ? 'err' : 'out');
    } catch (error) {
      // As with any listener: the program goes on, and the error is reported.
      queueMicrotask(() => {
        throw error;
      });
    }
  };
}

/** Works while nobody else can use an engine. */
export function running(work) {
  isRunning = true;
  try {
    return work();
  } finally {
    isRunning = false;
  }
}

/** Runs a chunk and gives its value. */
export function run(engine, chunkName, code) {
  try {
    return decode(running(() => engine.compute(chunkName, code)));
  } catch (error) {
    if (error instanceof Error) throw error;
    throw new LuaError({ ...error, value: error.value && decode(error.value) });
  }
}
