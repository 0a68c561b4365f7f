// The workers that know Lua, from a workspace of their own. What is made of them is kept until the compiler makes something
// else: to optimise it takes half a minute, and it changes seldom.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bindModule, cargoMetadata, compiledFolder, metadata, target } from "./crates.mjs";
import { hashOf } from "./files.mjs";
import { checkImports, optimize } from "./wasm.mjs";
import { workers } from "./workers.mjs";

const manifest = join("language", "Cargo.toml");
const scripts = ["language", "crates", "wasm", "split", "order"].map((script) => `scripts/build/${script}.mjs`);

/** Builds each of them into its folder. */
export async function buildApart(staging, isRelease) {
  const found = metadata();
  const target_directory = join(found.target_directory, "language");
  const names = Object.keys(workers).filter((name) => workers[name].isApart);
  const options = ["--manifest-path", manifest, "--target-dir", target_directory, "--target", target];
  // One by one: together, each would have the features of the other.
  for (const name of names) {
    const wanted = ["--package", workers[name].package, "--bin", name, ...(isRelease ? ["--release"] : [])];
    execFileSync("cargo", ["build", ...options, ...wanted], { stdio: "inherit" });
  }
  const folder = compiledFolder({ target_directory }, isRelease);
  for (const name of names) await make(found, folder, name, isRelease, join(staging, name));
}

async function make(found, folder, name, isRelease, place) {
  const compiled = join(folder, `${name}.wasm`);
  const kept = join(folder, `${name}-made`);
  const stamp = `${kept}.txt`;
  const wanted = hashOf([compiled, ...scripts]);
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
    rmSync(stamp, { force: true });
    rmSync(kept, { recursive: true, force: true });
    const [module] = bindModule(found, compiled, kept, name);
    checkImports(module);
    if (isRelease) await optimize(module);
    writeFileSync(stamp, wanted);
  }
  cpSync(kept, place, { recursive: true });
}

/**
 * What Cargo knows of the workspace. The language server counts as linked: Cargo does not compile it as a crate, but
 * `language/handlers` takes parts of it.
 */
export function languageMetadata() {
  const found = structuredClone(metadata("language"));
  const server = cargoMetadata("language", "--locked").packages.find(({ name }) => name === "emmylua_ls");
  const handlers = found.packages.find(({ name }) => name === "handlers");
  found.packages.push(server);
  found.resolve.nodes.push({ id: server.id, deps: [] });
  const { deps } = found.resolve.nodes.find(({ id }) => id === handlers.id);
  deps.push({ pkg: server.id, dep_kinds: [{ kind: null }] });
  return found;
}
