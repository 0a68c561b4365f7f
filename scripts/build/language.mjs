// The language worker, from a workspace of its own. What is made of it is kept until the compiler makes something else:
// to optimise it takes half a minute, and it changes seldom.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bindModule, cargoMetadata, compiledFolder, metadata, target } from "./crates.mjs";
import { hashOf } from "./files.mjs";
import { checkImports, optimize } from "./wasm.mjs";

const name = "language-worker";
const manifest = join("language", "Cargo.toml");
const scripts = ["language", "crates", "wasm", "split", "order"].map((script) => `scripts/build/${script}.mjs`);

/** Builds the worker into its folder. */
export async function buildLanguage(staging, isRelease) {
  const found = metadata();
  const target_directory = join(found.target_directory, "language");
  const options = ["--manifest-path", manifest, "--target-dir", target_directory, "--target", target, "--bin", name];
  execFileSync("cargo", ["build", ...options, ...(isRelease ? ["--release"] : [])], { stdio: "inherit" });
  const folder = compiledFolder({ target_directory }, isRelease);
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
  cpSync(kept, join(staging, name), { recursive: true });
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
