// Which licences packages may have, and how the text of each reaches those who get cu. Read by scripts/check-licences.mjs
// and scripts/build/notices.mjs.

// What may be in cu, the most wanted first: of a choice, the first of these is taken.
export const shipped = [
  "MIT",
  "MIT-0",
  "ISC",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Zlib",
  "BSL-1.0",
  "Unicode-3.0",
  "CC0-1.0",
  "Unlicense",
  "Apache-2.0 WITH LLVM-exception",
  "Apache-2.0",
  // It asks to say where the sources of these files are, and leaves all others alone: of what formats programs.
  "MPL-2.0",
];

// What may be used to build and test it as well.
export const tools = [...shipped, "OFL-1.1", "Python-2.0", "BlueOak-1.0.0", "0BSD", "CC-BY-4.0"];

/**
 * The licences that an SPDX expression asks for, given those that are allowed: `[]`, if it cannot be met. `A/B`, an old
 * form of Cargo, is `A OR B`.
 */
export function choose(expression, allowed) {
  const tokens = (expression ?? "").replaceAll("/", " OR ").match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const atom = () => {
    if (tokens[at] === "(") {
      at += 1;
      const inner = any();
      at += 1;
      return inner;
    }
    let name = tokens[at++];
    if (tokens[at] === "WITH") {
      name = `${name} WITH ${tokens[at + 1]}`;
      at += 2;
    }
    return allowed.includes(name) ? [name] : [];
  };
  const all = () => {
    const parts = [atom()];
    while (tokens[at] === "AND") {
      at += 1;
      parts.push(atom());
    }
    return parts.some((part) => part.length === 0) ? [] : [...new Set(parts.flat())];
  };
  const rank = (part) => Math.max(...part.map((name) => allowed.indexOf(name)));
  const any = () => {
    const parts = [all()];
    while (tokens[at] === "OR") {
      at += 1;
      parts.push(all());
    }
    return parts.filter((part) => part.length > 0).sort((a, b) => rank(a) - rank(b))[0] ?? [];
  };
  return tokens.length === 0 ? [] : any();
}
