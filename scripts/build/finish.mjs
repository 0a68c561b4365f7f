// After a build, before Trunk moves its files to dist: optimises the wasm of release builds, and
// puts what Trunk copied without a hash (the worker, Monaco) into folders named by content, so that
// a new page can never meet an old worker from a cache. Adds the package under `web`. At last, sets the
// page's security policy.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filesUnder, hashOf, monacoBundle } from "./files.mjs";
import { writeWeb } from "./package.mjs";
import { applyPolicy } from "./policy.mjs";
import { checkImports, optimize } from "./wasm.mjs";

const staging = process.env.TRUNK_STAGING_DIR;

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

const isRelease = process.env.TRUNK_PROFILE === "release";
writeWeb(join(staging, "web"), isRelease);
for (const file of readdirSync(staging).filter((name) => name.endsWith(".wasm"))) {
  checkImports(join(staging, file));
  if (isRelease) optimize(join(staging, file));
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
