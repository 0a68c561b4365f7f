// `node scripts/keep-times.mjs FILE`: gives each tracked file whose content is as it was at the last call the time of
// change that it had then, and each folder whose files have the same names. Cargo goes by these times, and a fresh clone
// makes all of them new: so it compiles again only what has changed. FILE says what each of them was like.
import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const [kept] = process.argv.slice(2);

function read() {
  try {
    return JSON.parse(readFileSync(kept, "utf8"));
  } catch {
    // Everything is new then.
    return {};
  }
}

const git = (...options) => execFileSync("git", [...options, "-z"], { encoding: "utf8", maxBuffer: 2 ** 26 }).split("\0");
const changed = new Set(git("diff", "--name-only"));
/** What each file and each folder is like, by its path. */
const contents = {};
for (const line of git("ls-files", "--stage").filter(Boolean)) {
  const [, hash, path] = line.match(/^\d+ (\w+) \d+\t(.*)$/s);
  // What is not as it was committed is as new as it is.
  if (!changed.has(path)) contents[path] = hash;
  for (let name = path, folder; (folder = dirname(name)) !== "."; name = folder) {
    const names = (contents[folder] ??= []);
    if (!names.includes(name)) names.push(name);
  }
}
const before = read();
const after = {};
for (const [path, content] of Object.entries(contents)) {
  const text = String(content);
  // Whole seconds, since file systems keep more digits than are read back.
  const seconds = before[path]?.text === text ? before[path].seconds : Math.ceil(lstatSync(path).mtimeMs / 1000);
  utimesSync(path, seconds, seconds);
  after[path] = { text, seconds };
}
mkdirSync(dirname(kept), { recursive: true });
writeFileSync(kept, JSON.stringify(after));
