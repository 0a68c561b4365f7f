import { ComputeOptions, Lua, LuaValue } from './lua-api.js';

/** What a program was given and gave. */
export interface IoResult {
  /** The last value that the program returned, or null. */
  returnValue: LuaValue;
  /** What it put into `_io.output`, or null. */
  output: LuaValue;
  /** What is in `_io.meta` after it, or null. */
  metadata: LuaValue;
}

/** What `computeWithIo` takes besides code and data. */
export interface IoOptions extends ComputeOptions {
  /** Empty `_io` first. True by default; if not, what earlier calls left there stays, but for what is given here. */
  clearBefore?: boolean;
  /** Becomes `_io.meta`. */
  metadata?: unknown;
}

/** The usual ways to use `_io`. */
export class IoWrapper {
  /** @param engine the default one if left out; it must have been initialised when the calls are made */
  constructor(engine?: Lua);

  /** Runs a program with data as `_io.input`, and gives what it returned and put into `_io.output`. */
  computeWithIo(code: string, inputData?: unknown, options?: IoOptions): Promise<IoResult>;

  /**
   * Runs a program once for each batch of a stream, with the batch as `_io.input.batch` and its number, from 0, as
   * `_io.input.batchIndex`. Gives the outputs. Ends with the first batch that fails.
   *
   * @param dataStream an array, or anything else to iterate over, also asynchronously
   */
  processStream(
    code: string,
    dataStream: Iterable<unknown> | AsyncIterable<unknown>,
    options?: { /** Items in a batch; 100 by default. */ batchSize?: number },
  ): Promise<LuaValue[]>;

  /**
   * Calls a Lua function with one parameter. Its result is the `output`, and the `returnValue`.
   *
   * @param method a global function, or one in tables: `_home.api.greet`
   */
  request(method: string, params?: unknown): Promise<IoResult>;
}
