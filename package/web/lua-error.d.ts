/** The error that a failing Lua program rejects with. The VM stays usable, and globals keep their values. */
export class LuaError extends Error {
  readonly name: 'LuaError';
  /** The name of the chunk where the error is, as in `main.lua:3: ...`. */
  readonly chunk?: string;
  /** The line of that chunk, from 1. */
  readonly line?: number;
  /** As returned by Lua's `debug.traceback`; empty for syntax errors and when memory ran out. */
  readonly traceback: string;
  /** The value that the program raised: `{ code: 7 }` after `error({ code = 7 })`. `undefined` if it cannot cross. */
  readonly value: unknown;
}
