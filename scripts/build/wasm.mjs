// What every wasm file of ours goes through after Cargo.
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { npmTool } from "./files.mjs";
import { nameBySimilarity } from "./order.mjs";

// Named one by one: with `--all-features`, wasm-opt has crashed on Lua's exception handling.
const features = [
  "bulk-memory",
  "exception-handling",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
].map((feature) => `--enable-${feature}`);

async function wasmOpt(...options) {
  const tool = npmTool("binaryen/bin/wasm-opt");
  const { stderr } = await promisify(execFile)(process.execPath, [tool, ...features, ...options]);
  if (stderr !== "") console.error(stderr);
}

/** Takes most of a build's time after Cargo, on one core: callers start it for several files at once. */
export async function optimize(path) {
  await wasmOpt("-O3", path, "-o", path);
  writeFileSync(path, nameBySimilarity(readFileSync(path)));
  // Without `-g` it leaves out the names after it has sorted by them.
  await wasmOpt("--optimize-stack-ir", "--reorder-functions-by-name", path, "-o", path);
}

/** No module may need anything but what its own JavaScript gives it. */
export function checkImports(path) {
  const module = new WebAssembly.Module(readFileSync(path));
  const foreign = WebAssembly.Module.imports(module).filter(({ module: from }) => /^(env|wasi_.*)$/.test(from));
  if (foreign.length > 0) {
    const names = foreign.map(({ module: from, name }) => `${from}.${name}`).join(", ");
    throw new Error(`${path} imports ${names}; libc's imports belong in engine/lua/src/wasi.rs`);
  }
}
