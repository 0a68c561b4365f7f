// The guide: pages of HTML from the Markdown in `guide`, and what its programs open in the playground.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { writeProgram } from "./examples.mjs";
import { hashOfText, npmTool } from "./files.mjs";
import { colorLua, escapeHtml } from "./lua-colors.mjs";

const { Marked } = createRequire(import.meta.url)(npmTool("marked"));

// What is a page of the guide, though it is for readers of the project as well.
const elsewhere = { compatibility: "COMPATIBILITY.md" };

/**
 * Finds the programs of a page, and notes the id of each at its block. A block `lua` is one; the blocks before it that
 * are files (`csv file data.csv`) or JSON belong to it.
 */
function programsOf(page, title, tokens) {
  const programs = [];
  let [files, input] = [[], undefined];
  let before = { source: "", files, input };
  for (const block of tokens.filter(({ type }) => type === "code")) {
    const [language, ...words] = block.lang.split(" ");
    const text = `${block.text}\n`;
    if (words[0] === "file") {
      files.push({ path: words[1], text });
    } else if (language === "json") {
      input = text;
    } else if (language === "lua") {
      block.id = `guide-${page}-${programs.length + 1}`;
      before = onward(before, { source: text, files, input }, words);
      const main = { path: "main.lua", text: before.source };
      programs.push({ id: block.id, program: { title, files: [main, ...before.files], main: main.path, input: before.input } });
      [files, input] = [[], undefined];
    }
  }
  return programs;
}

/** A program that goes on where another ended, as one that does both. */
function onward(before, program, words) {
  const isLater = words.includes("later");
  if (!isLater && !words.includes("continues")) return program;
  const comment = program.source.replace(/^(?=.)/gm, "-- ");
  const then = isLater ? `-- Now close the page, open it again, and run this at the console:\n${comment}` : program.source;
  const files = [...before.files, ...program.files];
  return { source: `${before.source}\n${then}`, files, input: program.input ?? before.input };
}

/** All pages in the order of the guide. */
export function guidePages() {
  const names = JSON.parse(readFileSync("guide/order.json", "utf8"));
  return names.map((name) => {
    const tokens = new Marked().lexer(readFileSync(elsewhere[name] ?? `guide/${name}.md`, "utf8"));
    const title = tokens.find(({ type }) => type === "heading").text.replaceAll("`", "");
    const summary = tokens.find(({ type }) => type === "paragraph").tokens;
    return { name, title, summary, tokens, programs: programsOf(name, title, tokens) };
  });
}

const renderer = {
  code({ text, lang, id }) {
    const [language, ...words] = lang.split(" ");
    const html = language === "lua" ? colorLua(text) : escapeHtml(text);
    const label = words[0] === "file" ? words[1] : { text: "Output", json: "Input", typed: "Typed" }[language];
    const caption = label === undefined ? "" : `<figcaption>${label}</figcaption>`;
    const link = id === undefined ? "" : `<a href="../#example=${id}">Open in playground</a>`;
    return `<figure class="block is-${language}">${caption}<pre tabindex="0"><code>${html}</code></pre>${link}</figure>\n`;
  },
  heading({ tokens, depth, text }) {
    const html = this.parser.parseInline(tokens);
    if (depth === 1) return `<h1>${html}</h1>\n`;
    const id = text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    return `<h${depth} id="${id}"><a href="#${id}">${html}</a></h${depth}>\n`;
  },
  link({ href, tokens }) {
    return `<a href="${escapeHtml(href.replace(/^([\w-]+)\.md\b/, "$1.html"))}">${this.parser.parseInline(tokens)}</a>`;
  },
  table({ header, rows }) {
    const row = (cells, tag) => {
      const html = cells.map(({ tokens }) => this.parser.parseInline(tokens));
      // A head that says nothing is none.
      return `<tr>${html.map((text) => (text === "" ? "<td></td>" : `<${tag}>${text}</${tag}>`)).join("")}</tr>`;
    };
    const body = rows.map((cells) => row(cells, "td")).join("");
    return `<div class="table" role="group" aria-label="Table" tabindex="0"><table><thead>${row(header, "th")}</thead><tbody>${body}</tbody></table></div>\n`;
  },
};

const marked = new Marked({ renderer });

/** Where the pages find what they share with the playground, and what they may load. */
function headOf(title, { policy, style, theme, icon }) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="../${icon}">
<link rel="stylesheet" href="./${style}">
<script src="../${theme}"></script>
</head>`;
}

function pageOf({ name, title, html }, pages, shared) {
  const link = (page) => {
    const current = page.name === name ? ' aria-current="page"' : "";
    return `<a href="./${page.name}.html"${current}>${escapeHtml(page.title)}</a>`;
  };
  const next = pages[pages.findIndex((page) => page.name === name) + 1];
  const onward = next === undefined ? "" : `<footer>Next: ${link(next)}</footer>\n`;
  return `${headOf(`${escapeHtml(title)} · cu guide`, shared)}
<body>
<a class="skip" href="#content">Skip to the text</a>
<header><a class="name" href="../">cu</a><a href="./">Guide</a><a class="open" href="../">Open the playground</a></header>
<nav aria-label="Pages of the guide"><ul>${pages.map((page) => `<li>${link(page)}</li>`).join("")}</ul></nav>
<main id="content" tabindex="-1">
${html}</main>
${onward}</body>
</html>
`;
}

function indexHtml(pages) {
  const item = ({ name, title, summary }) => {
    return `<dt><a href="./${name}.html">${escapeHtml(title)}</a></dt><dd>${marked.Parser.parseInline(summary, marked.defaults)}</dd>`;
  };
  return `<h1>Guide</h1>\n<p>Every program here opens in the playground, as a workspace of its own.</p>\n<dl>${pages.map(item).join("\n")}</dl>\n`;
}

/** Finds the one file of a build whose name fits. */
function named(staging, pattern) {
  const found = readdirSync(staging).find((name) => pattern.test(name));
  if (found === undefined) throw new Error(`the build has no ${pattern}`);
  return found;
}

/** Writes the style of the pages, of parts of the playground's. Returns its name. */
function writeStyle(staging, minify) {
  const fonts = named(staging, /^fonts-\w+$/);
  const text = ["fonts", "tokens", "guide"].map((part) => readFileSync(`style/${part}.css`, "utf8")).join("\n");
  const css = minify(text.replaceAll("fonts/", `../${fonts}/`), "css");
  const name = `style-${hashOfText(css)}.css`;
  writeFileSync(join(staging, "guide", name), css);
  return name;
}

/** Writes the guide into a build, in which fonts and scripts are in their places. */
export function writeGuide(staging, policy, minify = (text, _) => text) {
  const pages = guidePages();
  mkdirSync(join(staging, "guide"), { recursive: true });
  const shared = {
    policy,
    style: writeStyle(staging, minify),
    theme: named(staging, /^theme-\w+\.js$/),
    icon: named(staging, /^icon-\w+\.svg$/),
  };
  for (const { name, title, tokens, programs } of pages) {
    writeFileSync(join(staging, "guide", `${name}.html`), pageOf({ name, title, html: marked.parser(tokens) }, pages, shared));
    for (const { id, program } of programs) writeProgram(staging, id, program);
  }
  const index = { name: "index", title: "Guide", html: indexHtml(pages) };
  writeFileSync(join(staging, "guide", "index.html"), pageOf(index, pages, shared));
}
