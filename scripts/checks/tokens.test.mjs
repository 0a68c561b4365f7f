import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const text = readFileSync("style/tokens.css", "utf8");
const tokens = [...text.matchAll(/--([a-z-]+): light-dark\((#\w{6}), (#\w{6})\);/g)];
const themes = ["light", "dark"].map((name, at) => ({ name, colors: Object.fromEntries(tokens.map((it) => [it[1], it[2 + at]])) }));
const planes = ["editor", "surface", "page"];

/** The relative luminance of a colour, as WCAG defines it. */
function luminance(color) {
  const parts = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

for (const { name, colors } of themes) {
  test(`${name}: planes stand off from each other without a line`, () => {
    for (const at of [1, 2]) {
      const step = contrast(colors[planes[at - 1]], colors[planes[at]]);
      assert.ok(step >= 1.15, `${planes[at - 1]} and ${planes[at]}: ${step.toFixed(2)}`);
    }
  });

  test(`${name}: text can be read on every plane`, () => {
    const isText = (token) => /^(text|accent|focus|error|warning|success|value|syntax)/.test(token) && !token.includes("surface");
    const texts = Object.keys(colors).filter(isText);
    assert.ok(texts.length > 12);
    for (const token of texts) {
      for (const plane of [...planes, "surface-raised"]) {
        const found = contrast(colors[token], colors[plane]);
        assert.ok(found >= 4.5, `${token} on ${plane}: ${found.toFixed(2)}`);
      }
    }
  });
}
