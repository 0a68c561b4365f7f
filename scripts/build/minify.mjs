// Makes the scripts and styles of a release small.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { filesUnder, hashOfText, npmTool } from "./files.mjs";

const { buildSync, transformSync } = (await import(pathToFileURL(npmTool("esbuild")).href)).default;

/** The oldest browsers that the page promises to work in. */
const target = ["chrome123", "edge123", "firefox125", "safari17.5"];

/** Makes a text of the page small: `js` or `css`. */
export function minify(text, loader) {
  return transformSync(text, { loader, minify: true, target, legalComments: "none" }).code;
}

/** A module with all that it imports. */
export function bundle(path, isRelease) {
  const options = { bundle: true, format: /** @type {const} */ ("esm"), write: /** @type {const} */ (false), target };
  return buildSync({ entryPoints: [path], minify: isRelease, ...options }).outputFiles[0].text;
}

/** Minifies the scripts of the page and of its workers, where they are. */
export function minifyScripts(staging) {
  const scripts = filesUnder(staging).filter((path) => path.endsWith(".js"));
  for (const path of scripts) writeFileSync(path, minify(readFileSync(path, "utf8"), "js"));
}

/** Makes one file of the styles that a page links, in their order. Returns the page that links this one. */
export function joinStyles(html, staging) {
  const links = [...html.matchAll(/<link\b[^>]*\brel="?stylesheet"?[^>]*>\s*/g)].map(([link]) => link);
  const files = links.map((link) => join(staging, /\bhref="?\.\/([^"\s>]+)/.exec(link)[1]));
  const text = minify(files.map((file) => readFileSync(file, "utf8")).join(""), "css");
  files.forEach((file) => rmSync(file));
  const name = `style-${hashOfText(text)}.css`;
  writeFileSync(join(staging, name), text);
  const joined = html.replace(links[0], `<link rel="stylesheet" href="./${name}">\n`);
  return links.slice(1).reduce((html, link) => html.replace(link, ""), joined);
}
