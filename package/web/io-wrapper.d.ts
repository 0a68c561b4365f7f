import { ComputeOptions, Lua, LuaValue } from './lua-api.js';

/** The results of a program. */
export interface IoResult {
  /** The last value that the program returned, or null. */
  returnValue: LuaValue;
  /** The value of `_io.output`, or null. */
  output: LuaValue;
  /** The value of `_io.meta` after the run, or null. */
  metadata: LuaValue;
}

/** The options of `computeWithIo`. */
export interface IoOptions extends ComputeOptions {
  /** Empty `_io` first. True by default. If false, values from earlier calls stay unless this call replaces them. */
  clearBefore?: boolean;
  /** The value for `_io.meta`. */
  metadata?: unknown;
}

/** The usual ways to use `_io`. */
export class IoWrapper {
  /** @param engine the default engine if omitted; it must be initialised before the first call */
  constructor(engine?: Lua);

  /** Runs a program with data as `_io.input`. Resolves to what it returned and what it put into `_io.output`. */
  computeWithIo(code: string, inputData?: unknown, options?: IoOptions): Promise<IoResult>;

  /**
   * Runs a program once for each batch of a stream, with the batch as `_io.input.batch` and its number, from 0, as
   * `_io.input.batchIndex`. Resolves to the outputs. Stops at the first batch that fails.
   *
   * @param dataStream an array, or any other iterable or async iterable
   */
  processStream(
    code: string,
    dataStream: Iterable<unknown> | AsyncIterable<unknown>,
    options?: { /** Items in a batch; 100 by default. */ batchSize?: number },
  ): Promise<LuaValue[]>;

  /**
   * Calls a Lua function with one argument. Its result is both the `output` and the `returnValue`.
   *
   * @param method a global function, or a path to one in tables: `_home.api.greet`
   */
  request(method: string, params?: unknown): Promise<IoResult>;
}
