/** The error that a failing Lua program rejects with. */
export class LuaError extends Error {
  /** @param {{message: string, chunk?: string, line?: number, traceback?: string, value?: unknown}} failure */
  constructor({ message, chunk, line, traceback, value }) {
    super(message);
    this.name = 'LuaError';
    this.chunk = chunk;
    this.line = line;
    this.traceback = traceback ?? '';
    this.value = value;
  }
}
