// Lua in the colours that the editor has: what is a keyword, a string, a number, a comment. In HTML for the guide; the
// picture of a workspace has them too (app/js/picture.js).

const kinds = {
  comment: /--\[(=*)\[[\s\S]*?\]\1\]|--[^\n]*/,
  string: /"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|\[(=*)\[[\s\S]*?\]\1\]/,
  number: /\b0[xX][\da-fA-F.]+(?:[pP][+-]?\d+)?|\b\d+\.?\d*(?:[eE][+-]?\d+)?/,
  keyword:
    /\b(?:and|break|do|else|elseif|end|false|for|function|goto|if|in|local|nil|not|or|repeat|return|then|true|until|while)\b/,
};

// One expression that finds whichever comes first. Its groups have names, since each part may refer to its own.
const parts = Object.entries(kinds).map(([kind, { source }]) => {
  return `(?<${kind}>${source.replace("(=*)", `(?<${kind}Level>=*)`).replace("\\1", `\\k<${kind}Level>`)})`;
});
const token = new RegExp(parts.join("|"), "g");

export function escapeHtml(text) {
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => entities[character]);
}

/** The pieces of a program in their order, each with its kind; `undefined` is what has no colour. */
export function* piecesOf(source) {
  let at = 0;
  for (const match of source.matchAll(token)) {
    yield { text: source.slice(at, match.index), kind: undefined };
    yield { text: match[0], kind: Object.keys(kinds).find((kind) => match.groups[kind] !== undefined) };
    at = match.index + match[0].length;
  }
  yield { text: source.slice(at), kind: undefined };
}

export function colorLua(source) {
  const inHtml = ({ text, kind }) => (kind ? `<span class="lua-${kind}">${escapeHtml(text)}</span>` : escapeHtml(text));
  return [...piecesOf(source)].map(inHtml).join("");
}
