// Fails when the files of a build have outgrown their budgets: `node scripts/check-sizes.mjs dist`, on a release build.
// A file is in the budget of the moment at which a visitor first needs it. Sizes are those of `gzip -9`.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { gzipSync } from "node:zlib";
import { filesUnder } from "./build/files.mjs";
import { workers } from "./build/workers.mjs";

// What each moment may cost, in all.
const moments = {
  "before the first run": 800,
  // Asked for at once, and shown when they are there: nothing waits for them.
  "fonts": 40,
  "before the first edit in Monaco": 1350,
  // Dialogs, trees of values, and panes that the first run does not need; what the engine does besides running.
  "once a run is possible": 630,
  // When nothing else is to be done.
  "beside the editor": 950,
  "on demand": 400,
};

// The first pattern that fits says when a file is needed; `null` is for what no visitor of the page loads.
/** @type {[RegExp, string | null][]} */
const others = [
  // What a program that uses collections has loaded.
  [/^engine-worker-\w+\/records\.lua$/, "on demand"],
  // Only in the build for the tests.
  [/^gallery(\.html$|\/)/, null],
  [/^(engine-worker-\w+\/)?part-later-\w+\.wasm$/, "once a run is possible"],
  [/^later-\w+\.css$/, "once a run is possible"],
  [/^(format|picture)-\w+\.js$/, "on demand"],
  [/^(release-\w+\.js|icons-\w+\.svg)$/, "once a run is possible"],
  // Asked for when the page is there.
  [/^service-worker\.js$/, "once a run is possible"],
  [/^[^/]+\.(html|css|js|wasm|svg)$/, "before the first run"],
  [/^snippets\//, "before the first run"],
  [/^fonts-\w+\//, "fonts"],
  [/^monaco-\w+\/.*\.LEGAL\.txt$/, null],
  [/^monaco-\w+\/inputs\.txt$/, null],
  [/^monaco-\w+\/vim\.js$/, "on demand"],
  [/^monaco-\w+\//, "before the first edit in Monaco"],
  [/^(examples|guide)\//, "on demand"],
  // For systems where the playground is installed.
  [/^(icons\/|manifest\.webmanifest$)/, "on demand"],
  // For hosts, and for programs of others.
  [/^THIRD_PARTY_NOTICES\.txt$/, "on demand"],
  [/^(_headers|\.trunk-lock)$/, null],
  [/^web\//, null],
];

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}

/** The worker that a file is a part of, and the moment at which it is needed. */
function placeOf(name) {
  const found = others.find(([pattern]) => pattern.test(name));
  const worker = found ? undefined : Object.keys(workers).find((worker) => new RegExp(`^${worker}-[0-9a-f]+/`).test(name));
  if (worker !== undefined) return { worker, moment: workers[worker].moment };
  if (found === undefined) fail(`${name} is in no budget: say in scripts/check-sizes.mjs when it is needed`);
  return { moment: found?.[1] ?? null };
}

function check(what, size, kilobytes) {
  console.log(`${what}: ${size.toFixed(1)} kB of ${kilobytes} kB`);
  if (size > kilobytes) fail(`too large: ${what}`);
}

const folder = process.argv[2] ?? "dist";
const files = filesUnder(folder).map((path) => {
  const name = relative(folder, path);
  return { name, size: gzipSync(readFileSync(path), { level: 9 }).length / 1000, ...placeOf(name) };
});
const sumOf = (wanted) => files.filter(wanted).reduce((sum, { size }) => sum + size, 0);
for (const [name, { kilobytes, isForTests }] of Object.entries(workers)) {
  const size = sumOf(({ worker }) => worker === name);
  if (size === 0 && !isForTests) fail(`${folder} holds no worker ${name}`);
  check(name, size, kilobytes);
}
for (const [name, kilobytes] of Object.entries(moments)) check(name, sumOf(({ moment }) => moment === name), kilobytes);
