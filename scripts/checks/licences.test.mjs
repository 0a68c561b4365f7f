import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, shipped } from "../licences.mjs";

const chosen = (expression) => choose(expression, shipped);

test("of a choice, the most wanted licence that is allowed is taken", () => {
  assert.deepEqual(chosen("Apache-2.0 OR MIT"), ["MIT"]);
  assert.deepEqual(chosen("MIT/Apache-2.0"), ["MIT"]);
  assert.deepEqual(chosen("GPL-3.0 OR MIT"), ["MIT"]);
  assert.deepEqual(chosen("Apache-2.0 WITH LLVM-exception OR Apache-2.0"), ["Apache-2.0 WITH LLVM-exception"]);
});

test("what must be met together is met together", () => {
  assert.deepEqual(chosen("(MIT OR Apache-2.0) AND Unicode-3.0"), ["MIT", "Unicode-3.0"]);
  assert.deepEqual(chosen("MIT AND GPL-2.0"), []);
});

test("what is not allowed, or not said, is refused", () => {
  assert.deepEqual(chosen("GPL-3.0"), []);
  assert.deepEqual(chosen("GPL-3.0 WITH Classpath-exception-2.0"), []);
  assert.deepEqual(chosen(undefined), []);
});
