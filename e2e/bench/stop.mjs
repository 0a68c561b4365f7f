// How long Stop takes, from the click until the page accepts the next program, and until that program's result: if
// the worker was replaced, the latter includes the new one's start and the restored `_home`.

import { withBrowser } from './browser.mjs';
import { median, table } from './figures.mjs';

const name = 'cu';
const inLua = {
  'a loop': 'while true do end',
  'a loop that catches errors': 'while true do pcall(error) end',
  'a loop in a coroutine': 'coroutine.wrap(function() while true do end end)()',
  'endless recursion': 'local function f() return f() end f()',
  'a pattern that backtracks for ever': '("a"):rep(40):find(("a*"):rep(40) .. "b")',
  'a program that waits for input': 'while true do io.read() end',
  'a program that prints': 'while true do print("line") end',
};
const insideC = { 'a loop inside C': 'table.move({}, 1, 1 << 60, 2)' };

/** Cases by the kind of stop, for isolated and other pages. */
const sessions = [
  { bare: false, url: '/', way: 'soft', cases: inLua },
  { bare: false, url: '/', way: 'hard, after a second', cases: insideC },
  { bare: true, url: '/bare/', way: 'hard', cases: inLua },
];

export async function stop({ browser, rounds }) {
  const found = [];
  for (const { bare, url, way, cases } of sessions) {
    const work = async (ask) => {
      await ask('open', { name, url });
      for (const [what, program] of Object.entries(cases)) {
        const times = [];
        for (let round = 0; round < rounds; round++) times.push(await ask('stop', { name, program }));
        found.push({ what, way, isolated: !bare, times });
      }
    };
    await withBrowser(browser, work, { bare });
  }
  const rows = found.map(({ what, way, isolated, times }) => {
    const millis = ['stopped', 'next'].flatMap((until) => {
      const all = times.map((measured) => measured[until]);
      return [median(all), Math.max(...all)].map((value) => value.toFixed(0));
    });
    return [what, isolated ? 'yes' : 'no', way, ...millis];
  });
  const head = ['program', 'page isolated', 'stop', 'stopped, ms', 'longest', 'next result, ms', 'longest'];
  return { rounds, found, markdown: table(head, rows) };
}
