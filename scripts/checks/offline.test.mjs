import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { storedFormats, writeRelease } from "../build/offline.mjs";

/** A build with these files. */
function build(t, files) {
  const folder = mkdtempSync(join(tmpdir(), "cu-release-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const change = (name, text) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  for (const [name, text] of Object.entries({ "service-worker.js": "const release = self.release;", ...files })) change(name, text);
  const write = (formats) => {
    writeRelease(folder, formats);
    const script = readFileSync(join(folder, "service-worker.js"), "utf8");
    const [, release, rest] = /^self\.release = (.*);\n([^]*)$/.exec(script);
    return { ...JSON.parse(release), rest };
  };
  return { change, write };
}

test("a release has its pages by the addresses that people open, and all that they load", (t) => {
  const { write } = build(t, { "index.html": "page", "guide/index.html": "guide", "guide/start.html": "start", "app-1f_bg.wasm": "" });
  const { files } = write();
  assert.deepEqual(Object.keys(files).sort(), ["./", "app-1f_bg.wasm", "guide/", "guide/start.html"]);
  assert.notEqual(files["./"], files["guide/"]);
});

test("a release has nothing that no visitor loads", (t) => {
  const others = ["web/engine.wasm", "gallery.html", "gallery/gallery.js", "echo-worker-1f/boot.js", "_headers", ".lock"];
  const ofMonaco = ["monaco-1f/editor.js.LEGAL.txt", "monaco-1f/inputs.txt"];
  const { write } = build(t, Object.fromEntries([...others, ...ofMonaco, "monaco-1f/editor.js"].map((name) => [name, ""])));
  assert.deepEqual(Object.keys(write().files), ["monaco-1f/editor.js"]);
});

test("a release has another version when a file, the service worker or a format changes, and only then", (t) => {
  const { change, write } = build(t, { "index.html": "page" });
  const first = write({ cu: 1 });
  assert.deepEqual(write({ cu: 1 }), first);
  assert.equal(first.rest, "const release = self.release;");
  const versions = [first.version, write({ cu: 2 }).version];
  change("index.html", "another");
  versions.push(write({ cu: 2 }).version);
  change("service-worker.js", "// another");
  versions.push(write({ cu: 2 }).version);
  assert.equal(new Set(versions).size, versions.length);
});

test("the formats are found in the sources", () => {
  for (const [name, format] of Object.entries(storedFormats())) assert.ok(format >= 1, name);
});

const manifest = JSON.parse(readFileSync("public/manifest.webmanifest", "utf8"));

test("the installed playground begins within its scope, wherever it is served", () => {
  for (const folder of ["https://host.example/", "https://host.example/sub/path/"]) {
    const address = new URL("manifest.webmanifest", folder);
    assert.equal(new URL(manifest.scope, address).href, folder);
    assert.ok(new URL(manifest.start_url, address).href.startsWith(folder));
  }
});

test("its icons are there, in the sizes that it says", () => {
  const sizes = manifest.icons.map(({ src, type, sizes }) => {
    const bytes = readFileSync(join("public", src));
    if (type !== "image/png") return sizes;
    assert.equal(bytes.toString("latin1", 1, 4), "PNG", src);
    assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes, src);
    return sizes;
  });
  assert.deepEqual(sizes, ["any", "192x192", "512x512", "512x512"]);
});

test("the colours of its window are those of the page", () => {
  const [, light, dark] = /--page: light-dark\((#\w+), (#\w+)\)/.exec(readFileSync("style/tokens.css", "utf8"));
  assert.deepEqual([manifest.theme_color, manifest.background_color], [light, light]);
  const page = readFileSync("index.html", "utf8");
  const inPage = [...page.matchAll(/name="theme-color" media="\(prefers-color-scheme: (\w+)\)" content="(#\w+)"/g)];
  assert.deepEqual(inPage.map(([, scheme, color]) => [scheme, color]), [["light", light], ["dark", dark]]);
});
