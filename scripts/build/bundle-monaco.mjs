// Before a build: bundles Monaco and its shim into app/monaco/dist, unless that is up to date.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { hashOf, monacoBundle, monacoDir, npmTool } from "./files.mjs";

const esbuildPath = npmTool("esbuild");
const scripts = ["language.js", "models.js", "shim.js", "vim.js"].map((script) => join(monacoDir, script));
const inputs = [...scripts, join(monacoDir, "package-lock.json"), "scripts/build/bundle-monaco.mjs"];
const wanted = hashOf(inputs);
const stamp = join(monacoBundle, "inputs.txt");
if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) process.exit(0);

const { build } = (await import(pathToFileURL(esbuildPath).href)).default;
const shared = { absWorkingDir: monacoDir, bundle: true, minify: true, outdir: monacoBundle, logLevel: "warning" };
rmSync(monacoBundle, { recursive: true, force: true });
await build({
  ...shared,
  entryPoints: { editor: "shim.js" },
  format: "esm",
  target: "es2022",
  legalComments: "linked",
  loader: { ".ttf": "file" },
  external: ["./vim.js"],
});
await build({
  ...shared,
  entryPoints: { "editor.worker": "monaco-editor/editor/editor.worker" },
  format: "iife",
});
// By itself: few want it. Of Monaco it has what the first one exports.
const fromEditor = ["monaco-editor/esm/vs/editor/editor.api", "monaco-editor/esm/vs/editor/common/commands/shiftCommand"];
await build({
  ...shared,
  entryPoints: { vim: "vim.js" },
  format: "esm",
  platform: "neutral",
  target: "es2022",
  alias: Object.fromEntries(fromEditor.map((name) => [name, "./editor.js"])),
  external: ["./editor.js"],
});
writeFileSync(stamp, wanted);
console.log(`bundled Monaco into ${monacoBundle}`);
