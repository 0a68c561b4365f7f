// The behaviour cases in engine/tests/cases, run through the JavaScript interface.

import { ok } from './check.mjs';

/** Where the cases are, in engine/tests/cases. */
export const caseFiles = ['cases.jsonl', 'reports.jsonl', 'more.jsonl'];

const pause = () => new Promise((resume) => setTimeout(resume));

/** A case's value in the form that JSON allows: a table with other keys than strings is an object there too. */
function plain(value) {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [String(key), plain(inner)]));
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function agree(expected, actual, tolerance) {
  if (Object.is(expected, actual)) return true;
  if (typeof expected === 'number' && typeof actual === 'number') return Math.abs(expected - actual) <= tolerance;
  if (typeof expected !== 'object' || expected === null) return expected === actual;
  if (typeof actual !== 'object' || actual === null || Array.isArray(expected) !== Array.isArray(actual)) return false;
  const keys = Object.keys(expected);
  return keys.length === Object.keys(actual).length && keys.every((key) => agree(expected[key], actual[key], tolerance));
}

/** What a case expects, with what JSON has no words for: `{"$num": "NaN"}`, and `{"$map": [[key, value], …]}`. */
function wanted(value) {
  if (typeof value !== 'object' || value === null) return value;
  if ('$num' in value) return Number(value.$num);
  if ('$map' in value) return Object.fromEntries(value.$map.map(([key, inner]) => [String(key), wanted(inner)]));
  if (Array.isArray(value)) return value.map(wanted);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wanted(inner)]));
}

function expectValue(what, given, value, tolerance = 0) {
  const [expected, actual] = [wanted(given), plain(value)];
  ok(agree(expected, actual, tolerance), `${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
}

/** Applies the case's setup before its code runs. */
function giveInput(engine, io) {
  for (const input of [...(io.setup_io ?? []), ...(io.input_seq ?? [])]) engine.setInput(input);
  if ('input' in io) engine.setInput(io.input);
  for (const [key, value] of io.input_fields ?? []) engine.setInputField(key, value);
  if ('meta' in io) engine.setMetadata(io.meta);
  if (io.clear_io) engine.clearIo();
}

async function callWrapper(wrapper, test) {
  if (test.api === 'processStream') {
    expectValue('batches', test.expect_batches, await wrapper.processStream(test.code, test.stream, { batchSize: test.batchSize }));
    return;
  }
  const result =
    test.api === 'request' ? await wrapper.request(test.method, test.params) : await wrapper.computeWithIo(test.code, test.input);
  if ('expect' in test) expectValue('returnValue', test.expect, result.returnValue, test.approx);
  if ('expect_output' in test) expectValue('output', test.expect_output, result.output, test.approx);
}

/** Runs one case in a fresh VM with an empty storage. */
async function runCase({ api: { Lua, MemoryStorage }, wrapper: { IoWrapper } }, test) {
  let printed = '';
  // Some of what is to fail does not end by itself.
  const timeLimit = test.setup_err === undefined ? 0 : 1000;
  const options = { storage: new MemoryStorage(), timeLimit, onPrint: (text) => (printed += text) };
  const engine = new Lua();
  const start = () => ok(engine.init(options) === 0, 'init did not give 0');
  start();
  for (const code of test.setup ?? []) await engine.compute(code);
  for (const code of test.setup_err ?? []) {
    const failed = await engine.compute(code).then(() => false, () => true);
    ok(failed, `should have failed: ${code}`);
  }
  if (test.api !== undefined) return callWrapper(new IoWrapper(engine), test);
  giveInput(engine, test);
  printed = '';
  let computed = engine.compute(test.code);
  if ('expect_output' in test) expectValue('output', test.expect_output, engine.getOutput(), test.approx);
  if ('output_field' in test) expectValue('field', test.expect_output_field, engine.getOutputField(test.output_field), test.approx);
  if (test.then !== undefined) {
    await computed;
    await engine.saveState('case');
    start();
    ok(await engine.loadState('case'), 'the state is not there');
    printed = '';
    computed = engine.compute(test.then);
  }
  if (test.expect_error !== undefined) {
    const message = await computed.then(() => undefined, (error) => error.message);
    ok(message !== undefined, 'should have failed');
    for (const part of test.expect_error) ok(message.includes(part), `no "${part}" in "${message}"`);
    ok((await engine.compute('return 1 + 1')) === 2, 'the VM does not live on');
    return undefined;
  }
  const value = await computed;
  if ('expect' in test) expectValue('value', test.expect, value, test.approx);
  if ('expect_print' in test) ok(printed === test.expect_print, `printed ${JSON.stringify(printed)}`);
  return undefined;
}

export const tests = {
  async 'all behaviour cases'(modules) {
    const cases = modules.casesText.trim().split('\n').map((line) => JSON.parse(line));
    const failures = [];
    for (const test of cases) {
      try {
        await runCase(modules, test);
      } catch (error) {
        failures.push(`${test.id}: ${error.message}`);
      }
      await pause();
    }
    ok(cases.length > 250, `only ${cases.length} cases were found`);
    ok(failures.length === 0, `${failures.length} of ${cases.length} cases failed:\n${failures.join('\n')}`);
  },
};
