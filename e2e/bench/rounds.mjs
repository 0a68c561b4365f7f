// Programs run by several contestants in turn.

import { withBrowser } from './browser.mjs';
import { geometricMean, median, pairedRatio, table } from './figures.mjs';
import { measure } from './programs.mjs';

/** A browser places compiled code where it likes: one series in one browser can be a tenth off. */
const roundsInABrowser = 5;

/**
 * Runs every program on every contestant in turn (see `inTurn`), in as many browsers, one after the other, as that
 * takes. `contestants(ask, isFirst)` makes those of a browser. Gives times as `inTurn` does.
 */
export async function inBrowsers(browser, programs, contestants, rounds, options) {
  const times = {};
  for (let done = 0; done < rounds; done += roundsInABrowser) {
    const here = Math.min(roundsInABrowser, rounds - done);
    const work = async (ask) => inTurn(programs, await contestants(ask, done === 0), here);
    const found = await withBrowser(browser, work, options);
    for (const [name, byProgram] of Object.entries(found)) {
      times[name] ??= {};
      for (const [program, more] of Object.entries(byProgram)) (times[name][program] ??= []).push(...more);
    }
  }
  return times;
}

/**
 * Runs every program on every contestant, one right after the other, `rounds` times; a contestant may have
 * fewer rounds of its own. Gives times in milliseconds: `times[contestant][program][round]`.
 */
async function inTurn(programs, contestants, rounds) {
  const times = Object.fromEntries(
    contestants.map(({ name }) => [name, Object.fromEntries(programs.map((program) => [program.name, []]))]),
  );
  for (let round = 0; round < rounds; round++) {
    for (const program of programs) {
      // Nobody is always first, or always behind the same one.
      const start = round % contestants.length;
      for (const contestant of [...contestants.slice(start), ...contestants.slice(0, start)]) {
        if (round >= (contestant.rounds ?? rounds)) continue;
        times[contestant.name][program.name].push(await measure(program, contestant));
      }
    }
    process.stderr.write(`round ${round + 1} of ${rounds}\n`);
  }
  return times;
}

/** How many times longer than `own` each other contestant takes: by program, and the geometric mean. */
export function compare(times, own) {
  const others = Object.keys(times).filter((name) => name !== own);
  return Object.fromEntries(
    others.map((other) => {
      const byProgram = Object.fromEntries(
        Object.keys(times[own]).map((program) => [program, pairedRatio(times[other][program], times[own][program])]),
      );
      return [other, { byProgram, mean: geometricMean(Object.values(byProgram)) }];
    }),
  );
}

/** As Markdown: a row a program, medians, and ratios to `own`. */
export function comparisonTable(times, ratios, own) {
  const others = Object.keys(ratios);
  const head = ['program', `${own}, ms`, ...others.flatMap((other) => [`${other}, ms`, `${other} / ${own}`])];
  const rows = Object.keys(times[own]).map((program) => [
    program,
    median(times[own][program]).toFixed(0),
    ...others.flatMap((other) => [median(times[other][program]).toFixed(0), ratios[other].byProgram[program].toFixed(2)]),
  ]);
  const means = ['**geometric mean**', '', ...others.flatMap((other) => ['', `**${ratios[other].mean.toFixed(2)}**`])];
  return table(head, [...rows, means]);
}
