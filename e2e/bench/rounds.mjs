// Programs run by several contestants in turn.

import { withBrowser } from './browser.mjs';
import { geometricMean, median, pairedRatio, table } from './figures.mjs';
import { measure } from './programs.mjs';

/** A browser places compiled code where it likes: one series in one browser can be a tenth off. */
const roundsInABrowser = 5;

/**
 * Runs every program on every contestant, one right after the other, `rounds` times, in as many browsers, one after
 * the other, as needed. `makeContestants(ask)` makes those of a browser; a contestant may have fewer rounds. Returns
 * times in milliseconds: `times[contestant][program][round]`.
 */
export async function inBrowsers(browser, programs, makeContestants, rounds, options) {
  const times = {};
  for (let from = 0; from < rounds; from += roundsInABrowser) {
    const to = Math.min(from + roundsInABrowser, rounds);
    const work = async (ask) => {
      const contestants = await makeContestants(ask);
      for (let round = from; round < to; round++) {
        await addRound(times, round, programs, contestants);
        process.stderr.write(`round ${round + 1} of ${rounds}\n`);
      }
    };
    await withBrowser(browser, work, options);
  }
  return times;
}

/** Adds the times of a round. */
async function addRound(times, round, programs, contestants) {
  for (const program of programs) {
    // No contestant is always first, or always after the same one.
    const start = round % contestants.length;
    for (const contestant of [...contestants.slice(start), ...contestants.slice(0, start)]) {
      if (round >= (contestant.rounds ?? Infinity)) continue;
      const millis = await measure(program, contestant);
      ((times[contestant.name] ??= {})[program.name] ??= []).push(millis);
    }
  }
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
