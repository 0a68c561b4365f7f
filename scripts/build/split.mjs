// Splits the module of the page or of a worker: what only the functions marked with `wasm_split` use goes into files of
// their own, which are loaded when one of them is first called.
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashOf, hashOfText } from "./files.mjs";
import { sectionsOf } from "./sections.mjs";

const command = "wasm-split-cli";
/** What the command calls its script. */
const link = "__wasm_split.js";
/** The kinds of exceptions that a module throws, and the first section after it in a file. */
const tagSection = 13;
const globalSection = 6;

/** Whether a compiled module has parts to split off. */
export function isSplit(bytes) {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  return imports.some(({ module }) => module.startsWith("__wasm_split"));
}

/**
 * Gives the main file its section of tags again: the command leaves it out, with the types that it names as they were. All
 * code that throws and catches has to be in that file, or the command fails.
 */
function keepTags(compiled, main) {
  const before = readFileSync(compiled);
  const tags = sectionsOf(before).find(({ id }) => id === tagSection);
  if (tags === undefined) return;
  const after = readFileSync(main);
  const { at } = sectionsOf(after).find(({ id }) => id === globalSection);
  writeFileSync(main, Buffer.concat([after.subarray(0, at), before.subarray(tags.at, tags.end), after.subarray(at)]));
}

/** Splits a compiled module into the files of a folder. Returns the file that is left for wasm-bindgen. */
export function splitInto(folder, compiled, name) {
  try {
    execFileSync(command, [compiled, folder, "--out-name", name], { stdio: ["ignore", "ignore", "inherit"] });
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    throw new Error(`the build needs ${command}: ./cu setup installs it`, { cause: error });
  }
  const main = join(folder, `${name}.wasm`);
  keepTags(compiled, main);
  return main;
}

/** Moves the parts beside `name.js`, under names that change with their content. Returns their wasm files. */
export function placeParts(parts, folder, name) {
  let script = readFileSync(join(parts, link), "utf8");
  const names = readdirSync(parts).filter((file) => file.endsWith(".wasm") && file !== `${name}.wasm`);
  const placed = names.map((file) => {
    const hashed = `part-${file.replace(/^split_|\.wasm$/g, "")}-${hashOf([join(parts, file)])}.wasm`;
    copyFileSync(join(parts, file), join(folder, hashed));
    script = script.replaceAll(`./${file}`, `./${hashed}`);
    return join(folder, hashed);
  });
  const scriptName = `parts-${hashOfText(script)}.js`;
  writeFileSync(join(folder, scriptName), script);
  const main = join(folder, `${name}.js`);
  writeFileSync(main, readFileSync(main, "utf8").replaceAll(`from "./${link}"`, `from "./${scriptName}"`));
  return placed;
}
