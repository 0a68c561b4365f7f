// The part of Lua's library that the engine's worker loads when a program first uses it, as one file beside its modules.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const module = "engine/src/lua/records.rs";

/** The names of its sources, in the order in which the engine joins them. */
export function recordSources() {
  const names = [...readFileSync(module, "utf8").matchAll(/include_str!\("(.+\.lua)"\)/g)].map(([, name]) => name);
  if (names.length === 0) throw new Error(`${module} names no sources`);
  return names.map((name) => join("engine/src/lua", name));
}

/** A Lua program without lines of comments, and without the spaces before and the empty lines between the others. */
export function withoutComments(text) {
  if (/--\[=*\[|\[=*\[/.test(text)) throw new Error("a text or comment of several lines would be changed");
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("--")).join("\n");
}

/** Writes it into the folder of the worker. */
export function writeRecords(folder) {
  const texts = recordSources().map((path) => withoutComments(readFileSync(path, "utf8")));
  writeFileSync(join(folder, "records.lua"), `${texts.join("\n")}\n`);
}
