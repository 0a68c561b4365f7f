// The examples, from their folders in `examples`: one file of JSON for each, which the page fetches when somebody opens
// it, and a list of them.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { filesUnder } from "./files.mjs";

/**
 * What the page opens: files, of which it shows one first, and JSON for `_io.input`.
 *
 * @typedef {{ title: string, files: { path: string, text: string }[], main: string, input?: string }} Program
 */

const source = "examples";
// What says something of a program and is no file of it.
const description = ["about.json", "input.json", "output.txt", "output-2.txt"];

const read = (...path) => readFileSync(join(...path), "utf8");

function exampleOf(id) {
  const folder = join(source, id);
  const { title, summary } = JSON.parse(read(folder, "about.json"));
  const paths = filesUnder(folder).map((path) => relative(folder, path)).filter((path) => !description.includes(path));
  const files = paths.map((path) => ({ path, text: read(folder, path) }));
  const input = existsSync(join(folder, "input.json")) ? read(folder, "input.json") : undefined;
  return { id, summary, program: { title, files, main: "main.lua", input } };
}

/** What a first visit begins with: programs that run one after the other. */
function welcome() {
  return ["1.lua", "2.lua"].map((path) => ({ path, text: read("app/src/examples/welcome", path) }));
}

/** All examples in the order of the gallery. */
export function examples() {
  return JSON.parse(read(source, "order.json")).map(exampleOf);
}

/**
 * Writes what `#example=id` opens.
 *
 * @param {string} staging
 * @param {string} id
 * @param {Program} program
 */
export function writeProgram(staging, id, program) {
  mkdirSync(join(staging, "examples"), { recursive: true });
  writeFileSync(join(staging, "examples", `${id}.json`), JSON.stringify(program));
}

/** Writes the examples, and the list of them. */
export function writeExamples(staging) {
  const all = examples();
  for (const { id, program } of all) writeProgram(staging, id, program);
  writeProgram(staging, "welcome", { title: "Welcome", files: welcome(), main: "1.lua" });
  const list = all.map(({ id, summary, program: { title } }) => ({ id, title, summary }));
  writeFileSync(join(staging, "examples", "index.json"), JSON.stringify(list));
}
