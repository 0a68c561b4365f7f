// The options of `init` and their defaults.

const MIN_MEMORY = 1 << 20;
const MAX_MEMORY = 2 ** 32 - 1;

const defaults = {
  memorySize: 256 << 20,
  timeLimit: 0,
  autoRestore: true,
  compression: true,
  validation: true,
  onPrint: showOnConsole,
  onOmitted: warnOfOmissions,
};

function showOnConsole(text, stream) {
  const line = text.endsWith('\n') ? text.slice(0, -1) : text;
  if (stream === 'err') console.warn(line);
  else console.log(line);
}

function warnOfOmissions(name, omissions) {
  const paths = omissions.map(({ path, kind }) => `${path} (${kind})`).join(', ');
  console.warn(`cu: the state "${name}" was saved without these values, which cannot be saved: ${paths}`);
}

export function checkType(value, type, what) {
  if (typeof value !== type) throw new TypeError(`${what} must be a ${type}, not ${value === null ? 'null' : `a ${typeof value}`}`);
}

export function checkName(name) {
  checkType(name, 'string', 'the name of a state');
  if (name === '') throw new TypeError('the name of a state must not be empty');
}

function checkOptions(options) {
  for (const name of ['autoRestore', 'compression', 'validation']) checkType(options[name], 'boolean', name);
  for (const name of ['memorySize', 'timeLimit']) checkType(options[name], 'number', name);
  for (const name of ['onPrint', 'onOmitted']) checkType(options[name], 'function', name);
  const { memorySize, timeLimit, storage } = options;
  if (!(memorySize >= MIN_MEMORY && memorySize <= MAX_MEMORY)) {
    throw new RangeError(`memorySize must be from ${MIN_MEMORY} to ${MAX_MEMORY} bytes, not ${memorySize}`);
  }
  if (!(timeLimit >= 0 && timeLimit <= MAX_MEMORY)) {
    throw new RangeError(`timeLimit must be a number of milliseconds, or 0 for none, not ${timeLimit}`);
  }
  const hasCalls = (object) => ['get', 'set', 'delete', 'list'].every((name) => typeof object?.[name] === 'function');
  if (storage !== undefined && !hasCalls(storage)) {
    throw new TypeError('a storage must have the functions get, set, delete and list');
  }
}

/** Returns the options, with defaults for missing ones. Throws if an option is invalid. */
export function chooseOptions(options, storage) {
  if (typeof options !== 'object' || options === null) throw new TypeError('the options must be an object');
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const chosen = { ...defaults, storage, ...Object.fromEntries(given) };
  checkOptions(chosen);
  return chosen;
}
