// Makes the scripts and styles of a release small.
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
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

/**
 * Makes one file of the styles that a page links, in their order, and a second one of those in `style/later`, which
 * counts only once the page sets its `media` (app/src/later.rs). Returns the page that links these two.
 */
export function joinStyles(html, staging) {
  const links = [...html.matchAll(/<link\b[^>]*\brel="?stylesheet"?[^>]*>\s*/g)].map(([link]) => link);
  const files = links.map((link) => /\bhref="?\.\/([^"\s>]+)/.exec(link)[1]);
  const laterNames = readdirSync("style/later").map((name) => name.replace(/\.css$/, ""));
  const [later, first] = [true, false].map((isLater) =>
    files.filter((file) => laterNames.includes(file.replace(/-\w+\.css$/, "")) === isLater));
  if (later.length !== laterNames.length) throw new Error("the page does not link all styles of style/later");
  const style = joinFiles("style", first, staging);
  const laterStyle = joinFiles("later", later, staging);
  const joined = `<link rel="stylesheet" href="./${style}">\n<link rel="stylesheet" href="./${laterStyle}" media="not all" id="later-style">\n`;
  return links.slice(1).reduce((html, link) => html.replace(link, ""), html.replace(links[0], joined));
}

function joinFiles(name, files, staging) {
  const paths = files.map((file) => join(staging, file));
  const text = minify(paths.map((path) => readFileSync(path, "utf8")).join(""), "css");
  paths.forEach((path) => rmSync(path));
  const joined = `${name}-${hashOfText(text)}.css`;
  writeFileSync(join(staging, joined), text);
  return joined;
}
