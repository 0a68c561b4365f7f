// What the page looks like, from the packages of app/look: its fonts, cut down to the characters that the page shows
// most, and its icons, as symbols in the page itself. Both are there before the first paint without moving anything.
import { createRequire } from "node:module";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { hashOf, hashOfText, npmTool } from "./files.mjs";

export const lookDir = resolve("app/look");
const cut = join(lookDir, "dist");

// ASCII, Latin-1, and the signs of English texts. Whatever else a person types comes from a font of the system.
const range = (from, to) => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, at) => from + at));
const characters = range(0x20, 0x7e) + range(0xa0, 0xff) + "–—‘’“”•…←↑→↓−×≠≤≥✓";

/** The fonts by the names that style/fonts.css gives them. */
const fonts = {
  "inter.woff2": {
    package: "@fontsource-variable/inter",
    file: "inter-latin-wght-normal.woff2",
    // Bold is no heavier than this.
    variationAxes: { wght: { min: 400, max: 600 } },
    keepFeatures: ["kern", "ccmp", "tnum"],
  },
  "mono.woff2": {
    package: "@fontsource-variable/jetbrains-mono",
    file: "jetbrains-mono-latin-wght-normal.woff2",
    variationAxes: { wght: 400 },
    // No ligatures: a program is shown as it is written.
    keepFeatures: ["ccmp"],
  },
};

/** Cuts the fonts, unless that was done. Cut anew for each build, they would delay each change by seconds. */
async function cutFonts() {
  const wanted = hashOf([join(lookDir, "package-lock.json"), "scripts/build/look.mjs"]);
  const stamp = join(cut, "inputs.txt");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const subset = createRequire(import.meta.url)(npmTool("subset-font", lookDir));
  rmSync(cut, { recursive: true, force: true });
  mkdirSync(cut, { recursive: true });
  for (const [name, { package: from, file, ...options }] of Object.entries(fonts)) {
    const whole = readFileSync(join(lookDir, "node_modules", from, "files", file));
    writeFileSync(join(cut, name), await subset(whole, characters, { targetFormat: "woff2", ...options }));
  }
  writeFileSync(stamp, wanted);
}

/** Puts the fonts beside a page, in a folder named by their content. Returns the page, which loads them at once. */
async function placeFonts(html, staging) {
  await cutFonts();
  const names = Object.keys(fonts);
  const folder = `fonts-${hashOf(names.map((name) => join(cut, name)))}`;
  mkdirSync(join(staging, folder), { recursive: true });
  for (const name of names) writeFileSync(join(staging, folder, name), readFileSync(join(cut, name)));
  const style = readdirSync(staging).find((name) => /^fonts-\w+\.css$/.test(name));
  if (style === undefined) throw new Error("the page links no fonts.css");
  const faces = readFileSync(join(staging, style), "utf8").replaceAll(/url\("?fonts\/([^")]+)"?\)/g, `url("./${folder}/$1")`);
  writeFileSync(join(staging, style), faces);
  const link = (name) => `<link rel="preload" as="font" type="font/woff2" href="./${folder}/${name}" crossorigin>\n`;
  return insertAfter(html, /<\/title>\s*/, names.map(link).join(""));
}

/** Symbols of the icons that app/src/components/icon.rs names: those that are there at first, and those that arrive later. */
function symbolsOfIcons() {
  const symbol = (name) => {
    const svg = readFileSync(join(lookDir, "node_modules/@primer/octicons/build/svg", `${name}-16.svg`), "utf8");
    return svg.replace(/^<svg[^>]*>/, `<symbol id="icon-${name}" viewBox="0 0 16 16">`).replace("</svg>", "</symbol>").trim();
  };
  const lists = readFileSync("app/src/components/icon.rs", "utf8").split("// Only in views that arrive later.");
  if (lists.length !== 2) throw new Error("app/src/components/icon.rs does not say which icons arrive later");
  return lists.map((list) => {
    const symbols = [...list.matchAll(/"#icon-([a-z-]+)"/g)].map(([, name]) => symbol(name));
    return `<svg hidden>${symbols.join("")}</svg>\n`;
  });
}

/** Puts icons at the beginning of the body of a page. */
export function placeIcons(html, icons) {
  return insertAfter(html, /<body[^>]*>\s*/, icons);
}

/** Writes the file with the icons that arrive later. Returns its name, which changes with its content. */
export function writeLaterIcons(staging) {
  const [, icons] = symbolsOfIcons();
  const name = `icons-${hashOfText(icons)}.svg`;
  writeFileSync(join(staging, name), icons);
  return name;
}

function insertAfter(html, pattern, text) {
  if (!pattern.test(html)) throw new Error(`the page has no ${pattern}`);
  return html.replace(pattern, (found) => found + text);
}

/** Puts fonts, and the icons that are there at first, into a page. */
export async function placeLook(html, staging) {
  const [icons] = symbolsOfIcons();
  return placeIcons(await placeFonts(html, staging), icons);
}
