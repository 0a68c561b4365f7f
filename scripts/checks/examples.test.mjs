import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { writeExamples } from "../build/examples.mjs";

test("the gallery lists every example once, and each has its file", (context) => {
  const staging = mkdtempSync(join(tmpdir(), "cu-examples-"));
  context.after(() => rmSync(staging, { recursive: true }));
  writeExamples(staging);
  const read = (name) => JSON.parse(readFileSync(join(staging, "examples", name), "utf8"));
  const list = read("index.json");
  const folders = readdirSync("examples", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.deepEqual(list.map(({ id }) => id).sort(), folders.map(({ name }) => name).sort());
  for (const { id, title, summary } of list) {
    assert.ok(title && summary.length <= 100, id);
    const { files, main } = read(`${id}.json`);
    assert.ok(files.some(({ path }) => path === main), id);
  }
  assert.equal(typeof read("json.json").input, "string");
  assert.deepEqual(read("modules.json").files.map(({ path }) => path), ["main.lua", "shop/cart.lua", "shop/money.lua"]);
});
