// A small assertion library for Node and browsers.

/** Whether two values are deeply equal; 0 and -0 differ. */
export function same(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Map) return a.size === b.size && same([...a], [...b]);
  if (a instanceof Uint8Array) return same([...a], [...b]);
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

function shown(value) {
  const replacer = (_, inner) => {
    if (typeof inner === 'bigint') return `${inner}n`;
    if (inner instanceof Map) return { map: [...inner] };
    return inner;
  };
  return JSON.stringify(value, replacer)?.slice(0, 500) ?? String(value);
}

export function equal(actual, expected, what = 'value') {
  if (!same(actual, expected)) throw new Error(`${what}: expected ${shown(expected)}, got ${shown(actual)}`);
}

export function ok(condition, what) {
  if (!condition) throw new Error(what);
}

/** Runs work that must fail, and returns the error. */
export async function fails(work, part = '') {
  try {
    await work();
  } catch (error) {
    ok(error.message.includes(part), `expected an error with "${part}", got "${error.message}"`);
    return error;
  }
  throw new Error(`expected an error with "${part}", got none`);
}
