// The gallery: a second page of the build for the tests, with every component in its states.
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What Cargo has to build for it. */
export function galleryCrate(staging) {
  return { package: "app", bin: "gallery", folder: join(staging, "gallery"), name: "gallery" };
}

/** Writes the gallery beside a page, which it is like but for what it shows. */
export function writeGallery(html, staging) {
  const folder = join(staging, "gallery");
  cpSync("style/gallery.css", join(folder, "gallery.css"));
  writeFileSync(join(folder, "start.js"), 'import init from "./gallery.js";\nawait init();\n');
  const own = '<link rel="stylesheet" href="./gallery/gallery.css"><script type="module" src="./gallery/start.js"></script>';
  const start = /<script[^>]*\bsrc="\.\/start-[^>]*><\/script>/;
  if (!start.test(html)) throw new Error("the page has no script that starts it");
  const page = html
    .replace(/<link rel="?(module)?preload\b[^>]*>/g, "")
    .replace(' media="not all"', "")
    .replace(/(<meta name="?cu-assets"? content=)"[^"]*"/, '$1""')
    .replace(start, own);
  writeFileSync(join(staging, "gallery.html"), page);
}
