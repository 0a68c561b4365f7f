// Draws the picture of a workspace, in the page's own colours: what app/src/bundle/drawing.rs declares.
import { piecesOf } from "../../scripts/build/lua-colors.mjs";

const [WIDTH, HEIGHT, EDGE, LINE] = [1200, 630, 48, 30];
const COLORS = { comment: "text-quiet", string: "value-string", number: "value-number", keyword: "syntax-keyword" };

// The bytes of a PNG with the name of a workspace, and the beginning of a file.
export async function draw(name, path, text, isLua) {
  await document.fonts.ready;
  const canvas = Object.assign(document.createElement("canvas"), { width: WIDTH, height: HEIGHT });
  const context = canvas.getContext("2d");
  const probe = document.body.appendChild(document.createElement("span"));
  probe.style.forcedColorAdjust = "none";
  const style = getComputedStyle(probe);
  const paint = (color) => {
    probe.style.color = `var(--${color})`;
    context.fillStyle = style.color;
  };
  // Writes a text. Returns where it ends.
  const write = (text, x, y, size, font, color) => {
    context.font = `${size}px ${style.getPropertyValue(font)}`;
    paint(color);
    context.fillText(text, x, y, WIDTH - EDGE - x);
    return x + context.measureText(text).width;
  };
  paint("page");
  context.fillRect(0, 0, WIDTH, HEIGHT);
  paint("editor");
  context.fillRect(EDGE, 132, WIDTH - 2 * EDGE, 418);
  write(name, EDGE, 74, 40, "--sans", "text");
  write(path, EDGE, 114, 20, "--mono", "text-soft");
  let [x, y] = [EDGE + 24, 174];
  for (const piece of isLua ? piecesOf(text) : [{ text }]) {
    for (const [at, part] of piece.text.split("\n").entries()) {
      if (at > 0) [x, y] = [EDGE + 24, y + LINE];
      x = write(part, x, y, 20, "--mono", COLORS[piece.kind] ?? "text");
    }
  }
  const place = location.host + location.pathname;
  write(`This picture carries the workspace: drop it on cu, ${place}, to open it.`, EDGE, 596, 22, "--sans", "text-soft");
  probe.remove();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve));
  return blob.arrayBuffer();
}
