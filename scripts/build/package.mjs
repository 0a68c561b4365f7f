// Builds the package for pages and programs of others. `node scripts/build/package.mjs FOLDER` writes all of it,
// ready for npm; the page's build only takes `web`.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { apiPage } from "./api-page.mjs";
import { noticesOf } from "./notices.mjs";
import { checkImports, optimize } from "./wasm.mjs";

const target = "wasm32-unknown-unknown";
const source = resolve("package");

/** What Cargo knows of the workspace and all it is built of, for the browser. */
export function metadata() {
  const output = execFileSync("cargo", ["metadata", "--format-version=1", "--filter-platform", target], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return JSON.parse(output);
}

/** The command that is equal to the library: on the PATH, or where Trunk keeps its own. */
function wasmBindgen({ packages }) {
  const { version } = packages.find(({ name }) => name === "wasm-bindgen");
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const kept = join(cache, "trunk", `wasm-bindgen-${version}`, "wasm-bindgen");
  return existsSync(kept) ? kept : "wasm-bindgen";
}

/** Writes what a page needs into a folder: the modules, and the engine they load. */
export async function writeWeb(folder, isRelease) {
  const found = metadata();
  const profile = isRelease ? ["--release"] : [];
  execFileSync("cargo", ["build", "--package", "embed", "--target", target, ...profile], { stdio: "inherit" });
  const built = join(found.target_directory, target, isRelease ? "release" : "debug", "embed.wasm");
  mkdirSync(folder, { recursive: true });
  execFileSync(wasmBindgen(found), ["--target", "web", "--out-dir", folder, "--out-name", "engine", "--no-typescript", built], {
    stdio: "inherit",
  });
  // JavaScript of the playground's store, which nothing here imports.
  rmSync(join(folder, "snippets"), { recursive: true, force: true });
  cpSync(join(source, "web"), folder, { recursive: true });
  const wasm = join(folder, "engine_bg.wasm");
  checkImports(wasm);
  if (isRelease) await optimize(wasm);
}

async function writePackage(folder) {
  rmSync(folder, { recursive: true, force: true });
  for (const part of ["package.json", "README.md", "dist", "docs", "examples"]) {
    cpSync(join(source, part), join(folder, part), { recursive: true });
  }
  cpSync("LICENSE", join(folder, "LICENSE"));
  writeFileSync(join(folder, "THIRD_PARTY_NOTICES.txt"), noticesOf(metadata(), ["embed"], { hasMonaco: false }));
  writeFileSync(join(folder, "docs", "api.md"), apiPage(join(source, "web")));
  await writeWeb(join(folder, "web"), true);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await writePackage(resolve(process.argv[2] ?? "dist-package"));
}
