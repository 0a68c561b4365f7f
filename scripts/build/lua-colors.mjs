// Lua in HTML, with the colours that the editor has: what is a keyword, a string, a number, a comment.

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

export function colorLua(source) {
  let [html, at] = ["", 0];
  for (const match of source.matchAll(token)) {
    const kind = Object.keys(kinds).find((kind) => match.groups[kind] !== undefined);
    html += escapeHtml(source.slice(at, match.index));
    html += `<span class="lua-${kind}">${escapeHtml(match[0])}</span>`;
    at = match.index + match[0].length;
  }
  return html + escapeHtml(source.slice(at));
}
