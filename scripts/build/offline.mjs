// What the service worker keeps of a release, written before the script of public/service-worker.js: the files with hashes
// of their content, and the formats in which the release stores things.
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { filesUnder, hashOf, hashOfText } from "./files.mjs";

/** What no visitor of the page loads: it is for hosts, for programs of others, for the tests, or to be read. */
const isNotOfPage = /^(web|gallery|echo-worker-\w+)\/|^(gallery\.html|service-worker\.js|_headers)$|(^|\/)\.|\.LEGAL\.txt$|\/inputs\.txt$/;
const ofBefore = /^self\.release = .*;\n/;

/**
 * By these names, the service worker finds the formats of what is stored.
 *
 * @type {Record<string, [string, RegExp]>}
 */
const sources = {
  cu: ["engine/src/store/indexed_db.rs", /const VERSION: u32 = (\d+);/],
  "cu-documents": ["app/js/documents.js", /indexedDB\.open\(documentsDatabase\(\), (\d+)\)/],
  "cu-opened": ["app/js/workspaces.js", /indexedDB\.open\("cu-opened", (\d+)\)/],
  snapshots: ["engine/src/codec.rs", /pub const FORMAT_VERSION: u16 = (\d+);/],
};

function formatIn([path, pattern]) {
  const found = pattern.exec(readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8"));
  if (!found) throw new Error(`${path} does not say in which format it stores things`);
  return Number(found[1]);
}

/** The formats in which this version of the code stores things. */
export function storedFormats() {
  return Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, formatIn(source)]));
}

/** Writes into the service worker what belongs to the release in a folder. All its other files must be there. */
export function writeRelease(folder, formats = storedFormats()) {
  const names = filesUnder(folder).map((path) => relative(folder, path).replaceAll(sep, "/"));
  const kept = names.filter((name) => !isNotOfPage.test(name));
  const addressOf = (name) => name.replace(/(^|\/)index\.html$/, "$1") || "./";
  const files = Object.fromEntries(kept.map((name) => [addressOf(name), hashOf([join(folder, name)])]));
  const path = join(folder, "service-worker.js");
  const script = readFileSync(path, "utf8").replace(ofBefore, "");
  const version = hashOfText(JSON.stringify({ formats, files, script }));
  writeFileSync(path, `self.release = ${JSON.stringify({ version, formats, files })};\n${script}`);
}
