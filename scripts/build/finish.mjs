// After a build, before Trunk moves its files to dist: optimises the wasm of release builds, and
// puts what Trunk copied without a hash (the worker, Monaco) into folders named by content, so that
// a new page can never meet an old worker from a cache. At last, sets the page's security policy.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filesUnder, hashOf, monacoBundle, npmTool } from "./files.mjs";
import { applyPolicy } from "./policy.mjs";

const staging = process.env.TRUNK_STAGING_DIR;

// Named one by one: with `--all-features`, wasm-opt has crashed on Lua's exception handling.
const wasmFeatures = [
  "bulk-memory",
  "exception-handling",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
].map((feature) => `--enable-${feature}`);

function optimize(path) {
  const wasmOpt = npmTool("binaryen/bin/wasm-opt");
  execFileSync(process.execPath, [wasmOpt, "-O3", ...wasmFeatures, path, "-o", path], { stdio: "inherit" });
}

/** Neither module may need anything but what its own JavaScript gives it. */
function checkImports(path) {
  const module = new WebAssembly.Module(readFileSync(path));
  const foreign = WebAssembly.Module.imports(module).filter(({ module: from }) => /^(env|wasi_.*)$/.test(from));
  if (foreign.length > 0) {
    const names = foreign.map(({ module: from, name }) => `${from}.${name}`).join(", ");
    throw new Error(`${path} imports ${names}; libc's imports belong in engine/lua/src/wasi.rs`);
  }
}

function moveWorker() {
  const files = ["worker.js", "worker_bg.wasm"];
  const boot = "scripts/build/worker-boot.js";
  // What the worker imports is relative to it.
  const snippets = join(staging, "snippets");
  const imported = existsSync(snippets) ? filesUnder(snippets) : [];
  const folder = `worker-${hashOf([...files.map((file) => join(staging, file)), boot, ...imported])}`;
  mkdirSync(join(staging, folder));
  for (const file of files) renameSync(join(staging, file), join(staging, folder, file));
  cpSync(boot, join(staging, folder, "boot.js"));
  if (imported.length > 0) cpSync(snippets, join(staging, folder, "snippets"), { recursive: true });
  return `${folder}/boot.js`;
}

function copyMonaco() {
  const folder = `monaco-${hashOf(filesUnder(monacoBundle))}`;
  cpSync(monacoBundle, join(staging, folder), { recursive: true });
  return `${folder}/editor.js`;
}

for (const file of readdirSync(staging).filter((name) => name.endsWith(".wasm"))) {
  checkImports(join(staging, file));
  if (process.env.TRUNK_PROFILE === "release") optimize(join(staging, file));
}
const page = join(staging, "index.html");
const { html, policy } = applyPolicy(readFileSync(page, "utf8"), staging);
const contents = { "cu-worker": moveWorker(), "cu-monaco": copyMonaco(), "Content-Security-Policy": policy };
const filled = Object.entries(contents).reduce((html, [name, content]) => {
  const empty = new RegExp(`(<meta (?:name|http-equiv)="?${name}"? content=)(?:""|'')?`);
  if (!empty.test(html)) throw new Error(`index.html has no empty <meta> for ${name}`);
  return html.replace(empty, `$1"${content}"`);
}, html);
writeFileSync(page, filled);
