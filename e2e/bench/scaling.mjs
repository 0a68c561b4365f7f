// How cost grows: with nothing to do, with what is printed, with the table that the inspector opens, with what is
// restored, with the functions of a source text that are saved, and with the calls above an error. The same without a
// browser, and more of it: `cargo bench -p engine --bench scaling`.

import { withBrowser } from './browser.mjs';
import { median, table } from './figures.mjs';

const name = 'cu';
const lineCounts = [1, 1_000, 100_000, 1_000_000];
const entryCounts = [10, 10_000, 1_000_000];
const recordCounts = [0, 1_000, 10_000, 100_000];
const functionCounts = [1, 1_000, 2_000, 4_000];
const callCounts = [1_000, 60_000, 150_000];
const latencyRuns = 20;

const ended = (program) => ({ name, program: `${program} print("end")`, mark: 'end' });
const counted = (value) => value.toLocaleString('en');
const millis = (value) => value.toFixed(value < 10 ? 1 : 0);

function expect(actual, expected) {
  if (!actual.includes(expected)) throw new Error(`expected ${expected}, found ${actual.slice(-500)}`);
}

/** Measures every case once per round, in turn; returns the median of each. */
async function inTurn(cases, rounds, measure) {
  const times = cases.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, count] of cases.entries()) times[index].push(await measure(count, round));
  }
  return times.map(median);
}

/** From the click on Run until the result of a program that does nothing is shown, and until `_home` is saved. */
async function latency(ask) {
  const times = [];
  while (times.length < latencyRuns) times.push(await ask('run', { name, program: '', mark: '' }));
  const middle = (moment) => median(times.map((measured) => measured[moment]));
  return { result: middle('ended'), saved: middle('saved') };
}

/** From the click on Run until the last line is on the page. */
function printing(ask, rounds) {
  return inTurn(lineCounts, rounds, async (count) => {
    const { shown, output } = await ask('run', ended(`for i = 1, ${count} do print("line", i) end`));
    expect(output, `line\t${count}\n`);
    return shown;
  });
}

/**
 * From the click on a table until its first entry is on the page. A large table shows groups first, so that 10,000
 * entries take two clicks, 1,000,000 three. Every round uses a new table.
 */
function inspecting(ask, rounds) {
  return inTurn(entryCounts, rounds, async (count, round) => {
    const label = `list_${count}_${round}`;
    await ask('run', ended(`_home = {${label} = {}} for i = 1, ${count} do _home.${label}[i] = -i end`));
    const { shown, entry } = await ask('inspect', { name, label });
    expect(entry, '-1');
    return shown;
  });
}

/** From opening the page until it is ready. */
function opening(ask, rounds) {
  return inTurn(recordCounts, rounds, async (count) => {
    await ask('forget');
    await ask('open', { name, url: '/' });
    const record = '{id = i, name = "user " .. i, score = i % 100, active = true}';
    await ask('run', ended(`_home = {} for i = 1, ${count} do _home[i] = ${record} end`));
    const ready = await ask('open', { name, url: '/' });
    expect((await ask('run', ended('print(#_home .. " records")'))).output, `${count} records`);
    return ready;
  });
}

/** From the end of a run that sets one value until `_home` is saved, by the number of functions from one text in it. */
function saving(ask, rounds) {
  return inTurn(functionCounts, rounds, async (count, round) => {
    const line = '"function _home.f" .. n .. "(a, b) return a + b + " .. n .. ", helper end"';
    const load = `local t = {} for n = 1, ${count} do t[n] = ${line} end load(table.concat(t, "\\n"))()`;
    await ask('run', ended(`_home = {} ${load}`));
    const { ended: end, saved } = await ask('run', ended(`_home.x = ${round}`));
    return saved - end;
  });
}

/** From the click on Run until an error is reported, by the number of calls above it. */
function failing(ask, rounds) {
  return inTurn(callCounts, rounds, async (count) => {
    const program = `local function f(n) if n == 0 then error({}) end return 1 + f(n - 1) end f(${count})`;
    const { shown } = await ask('run', { name, program, mark: 'error object is a table value' });
    return shown;
  });
}

export async function scaling({ browser, rounds }) {
  const found = await withBrowser(browser, async (ask) => {
    await ask('open', { name, url: '/' });
    return {
      latency: await latency(ask),
      printing: await printing(ask, rounds),
      inspecting: await inspecting(ask, rounds),
      opening: await opening(ask, rounds),
      saving: await saving(ask, rounds),
      failing: await failing(ask, rounds),
    };
  });
  const { result, saved } = found.latency;
  const rows = (counts, times, more = (..._) => []) =>
    counts.map((count, index) => [counted(count), millis(times[index]), ...more(count, times[index])]);
  const aSecond = (count, time) => [counted(Math.round((count / time) * 1000))];
  const forHome = (_, time) => [millis(time - found.opening[0])];
  const tables = [
    table(['an empty program, from Run until', 'ms'], [['its result', millis(result)], ['saved', millis(saved)]]),
    table(['lines printed', 'until the last is shown, ms', 'lines a second'], rows(lineCounts, found.printing, aSecond)),
    table(['entries of a table', 'inspector shows the first, ms'], rows(entryCounts, found.inspecting)),
    table(['records in `_home`', 'page opened until Ready, ms', 'more than with none, ms'], rows(recordCounts, found.opening, forHome)),
    table(['functions of one text in `_home`', 'saved after a change, ms'], rows(functionCounts, found.saving)),
    table(['calls above an uncaught error', 'reported after, ms'], rows(callCounts, found.failing)),
  ];
  return { rounds, ...found, markdown: tables.join('\n\n') };
}
