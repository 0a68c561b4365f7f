// The licences of what is built into the playground and the package, as one text that goes with each. Of the crates,
// Cargo knows which; Lua, wasi-libc, Rust's standard library, Monaco, fonts and icons are added by hand.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { choose, shipped } from "../licences.mjs";
import { monacoBundle, monacoDir } from "./files.mjs";
import { lookDir } from "./look.mjs";

/** How the files of crates that offer several licences are named. */
const fileOfLicence = { MIT: /MIT/i, Zlib: /ZLIB/i, "Apache-2.0": /APACHE/i, "CC0-1.0": /CC0/i, "Unicode-3.0": /UNICODE/i };

/** The crates that are linked into these, without those that only run in the compiler. */
function linkedCrates({ packages, resolve }, roots) {
  const byId = new Map(packages.map((found) => [found.id, found]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const isMacro = ({ targets }) => targets.some(({ kind }) => kind.includes("proc-macro"));
  const seen = new Set();
  const open = packages.filter(({ name, source }) => source === null && roots.includes(name)).map(({ id }) => id);
  while (open.length > 0) {
    const id = open.pop();
    if (seen.has(id) || isMacro(byId.get(id))) continue;
    seen.add(id);
    const linked = nodes.get(id).deps.filter(({ dep_kinds }) => dep_kinds.some(({ kind }) => kind === null));
    open.push(...linked.map(({ pkg }) => pkg));
  }
  return [...seen].map((id) => byId.get(id)).filter(({ source }) => source !== null);
}

/** The texts in a crate that say under which licence it is: of those it offers, the one that is taken. */
function textsOf({ name, manifest_path, license, license_file }) {
  const folder = dirname(manifest_path);
  const chosen = choose(license, shipped);
  if (chosen.length === 0) throw new Error(`the crate ${name} is under ${license}`);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|unlicense)/i.test(file));
  const fitting = files.filter((file) => chosen.some((licence) => fileOfLicence[licence]?.test(file)));
  const taken = fitting.length > 0 ? fitting : files;
  const notices = readdirSync(folder).filter((file) => /^notice/i.test(file));
  const named = license_file ? [license_file] : [];
  return [...new Set([...taken, ...named, ...notices])].sort().map((file) => read(join(folder, file))).filter(Boolean);
}

function read(path) {
  try {
    return readFileSync(path, "utf8").replaceAll("\r\n", "\n").trim();
  } catch {
    // A folder of licences: what is in it, the crate's own files say as well.
    return "";
  }
}

/** The notice at the end of Lua's header. */
function luaNotice(packages) {
  const folder = dirname(packages.find(({ name }) => name === "lua-src").manifest_path);
  const sources = readdirSync(folder).find((name) => name.startsWith("lua-5.4"));
  const header = readFileSync(join(folder, sources, "lua.h"), "utf8");
  const notice = /^\* Copyright \(C\)[\s\S]*?(?=^\*{20,})/m.exec(header);
  if (notice === null) throw new Error("lua.h has no notice");
  return notice[0].replace(/^\* ?/gm, "").trim();
}

function section(title, text) {
  return `${"=".repeat(80)}\n${title}\n${"=".repeat(80)}\n\n${text}\n`;
}

/** The MIT license without the line that names its holder. */
function mitText() {
  return read("LICENSE").replace(/[\s\S]*?(?=Permission is hereby granted)/, "");
}

/** Crates with the same text stand above it together. */
function crateSections(crates) {
  const byText = new Map();
  const without = [];
  for (const crate of crates) {
    const texts = textsOf(crate);
    if (texts.length === 0) without.push(crate);
    for (const text of texts) byText.set(text, [...(byText.get(text) ?? []), crate]);
  }
  const nameOf = ({ name, version, license, repository }) => `${name} ${version} (${license})${repository ? ` ${repository}` : ""}`;
  const sections = [...byText].map(([text, users]) => section(users.map(nameOf).sort().join("\n"), text));
  // Their licences are known: of those that they offer, the text is added here.
  const others = without.filter(({ license }) => !["MIT", "MPL-2.0"].includes(choose(license, shipped)[0]));
  if (others.length > 0) throw new Error(`no licence text in ${others.map(nameOf).join(", ")}`);
  const addText = (licence, text) => {
    const users = without.filter(({ license }) => choose(license, shipped)[0] === licence);
    if (users.length === 0) return;
    const authors = ({ authors }) => (authors.length > 0 ? `, by ${authors.join(", ")}` : "");
    const lines = users.map((crate) => `${nameOf(crate)}${authors(crate)}`).sort();
    sections.push(section(`Crates whose packages do not repeat the text of ${licence}`, `${lines.join("\n")}\n\n${text()}`));
  };
  addText("MIT", mitText);
  addText("MPL-2.0", () => textsOf(crates.find(({ name }) => name === "stylua"))[0]);
  return sections.sort();
}

function monacoSections() {
  const from = join(monacoDir, "node_modules", "monaco-editor");
  const { version } = JSON.parse(readFileSync(join(from, "package.json"), "utf8"));
  return [
    section(`Monaco Editor ${version}`, read(join(from, "LICENSE"))),
    section(`What Monaco Editor ${version} holds of others`, read(join(from, "ThirdPartyNotices.txt"))),
    ...vimSections(),
    section("Comments in Monaco's sources", read(join(monacoBundle, "editor.js.LEGAL.txt"))),
  ];
}

/** The keys of Vim, and what they hold of others. */
function vimSections() {
  const from = join(monacoDir, "node_modules", "monaco-vim");
  const { version, license } = JSON.parse(readFileSync(join(from, "package.json"), "utf8"));
  const texts = [read(join(from, "LICENSE")), read(join(from, "LICENSE.codemirror.txt"))];
  if (texts.includes("")) throw new Error("monaco-vim has no licence text");
  return [section(`monaco-vim ${version} (${license})`, texts.join("\n\n"))];
}

/** The fonts and icons; the build takes those that app/look names, but for the tool that cuts them. */
function lookSections() {
  const packages = { "@fontsource-variable/inter": "Inter", "@fontsource-variable/jetbrains-mono": "JetBrains Mono", "@primer/octicons": "Octicons" };
  return Object.entries(packages).map(([name, title]) => {
    const from = join(lookDir, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(from, "package.json"), "utf8"));
    return section(`${title} ${version} (${license})`, read(join(from, "LICENSE")));
  });
}

/** The definitions of Lua's library that are in a crate under another licence. */
function definitionsSection(crates) {
  const folderOf = (name) => dirname(crates.find((crate) => crate.name === name).manifest_path);
  const definitions = read(join(folderOf("emmylua_code_analysis"), "resources", "std", "global.lua"));
  const notice = /^-- Copyright[\s\S]*?(?=\n\n)/m.exec(definitions);
  if (notice === null) throw new Error("the definitions of Lua's library have no notice");
  const licence = read(join(folderOf("serde"), "LICENSE-APACHE"));
  return section("Definitions of Lua's library (Apache-2.0)", `${notice[0].replace(/^-- ?/gm, "")}\n\n${licence}`);
}

/** All notices for what is built of these crates of ours; `hasPage`: and of what only the page shows. */
export function noticesOf(workspaces, roots, { hasPage }) {
  const linked = workspaces.flatMap((metadata) => linkedCrates(metadata, roots));
  const crates = [...new Map(linked.map((crate) => [crate.id, crate])).values()];
  return [
    "cu holds software of others, under the licences below.\n",
    section("Lua", luaNotice(workspaces[0].packages)),
    section("wasi-libc", read("scripts/build/notices/wasi-libc.txt")),
    section("The Rust standard library (MIT OR Apache-2.0)", `Copyright (c) The Rust Project Contributors\n\n${mitText()}`),
    ...crateSections(crates),
    ...(hasPage ? [definitionsSection(crates), ...monacoSections(), ...lookSections()] : []),
  ].join("\n");
}
