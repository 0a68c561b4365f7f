// The keys of Vim, loaded when they are wanted. A module of its own: of Monaco it takes what `shim.js` exports.
import { StatusBar, initVimMode } from "monaco-vim";

/** The line below the program: the mode, the keys typed so far, and what is typed after `:` and `/`. */
class Line extends StatusBar {
  constructor(node, editor) {
    super(node, editor);
    this.line = node;
  }

  setMode({ mode, subMode }) {
    const kinds = { linewise: "Visual line", blockwise: "Visual block" };
    const names = { insert: "Insert", normal: "Normal", replace: "Replace", visual: kinds[subMode] ?? "Visual" };
    this.setText(names[mode] ?? mode);
  }

  setSec(text, callback, options) {
    const close = super.setSec(text, callback, options);
    this.line.querySelector("input")?.setAttribute("aria-label", "Vim command");
    return close;
  }
}

/** Gives an editor the keys of Vim, until `stop`. */
export function start(editor, host) {
  const line = document.createElement("div");
  line.className = "editor-vim";
  line.setAttribute("role", "status");
  line.setAttribute("aria-label", "Vim mode");
  host.after(line);
  host.classList.add("has-vim");
  const mode = initVimMode(editor, line, Line);
  return {
    stop() {
      mode.dispose();
      line.remove();
      host.classList.remove("has-vim");
    },
  };
}
