// What the hooks share: where the npm tools are, and hashes of files.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";

export const monacoDir = resolve("app/monaco");
export const monacoBundle = join(monacoDir, "dist");

// Resolves a package of a folder, or ends the build with the command that is missing.
export function npmTool(path, folder = monacoDir) {
  if (!existsSync(join(folder, "node_modules"))) {
    console.error(`The build needs ${path} from npm. Run once:\n\n    npm ci --prefix ${relative(".", folder)}\n`);
    process.exit(1);
  }
  return createRequire(join(folder, "package.json")).resolve(path);
}

// A short name for the content of these files, in this order.
export function hashOf(paths, salt = "") {
  const hash = createHash("sha256").update(salt);
  for (const path of paths) hash.update(readFileSync(path));
  return hash.digest("hex").slice(0, 16);
}

export function hashOfText(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

export function filesUnder(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
