/** What a Lua program that fails rejects with. The VM lives on, with its globals as they are. */
export class LuaError extends Error {
  readonly name: 'LuaError';
  /** The name of the chunk that the error is about, as in `main.lua:3: ...`. */
  readonly chunk?: string;
  /** The line of that chunk, from 1. */
  readonly line?: number;
  /** As Lua's `debug.traceback` gives it; empty for syntax errors and where memory ran out. */
  readonly traceback: string;
  /** The value that the program raised: `{ code: 7 }` after `error({ code = 7 })`. `undefined` if it can not cross. */
  readonly value: unknown;
}
