// Splits a page's module: what only the functions marked with `wasm_split` use goes into files of their own, which the
// page loads when it first calls one of them.
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashOf, hashOfText } from "./files.mjs";

const command = "wasm-split-cli";
/** What the command calls its script. */
const link = "__wasm_split.js";

/** Whether a compiled module has parts to split off. */
export function isSplit(bytes) {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  return imports.some(({ module }) => module.startsWith("__wasm_split"));
}

/** Splits a compiled module into the files of a folder. Returns the file that is left for wasm-bindgen. */
export function splitInto(folder, compiled, name) {
  try {
    execFileSync(command, [compiled, folder, "--out-name", name], { stdio: ["ignore", "ignore", "inherit"] });
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    throw new Error(`the build needs ${command}: ./cu setup installs it`, { cause: error });
  }
  return join(folder, `${name}.wasm`);
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
