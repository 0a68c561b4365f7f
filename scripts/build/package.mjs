// Builds the package for pages and programs of others. `node scripts/build/package.mjs FOLDER` writes all of it,
// ready for npm; the page's build only takes `web`.
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { apiPage } from "./api-page.mjs";
import { buildCrates, metadata } from "./crates.mjs";
import { noticesOf } from "./notices.mjs";

const source = resolve("package");

/** The crate that pages load, into a folder. */
export function engineCrate(folder) {
  return { package: "embed", folder, name: "engine" };
}

/** Writes what a page needs besides the engine into its folder: the modules. */
export function writeModules(folder) {
  // JavaScript of the playground's store, which nothing here imports.
  rmSync(join(folder, "snippets"), { recursive: true, force: true });
  cpSync(join(source, "web"), folder, { recursive: true });
}

async function writePackage(folder) {
  rmSync(folder, { recursive: true, force: true });
  for (const part of ["package.json", "README.md", "dist", "docs", "examples"]) {
    cpSync(join(source, part), join(folder, part), { recursive: true });
  }
  cpSync("LICENSE", join(folder, "LICENSE"));
  writeFileSync(join(folder, "THIRD_PARTY_NOTICES.txt"), noticesOf([metadata()], ["embed"], { hasPage: false }));
  writeFileSync(join(folder, "docs", "api.md"), apiPage(join(source, "web")));
  const web = join(folder, "web");
  await buildCrates([engineCrate(web)], true);
  writeModules(web);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await writePackage(resolve(process.argv[2] ?? "dist-package"));
}
