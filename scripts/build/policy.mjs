// What the page may load and do, as a Content-Security-Policy: in the page itself, so that it holds on
// every host, and in `_headers`, which also reaches the workers.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashOfText } from "./files.mjs";

const rules = {
  "default-src": "'self'",
  // Compiling WebAssembly, but neither `eval` nor a script in the page.
  "script-src": "'self' 'wasm-unsafe-eval'",
  // Monaco makes `<style>` elements for its themes and writes `style` attributes into its lines. Neither
  // is the same from one visit to the next, so no hash can name them.
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data:",
  "font-src": "'self'",
  "connect-src": "'self'",
  "worker-src": "'self'",
  "object-src": "'none'",
  "base-uri": "'none'",
  "form-action": "'none'",
};

function textOf(rules) {
  return Object.entries(rules).map((rule) => rule.join(" ")).join("; ");
}

/** Moves the scripts that Trunk writes into the page to files of their own. */
function moveScripts(html, staging) {
  return html.replace(/<script(?![^>]*\bsrc=)([^>]*)>([\s\S]*?)<\/script>/g, (_, attributes, text) => {
    // The server fills these in, but only in the page.
    const filled = text
      .replace(/(['`]){{__TRUNK_ADDRESS__}}\1/, "window.location.host")
      .replace("{{__TRUNK_WS_BASE__}}", "/");
    const name = `start-${hashOfText(filled)}.js`;
    writeFileSync(join(staging, name), filled);
    // A module waits for the page by itself, any other script has to be told.
    return `<script${attributes} src="./${name}" defer></script>`;
  });
}

/** Puts the policy into the page and into `_headers`, and what it forbids out of the page. */
export function applyPolicy(html, staging) {
  const reloads = html.includes("__TRUNK_ADDRESS__");
  // The socket by which `trunk serve` reloads the page; not every browser counts it as 'self'.
  const pageRules = reloads ? { ...rules, "connect-src": `${rules["connect-src"]} ws: wss:` } : rules;
  const headers = join(staging, "_headers");
  writeFileSync(headers, `${readFileSync(headers, "utf8").trimEnd()}\n  Content-Security-Policy: ${textOf(rules)}\n`);
  return { html: moveScripts(html, staging), policy: textOf(pageRules) };
}
