import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { examples } from "../build/examples.mjs";
import { writeGuide } from "../build/guide.mjs";
import { colorLua } from "../build/lua-colors.mjs";

const staging = mkdtempSync(join(tmpdir(), "cu-guide-"));
process.on("exit", () => rmSync(staging, { recursive: true }));
mkdirSync(join(staging, "fonts-0"));
for (const name of ["theme-0.js", "icon-0.svg"]) writeFileSync(join(staging, name), "");
writeGuide(staging, "default-src 'self'");
const folder = join(staging, "guide");
const pages = readdirSync(folder).filter((name) => name.endsWith(".html"));
const textOf = (page) => readFileSync(join(folder, page), "utf8");

test("every page of the guide is in its order", () => {
  const sources = readdirSync("guide").filter((name) => name.endsWith(".md")).map((name) => name.replace(".md", ".html"));
  assert.deepEqual([...sources, "compatibility.html", "index.html"].sort(), pages.sort());
});

test("every link within the guide leads to a page, and to a heading in it", () => {
  for (const page of pages) {
    for (const [, target] of textOf(page).matchAll(/href="([^"]*)"/g)) {
      const [, name, heading] = /^(?:\.\/)?([\w-]+\.html)?(?:#([\w-]+))?$/.exec(target) ?? [];
      if (name !== undefined) assert.ok(pages.includes(name), `${page}: ${target}`);
      if (heading !== undefined) assert.ok(textOf(name ?? page).includes(`id="${heading}"`), `${page}: ${target}`);
      if (target.endsWith(".md")) assert.fail(`${page}: ${target}`);
    }
    const ids = [...textOf(page).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length, page);
  }
});

test("every program of the guide opens in the playground, under an id of its own", () => {
  const ids = pages.flatMap((page) => [...textOf(page).matchAll(/href="..\/#example=([^"]+)"/g)].map(([, id]) => id));
  assert.ok(ids.length > 20);
  assert.equal(new Set([...ids, ...examples().map(({ id }) => id)]).size, ids.length + examples().length);
  for (const id of ids) {
    const { files, main } = JSON.parse(readFileSync(join(staging, "examples", `${id}.json`), "utf8"));
    assert.equal(new Set(files.map(({ path }) => path)).size, files.length, id);
    assert.ok(files.some(({ path }) => path === main), id);
  }
});

test("Lua has its colours, and its text stays", () => {
  const html = colorLua('local a <const> = [==[ "]]" ]==] -- "b" & 0x1F\nreturn 1.5e3 .. \'\\\'\' --[[ c\n]] ..d');
  assert.equal(
    html,
    '<span class="lua-keyword">local</span> a &lt;const&gt; = <span class="lua-string">[==[ &quot;]]&quot; ]==]</span> ' +
      '<span class="lua-comment">-- &quot;b&quot; &amp; 0x1F</span>\n<span class="lua-keyword">return</span> ' +
      '<span class="lua-number">1.5e3</span> .. <span class="lua-string">\'\\\'\'</span> <span class="lua-comment">--[[ c\n]]</span> ..d',
  );
});
