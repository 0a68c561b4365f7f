import assert from "node:assert/strict";
import { test } from "node:test";
import { noticesOf } from "../build/notices.mjs";
import { metadata } from "../build/crates.mjs";
import { languageMetadata } from "../build/language.mjs";

const found = [metadata(), languageMetadata()];

test("the package carries the notices of all that is in its engine, and of nothing else", () => {
  const notices = noticesOf(found, ["embed"], { hasPage: false });
  assert.match(notices, /Copyright \(C\) 1994-20\d\d Lua\.org, PUC-Rio/);
  assert.match(notices, /Nuxi, https:\/\/nuxi\.nl/);
  assert.match(notices, /^imara-diff .*Apache-2\.0/m);
  assert.match(notices, /^\s+Apache License$/m);
  for (const crate of ["mlua", "blake3", "lz4_flex", "postcard"]) assert.match(notices, new RegExp(`^${crate} \\d`, "m"));
  // Only the page has it, and only tests, and only the compiler.
  for (const crate of ["leptos", "emmylua_parser", "proptest", "serde_derive"]) assert.doesNotMatch(notices, new RegExp(`^${crate} \\d`, "m"));
});

test("the playground's notices hold those of the page too", () => {
  const notices = noticesOf(found, ["app", "engine", "embed", "language"], { hasPage: true });
  for (const name of ["leptos", "rexie", "mlua", "emmylua_parser", "emmylua_ls", "Monaco Editor", "Inter", "JetBrains Mono", "Octicons"]) assert.match(notices, new RegExp(`^${name} \\d`, "m"));
});
