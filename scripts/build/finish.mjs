// After a build, before Trunk moves its files to dist: builds the workers and the package, makes the wasm, scripts and
// styles of release builds small, and puts what has no hash in its name (the workers, Monaco) into folders named by
// content. Adds fonts and icons, the examples and the guide, the notices of third parties, and for the tests the gallery.
// Sets the page's security policy. Says in the service worker of a release what that keeps.
import { cpSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bindModule, buildCrates, compiledFolder, metadata } from "./crates.mjs";
import { writeExamples } from "./examples.mjs";
import { filesUnder, hashOf, hashOfText, monacoBundle } from "./files.mjs";
import { galleryCrate, writeGallery } from "./gallery.mjs";
import { writeGuide } from "./guide.mjs";
import { buildApart, languageMetadata } from "./language.mjs";
import { placeIcons, placeLook, writeLaterIcons } from "./look.mjs";
import { bundle, joinStyles, minify, minifyScripts } from "./minify.mjs";
import { noticesOf } from "./notices.mjs";
import { writeRelease } from "./offline.mjs";
import { engineCrate, writeModules } from "./package.mjs";
import { applyPolicy } from "./policy.mjs";
import { checkImports, optimize } from "./wasm.mjs";
import { placeWorkers, workerCrates } from "./workers.mjs";

const staging = process.env.TRUNK_STAGING_DIR;

function copyMonaco() {
  const folder = `monaco-${hashOf(filesUnder(monacoBundle))}`;
  cpSync(monacoBundle, join(staging, folder), { recursive: true });
  return `${folder}/editor.js`;
}

/** A module that the page loads by its URL, with all that it imports: few people need it, or nothing waits for it. */
function copyModule(module) {
  const text = bundle(`app/js/${module}.js`, isRelease);
  const name = `${module}-${hashOfText(text)}.js`;
  writeFileSync(join(staging, name), text);
  return name;
}

/** Makes the module of the page anew, in parts, under the names that Trunk gave it. Returns its wasm files. */
function splitPage() {
  const named = (pattern) => readdirSync(staging).find((name) => pattern.test(name));
  const [script, module] = [named(/^app-\w+\.js$/), named(/^app-\w+_bg\.wasm$/)];
  const name = script.replace(/\.js$/, "");
  const compiled = join(compiledFolder(metadata(), isRelease), "app.wasm");
  const [main, ...parts] = bindModule(metadata(), compiled, staging, name);
  renameSync(main, join(staging, module));
  return [join(staging, module), ...parts];
}

const isRelease = process.env.TRUNK_PROFILE === "release";
const isForTests = process.env.CU_TEST_BUILD !== undefined;
const modules = splitPage();
modules.forEach(checkImports);
const optimized = isRelease ? modules.map(optimize) : [];
const web = join(staging, "web");
await buildCrates([...workerCrates(staging), engineCrate(web)], isRelease);
// By itself: with the others it would have their features, and all below it would be compiled again.
if (isForTests) await buildCrates([galleryCrate(staging)], isRelease);
await buildApart(staging, isRelease);
await Promise.all(optimized);
const page = join(staging, "index.html");
const looking = await placeLook(readFileSync(page, "utf8"), staging);
const { html, policy } = applyPolicy(looking, staging);
// Before the modules of the package are there, which people may want to read.
if (isRelease) minifyScripts(staging);
writeModules(web);
const styled = isRelease ? joinStyles(html, staging) : html;
// By the names that `app/src/assets.rs` asks for.
const loadedLater = Object.fromEntries(["format", "picture", "release"].map((module) => [module, copyModule(module)]));
const icons = writeLaterIcons(staging);
const assets = { monaco: copyMonaco(), icons, ...loadedLater, ...placeWorkers(staging) };
const contents = {
  "cu-assets": Object.entries(assets).map((asset) => asset.join("=")).join(" "),
  "Content-Security-Policy": policy,
};
const filled = Object.entries(contents).reduce((html, [name, content]) => {
  const empty = new RegExp(`(<meta (?:name|http-equiv)="?${name}"? content=)(?:""|'')?`);
  if (!empty.test(html)) throw new Error(`index.html has no empty <meta> for ${name}`);
  return html.replace(empty, `$1"${content}"`);
}, styled);
writeFileSync(page, filled);
if (isForTests) writeGallery(placeIcons(filled, readFileSync(join(staging, icons), "utf8")), staging);
writeExamples(staging);
writeGuide(staging, policy, isRelease ? minify : undefined);
const notices = noticesOf([metadata(), languageMetadata()], ["app", "engine", "embed", "language", "format"], { hasPage: true });
writeFileSync(join(staging, "THIRD_PARTY_NOTICES.txt"), notices);
// Last: it knows the content of all files.
if (isRelease) writeRelease(staging);
