// After a build, before Trunk moves its files to dist: makes the wasm, scripts and styles of release builds small, and
// puts what Trunk copied without a hash (the workers, Monaco) into folders named by content. Adds the package under
// `web`, and the notices of third parties. Sets the page's security policy.
import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filesUnder, hashOf, monacoBundle } from "./files.mjs";
import { joinStyles, minifyScripts } from "./minify.mjs";
import { noticesOf } from "./notices.mjs";
import { metadata, writeWeb } from "./package.mjs";
import { applyPolicy } from "./policy.mjs";
import { checkImports, optimize } from "./wasm.mjs";
import { placeWorkers, withoutLostPreloads } from "./workers.mjs";

const staging = process.env.TRUNK_STAGING_DIR;

function copyMonaco() {
  const folder = `monaco-${hashOf(filesUnder(monacoBundle))}`;
  cpSync(monacoBundle, join(staging, folder), { recursive: true });
  return `${folder}/editor.js`;
}

const isRelease = process.env.TRUNK_PROFILE === "release";
const modules = readdirSync(staging).filter((name) => name.endsWith(".wasm")).map((name) => join(staging, name));
modules.forEach(checkImports);
const page = join(staging, "index.html");
const { html, policy } = applyPolicy(readFileSync(page, "utf8"), staging);
if (isRelease) minifyScripts(staging);
const styled = isRelease ? joinStyles(html, staging) : html;
const optimized = isRelease ? modules.map(optimize) : [];
await Promise.all([...optimized, writeWeb(join(staging, "web"), isRelease)]);
// By the names that `app/src/assets.rs` asks for.
const assets = { monaco: copyMonaco(), ...placeWorkers(readFileSync(process.env.TRUNK_HTML_FILE, "utf8"), staging) };
const contents = {
  "cu-assets": Object.entries(assets).map((asset) => asset.join("=")).join(" "),
  "Content-Security-Policy": policy,
};
const filled = Object.entries(contents).reduce((html, [name, content]) => {
  const empty = new RegExp(`(<meta (?:name|http-equiv)="?${name}"? content=)(?:""|'')?`);
  if (!empty.test(html)) throw new Error(`index.html has no empty <meta> for ${name}`);
  return html.replace(empty, `$1"${content}"`);
}, withoutLostPreloads(styled, staging));
writeFileSync(page, filled);
const notices = noticesOf(metadata(), ["app", "engine", "embed"], { hasMonaco: true });
writeFileSync(join(staging, "THIRD_PARTY_NOTICES.txt"), notices);
