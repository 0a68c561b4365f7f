// Fails when what a visitor must download before the first run has outgrown its budget:
// `node scripts/check-sizes.mjs dist`, on a release build. Sizes are those of `gzip -9`.
import { execFileSync } from "node:child_process";
import { filesUnder } from "./build/files.mjs";

const budgets = [
  { what: "the engine", file: /worker-\w+\/worker_bg\.wasm$/, kilobytes: 350 },
  { what: "the page", file: /app-\w+_bg\.wasm$/, kilobytes: 350 },
];

const files = filesUnder(process.argv[2] ?? "dist");
for (const { what, file, kilobytes } of budgets) {
  const found = files.filter((path) => file.test(path));
  if (found.length !== 1) throw new Error(`expected one wasm file of ${what}, found ${found.length}`);
  const size = execFileSync("gzip", ["-9", "-c", found[0]], { maxBuffer: 1 << 26 }).length / 1000;
  console.log(`${what}: ${size.toFixed(1)} kB of ${kilobytes} kB`);
  if (size > kilobytes) {
    console.error(`${what} is too large: ${found[0]}`);
    process.exitCode = 1;
  }
}
