// While a Lua program runs, no engine can be used: neither from its own listeners nor from those of another engine.

import { decode } from './decode.js';
import { LuaError } from './lua-error.js';

/** True while any engine runs: they share one WebAssembly instance. */
let isRunning = false;

export function refuseWhileRunning() {
  if (isRunning) throw new Error('a Lua program is running: wait until it ends');
}

/** Returns the function that the engine calls with each line. */
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

/** Does some work while no engine can be used. */
export function running(work) {
  isRunning = true;
  try {
    return work();
  } finally {
    isRunning = false;
  }
}

/** Runs a chunk and returns its value. */
export function run(engine, chunkName, code) {
  try {
    return decode(running(() => engine.compute(chunkName, code)));
  } catch (error) {
    if (error instanceof Error) throw error;
    throw new LuaError({ ...error, value: error.value && decode(error.value) });
  }
}
