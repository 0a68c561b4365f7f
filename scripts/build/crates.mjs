// Our crates for the browser: what Cargo knows of them, and how they become wasm with the JavaScript that loads it.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { isSplit, placeParts, splitInto } from "./split.mjs";
import { checkImports, optimize } from "./wasm.mjs";

export const target = "wasm32-unknown-unknown";

/** What Cargo knows of the workspace in a folder and all it is built of. */
export function cargoMetadata(folder, ...options) {
  const all = ["metadata", "--manifest-path", join(folder, "Cargo.toml"), "--format-version=1", ...options];
  return JSON.parse(execFileSync("cargo", all, { encoding: "utf8", maxBuffer: 1 << 28 }));
}

const known = new Map();

/** The same, for the browser. Cargo is asked once. */
export function metadata(folder = ".") {
  if (!known.has(folder)) known.set(folder, cargoMetadata(folder, "--filter-platform", target));
  return known.get(folder);
}

/** The command that is equal to the library: on the PATH, or where Trunk keeps its own. */
function wasmBindgen({ packages }) {
  const { version } = packages.find(({ name }) => name === "wasm-bindgen");
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const kept = join(cache, "trunk", `wasm-bindgen-${version}`, "wasm-bindgen");
  return existsSync(kept) ? kept : "wasm-bindgen";
}

/** Where Cargo puts what it compiles for the browser. */
export function compiledFolder(found, isRelease) {
  return join(found.target_directory, target, isRelease ? "release" : "debug");
}

/**
 * Writes the JavaScript that loads a compiled module, and what it loads, into a folder: `name.js`, `name_bg.wasm`, and
 * the parts of a module that is split. Returns the wasm files.
 */
export function bindModule(found, compiled, folder, name) {
  const bind = (module, ...options) => {
    const all = ["--target", "web", "--no-typescript", "--out-dir", folder, "--out-name", name, ...options];
    execFileSync(wasmBindgen(found), [...all, module], { stdio: "inherit" });
  };
  const main = join(folder, `${name}_bg.wasm`);
  if (!isSplit(readFileSync(compiled))) {
    bind(compiled);
    return [main];
  }
  const parts = mkdtempSync(join(tmpdir(), "cu-split-"));
  try {
    bind(splitInto(parts, compiled, name), "--keep-lld-exports");
    return [main, ...placeParts(parts, folder, name)];
  } finally {
    rmSync(parts, { recursive: true });
  }
}

/**
 * Compiles these, all at once so that they share the cores, and writes each into its folder as `name.js` and
 * `name_bg.wasm`. Without a `bin`, it is the library of the package.
 *
 * @param {{ package: string, bin?: string, folder: string, name: string }[]} wanted
 * @param {boolean} isRelease
 */
export async function buildCrates(wanted, isRelease) {
  const found = metadata();
  const packages = wanted.flatMap(({ package: name }) => ["--package", name]);
  const targets = new Set(wanted.map(({ bin }) => (bin === undefined ? "--lib" : `--bin=${bin}`)));
  const profile = isRelease ? ["--release"] : [];
  execFileSync("cargo", ["build", "--target", target, ...packages, ...targets, ...profile], { stdio: "inherit" });
  const compiled = compiledFolder(found, isRelease);
  const modules = wanted.flatMap(({ package: crate, bin = crate, folder, name }) =>
    bindModule(found, join(compiled, `${bin}.wasm`), folder, name),
  );
  modules.forEach(checkImports);
  if (isRelease) await Promise.all(modules.map(optimize));
}
