// Fails when a package has a licence that scripts/licences.mjs does not allow, or comes from somewhere else than the
// public registry. Cargo-deny does the same and more, and takes minutes to build; what it knows of vulnerable versions
// needs a database, which the workflow in .github looks into.
import { readFileSync } from "node:fs";
import { cargoMetadata } from "./build/crates.mjs";
import { choose, shipped, tools } from "./licences.mjs";

const registry = "registry+https://github.com/rust-lang/crates.io-index";
const lockFiles = ["app/look", "app/monaco", "e2e", "scripts/checks"].map((folder) => `${folder}/package-lock.json`);
// Packages that name theirs in an old form, which lock files leave out.
const known = { "node_modules/svg-tags": "MIT" };
const problems = [];

const crates = [".", "language"].flatMap((folder) => cargoMetadata(folder, "--locked").packages);
for (const { name, version, license, source } of crates) {
  if (source === null) continue;
  if (source !== registry) problems.push(`the crate ${name} ${version} comes from ${source}`);
  if (choose(license, shipped).length === 0) problems.push(`the crate ${name} ${version} is under ${license}`);
}

let count = crates.length;
for (const file of lockFiles) {
  const { packages } = JSON.parse(readFileSync(file, "utf8"));
  for (const [path, { license = known[path] }] of Object.entries(packages)) {
    if (path === "") continue;
    count += 1;
    if (choose(license, tools).length === 0) problems.push(`${path} in ${file} is under ${license}`);
  }
}

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log(`${count} packages have licences that are allowed`);
