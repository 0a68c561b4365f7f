// The workers of the page. `index.html` is their list: each is a line that has Trunk build a binary with
// `data-type="worker"`. The name of the binary is the name by which the page asks for the worker.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { filesUnder, hashOf } from "./files.mjs";

const boot = "scripts/build/worker-boot.js";

/** The names of the workers that the source of a page lists. */
export function workersOf(html) {
  return [...html.matchAll(/<link\b[^>]*>/g)]
    .map(([link]) => link)
    .filter((link) => /\bdata-type="worker"/.test(link))
    .map((link) => {
      const name = /\bdata-bin="([^"]+)"/.exec(link)?.[1];
      if (name === undefined) throw new Error(`a worker needs a data-bin: ${link}`);
      return name;
    });
}

/** The files below `snippets` that a script imports. */
function snippetsOf(script) {
  const found = [...readFileSync(script, "utf8").matchAll(/from ?["']\.\/(snippets\/[^"']+)["']/g)];
  return [...new Set(found.map(([, path]) => path))].sort();
}

/**
 * Puts a worker into a folder of its own, named by the content of the worker, so that a new page can never meet an
 * old worker from a cache. Returns the URL of its first module.
 */
function placeWorker(name, staging) {
  const files = [`${name}.js`, `${name}_bg.wasm`];
  const snippets = snippetsOf(join(staging, files[0]));
  const folder = `${name}-${hashOf([...[...files, ...snippets].map((file) => join(staging, file)), boot])}`;
  mkdirSync(join(staging, folder));
  for (const file of files) renameSync(join(staging, file), join(staging, folder, file));
  for (const file of snippets) {
    mkdirSync(dirname(join(staging, folder, file)), { recursive: true });
    cpSync(join(staging, file), join(staging, folder, file));
  }
  writeFileSync(join(staging, folder, "boot.js"), readFileSync(boot, "utf8").replace("./worker.js", `./${files[0]}`));
  return `${folder}/boot.js`;
}

/** Takes the files that are gone out of those that Trunk has the page load early. */
export function withoutLostPreloads(html, staging) {
  return html.replace(/<link rel="?modulepreload"? href="?\.\/([^"\s>]+)[^>]*>\s*/g, (link, path) =>
    existsSync(join(staging, path)) ? link : "",
  );
}

/** Places all workers that the source of a page lists. Returns the URL of each by its name. */
export function placeWorkers(source, staging) {
  const urls = Object.fromEntries(workersOf(source).map((name) => [name, placeWorker(name, staging)]));
  removeUnusedSnippets(staging);
  return urls;
}

/** The workers have copies of what they import: what is left is for the page, if it imports it. */
function removeUnusedSnippets(staging) {
  const snippets = join(staging, "snippets");
  if (!existsSync(snippets)) return;
  const scripts = readdirSync(staging).filter((name) => name.endsWith(".js"));
  const used = new Set(scripts.flatMap((name) => snippetsOf(join(staging, name))));
  for (const file of filesUnder(snippets)) if (!used.has(relative(staging, file))) rmSync(file);
}
