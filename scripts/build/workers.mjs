// The workers of the page: the list of them, and the folder that each gets in a build.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filesUnder, hashOf } from "./files.mjs";
import { writeRecords } from "./records.mjs";

const boot = "scripts/build/worker-boot.js";

/**
 * The workers by the names of their binaries, by which the page asks for them: their crates, the moments at which a
 * visitor first needs them, and their budgets within those of the moments. `isApart`: it is built by itself, of a workspace
 * of its own.
 *
 * @type {Record<string, { package: string, moment: string, kilobytes: number, isForTests?: boolean, isApart?: boolean }>}
 */
export const workers = {
  "engine-worker": { package: "engine", moment: "before the first run", kilobytes: 395 },
  "language-worker": { package: "language", moment: "beside the editor", kilobytes: 950, isApart: true },
  "format-worker": { package: "format", moment: "on demand", kilobytes: 190, isApart: true },
  "echo-worker": { package: "echo", moment: "on demand", kilobytes: 40, isForTests: true },
};

const built = Object.entries(workers).filter(([, { isForTests }]) => !isForTests || process.env.CU_TEST_BUILD);

/** What Cargo has to build for the workers of the main workspace. */
export function workerCrates(staging) {
  return built.filter(([, { isApart }]) => !isApart).map(([name, { package: crate }]) => {
    return { package: crate, bin: name, folder: join(staging, name), name };
  });
}

/**
 * Names the folder of a worker by its content, so that a new page can never meet an old worker from a cache. Returns
 * the URL of its first module.
 */
function placeWorker(name, staging) {
  const built = join(staging, name);
  writeFileSync(join(built, "boot.js"), readFileSync(boot, "utf8").replace("./worker.js", `./${name}.js`));
  if (name === "engine-worker") writeRecords(built);
  const folder = `${name}-${hashOf(filesUnder(built))}`;
  renameSync(built, join(staging, folder));
  return `${folder}/boot.js`;
}

/** Places all workers. Returns the URL of each by its name. */
export function placeWorkers(staging) {
  return Object.fromEntries(built.map(([name]) => [name, placeWorker(name, staging)]));
}
