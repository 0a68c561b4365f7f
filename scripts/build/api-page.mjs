// The package's API page, from the types and their comments.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const modules = [
  ["lua-api.d.ts", "cu", "The engine."],
  ["io-wrapper.d.ts", "cu/io-wrapper", "The usual ways to use `_io`."],
  ["lua-error.d.ts", "cu", "What a failing program rejects with."],
  ["storage.d.ts", "cu", "Where saved states are kept."],
  ["file-storage.d.ts", "cu/file-storage", "The same in files, for Node."],
  ["playground.d.ts", "cu/playground", "A playground in a frame of a page."],
];

/** A comment's text, with its `@param`s as a list. */
function textOf(comment) {
  const lines = comment.replace(/^\s*\/\*\*|\*\/\s*$/g, "").split("\n").map((line) => line.replace(/^\s*\* ?/, "").trim());
  return lines.join("\n").trim().replace(/^@param (\w+) /gm, "- `$1`: ");
}

/** The declarations of a file in order, each with its comment, its signature and its depth. */
function* declarations(types) {
  const pattern = /^( *)(?:(\/\*\*(?:(?!\*\/)[\s\S])*?\*\/)\n\1)?((?!\s|\/\*|\}|import|export default|export \{)[^\n]*(?:\n\1 [^\n]*|\n(?=\n\1 )|\n\1\): [^\n]*)*)/gm;
  for (const [, indent, comment, declaration] of types.matchAll(pattern)) {
    if (comment !== undefined) yield { depth: indent.length, text: textOf(comment), declaration };
  }
}

/** A signature without its members, which are listed separately. */
function signatureOf(declaration) {
  const isBlock = /^(?:export )?(?:declare )?(?:class|interface|const) [^;]*\{/.test(declaration);
  return (isBlock ? declaration.split("{")[0] : declaration).trim().replace(/[;:]$/, "");
}

function membersOf(declaration) {
  return declaration.split("\n").slice(1).map((line) => line.replace(/^ {2}/, "")).join("\n");
}

function section({ text, declaration }, level) {
  const signature = signatureOf(declaration);
  const members = declaration.includes("{\n") ? [...declarations(membersOf(declaration))] : [];
  const heading = `${"#".repeat(level)} \`${signature.split("\n")[0].replace(/^export |^declare /g, "")}\``;
  const code = signature.includes("\n") ? `\n\n\`\`\`ts\n${signature}\n\`\`\`` : "";
  return [`${heading}${code}\n\n${text}`, ...members.map((member) => section(member, level + 1))].join("\n\n");
}

/** The page, as Markdown, given the folder with the types. */
export function apiPage(folder) {
  const parts = modules.map(([file, name, about]) => {
    const types = readFileSync(join(folder, file), "utf8");
    const sections = [...declarations(types)].filter(({ depth }) => depth === 0).map((found) => section(found, 3));
    return `## ${file.replace(".d.ts", ".js")}\n\n${about} From \`${name}\`.\n\n${sections.join("\n\n")}`;
  });
  return `# The interface of cu\n\nMade from the types in \`web\`.\n\n${parts.join("\n\n")}\n`;
}
