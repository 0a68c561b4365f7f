// The thinnest layer over Monaco: what app/src/monaco.rs declares, and nothing more.
import "monaco-editor/features/register.all";
import "monaco-editor/languages/definitions/lua/register";
import { MarkerSeverity, Range, editor as monaco } from "monaco-editor/editor";
import { Help } from "./language.js";
import { Models } from "./models.js";

self.MonacoEnvironment = {
  getWorker: () => new Worker(new URL("./editor.worker.js", import.meta.url)),
};

// The editor is not created before its style sheet is there.
const styleSheet = document.createElement("link");
styleSheet.rel = "stylesheet";
styleSheet.href = new URL("./editor.css", import.meta.url).href;
await new Promise((resolve, reject) => {
  styleSheet.onload = resolve;
  styleSheet.onerror = () => reject(new Error("Monaco's style sheet did not load"));
  document.head.append(styleSheet);
});

// The page's own tokens, as Monaco wants them: `#rrggbbaa`, without `var()` or `light-dark()`.
function tokenColor(probe, name) {
  probe.style.color = `var(--${name})`;
  const [red, green, blue, alpha = 1] = getComputedStyle(probe).color.match(/[\d.]+/g);
  return "#" + [red, green, blue, +alpha * 255].map((part) => (+part | 0).toString(16).padStart(2, "0")).join("");
}

function defineTheme(host, isDark) {
  const probe = host.appendChild(document.createElement("span"));
  // Where the system forces its colours, all of these would else be that of its text.
  probe.style.forcedColorAdjust = "none";
  const color = (name) => tokenColor(probe, name);
  monaco.defineTheme("cu", {
    base: isDark ? "vs-dark" : "vs",
    inherit: true,
    rules: [
      { token: "comment", foreground: color("text-quiet"), fontStyle: "italic" },
      { token: "string", foreground: color("value-string") },
      { token: "number", foreground: color("value-number") },
      { token: "keyword", foreground: color("syntax-keyword") },
      { token: "identifier", foreground: color("text") },
      { token: "delimiter", foreground: color("text-soft") },
      // From here on what the language worker says of names.
      ...["variable", "parameter", "property", "namespace"].map((token) => ({ token, foreground: color("text") })),
      ...["function", "method"].map((token) => ({ token, foreground: color("value-function") })),
      ...["type", "class", "enum", "interface"].map((token) => ({ token, foreground: color("value-boolean") })),
      { token: "operator", foreground: color("text-soft") },
    ],
    colors: {
      "editor.background": color("editor"),
      "editor.foreground": color("text"),
      "editorLineNumber.foreground": color("text-quiet"),
      "editorLineNumber.activeForeground": color("text"),
      "editorGutter.background": color("editor"),
      "editorCursor.foreground": color("focus"),
      "editor.selectionBackground": color("selection"),
      "editorIndentGuide.background1": color("line"),
      "editorIndentGuide.activeBackground1": color("line-strong"),
      "editorWidget.background": color("surface-raised"),
      "editorWidget.border": color("line"),
      // Colours say what a value is, and not how deep brackets are.
      "editorBracketHighlight.foreground1": color("text-soft"),
      "editorBracketHighlight.foreground2": color("text-soft"),
      "editorBracketHighlight.foreground3": color("text-soft"),
      "editorBracketHighlight.unexpectedBracket.foreground": color("error"),
      "editorSuggestWidget.selectedBackground": color("selection"),
      "editorSuggestWidget.selectedForeground": color("text"),
      "list.hoverBackground": color("hover"),
      "menu.background": color("surface-raised"),
      "menu.foreground": color("text"),
      "menu.selectionBackground": color("selection"),
      "menu.selectionForeground": color("text"),
      "menu.separatorBackground": color("line"),
      descriptionForeground: color("text-quiet"),
      focusBorder: color("focus"),
    },
  });
  probe.remove();
  monaco.setTheme("cu");
}

// Monaco measures characters once, and the page's font may come after that.
document.fonts.ready.then(() => monaco.remeasureFonts());

/**
 * The columns of what Lua's message blames in a line: the name or sign that it quotes, if the line has that only once;
 * else all of the line but its indentation.
 */
function blamed(line, message) {
  const quoted = /\((?:local|global|field|method|upvalue|constant) '([^']+)'\)|near '([^']+)'/.exec(message);
  const text = quoted?.[1] ?? quoted?.[2];
  const places = text === undefined ? [] : [...line.matchAll(wholeWord(text))];
  if (places.length === 1) return { startColumn: places[0].index + 1, endColumn: places[0].index + text.length + 1 };
  return { startColumn: line.search(/\S|$/) + 1, endColumn: line.trimEnd().length + 1 };
}

/** Finds a text that is not a part of a longer word. */
function wholeWord(text) {
  const literal = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const [before, after] = [/^\w/.test(text) ? "(?<!\\w)" : "", /\w$/.test(text) ? "(?!\\w)" : ""];
  return new RegExp(before + literal + after, "g");
}

/** The first line of a message, without the place that it begins with: it stands at that place. */
function shortened(message) {
  const text = message.split("\n", 1)[0].replace(/^[^\s:]+:\d+: /, "");
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}

/** An edit of the formatter, as Monaco has it. */
function editOf([[startLineNumber, startColumn], [endLineNumber, endColumn], text]) {
  const range = { startLineNumber, startColumn, endLineNumber, endColumn };
  // A cursor at the start of a line stays at what begins there.
  return { range, text, forceMoveMarkers: startColumn === 1 };
}

class Editor {
  constructor(host, isDark, isReadOnly, onChange) {
    this.host = host;
    this.models = new Models(onChange);
    // Where cursor and scroll were in the documents that were shown, when another was.
    this.views = new Map();
    defineTheme(host, isDark);
    this.editor = monaco.create(host, {
      model: null,
      ariaLabel: "Program",
      readOnly: isReadOnly,
      domReadOnly: isReadOnly,
      automaticLayout: true,
      acceptSuggestionOnEnter: "off",
      // One way of text input in every browser: a plain text area.
      editContext: false,
      fixedOverflowWidgets: true,
      glyphMargin: false,
      lineDecorationsWidth: 8,
      lineNumbersMinChars: 3,
      inlayHints: { enabled: "off" },
      minimap: { enabled: false },
      hideCursorInOverviewRuler: true,
      overviewRulerBorder: false,
      overviewRulerLanes: 2,
      padding: { top: 8, bottom: 8 },
      renderLineHighlight: "none",
      scrollBeyondLastLine: false,
      "semanticHighlighting.enabled": true,
      smoothScrolling: false,
      stickyScroll: { enabled: false },
      ...this.#textOptions(),
    });
  }

  // What the page's styles say of the text.
  #textOptions() {
    const style = getComputedStyle(this.host);
    return {
      fontFamily: style.fontFamily,
      fontSize: parseFloat(style.fontSize),
      lineHeight: parseFloat(style.lineHeight),
      tabSize: Number(style.getPropertyValue("--editor-tab")),
      wordWrap: /** @type {"on" | "off"} */ (style.getPropertyValue("--editor-wrap").trim() === "pre-wrap" ? "on" : "off"),
    };
  }

  // Resolves to false where the keys of Vim could not be loaded.
  async setLooks(hasMinimap, hasVimKeys, tabLeaves) {
    this.editor.updateOptions({ ...this.#textOptions(), minimap: { enabled: hasMinimap }, tabFocusMode: tabLeaves });
    this.hasVimKeys = hasVimKeys;
    try {
      const vim = hasVimKeys || this.vim ? await import("./vim.js") : undefined;
      // It may have been switched while that loaded.
      if (this.hasVimKeys === (this.vim !== undefined)) return true;
      if (this.hasVimKeys) {
        this.vim = vim.start(this.editor, this.host);
      } else {
        this.vim.stop();
        this.vim = undefined;
      }
      return true;
    } catch (error) {
      console.error(error);
      return false;
    }
  }

  // Shows a document. Its path, text and view count only the first time; its language may change.
  show(id, path, text, language, view) {
    const shown = this.editor.getModel();
    if (shown) this.views.set(this.models.idOf(shown), this.editor.saveViewState());
    if (!this.views.has(id)) this.views.set(id, view && JSON.parse(view));
    const model = this.models.open(id, path, text, language);
    monaco.setModelLanguage(model, language);
    if (model === shown) return;
    this.editor.setModel(model);
    this.editor.restoreViewState(this.views.get(id));
  }

  // Takes the files with Lua in them.
  setFiles(ids, paths, texts) {
    this.help?.setFiles(Array.from(ids, (id, index) => ({ id, path: paths[index], text: texts[index] })));
  }

  startHelp(url, report, list, reveal) {
    this.help = new Help(url, this.editor, this.models, { report, list, reveal });
  }

  async offer(text) {
    return JSON.stringify((await this.help?.offer(text)) ?? []);
  }

  // Changes the shown document by the edits of the formatter, as JSON.
  applyEdits(edits) {
    this.editor.pushUndoStop();
    this.editor.executeEdits("format", JSON.parse(edits).map(editOf));
    this.editor.pushUndoStop();
  }

  setHints(isOn) {
    this.editor.updateOptions({ inlayHints: { enabled: isOn ? "on" : "off" } });
  }

  setLive(home, globals) {
    this.help?.setLive(home, globals);
  }

  // Forgets the documents that are not among these.
  retain(ids) {
    this.models.retain(ids);
    for (const id of this.views.keys()) if (!ids.includes(id)) this.views.delete(id);
  }

  text(id) {
    return this.models.get(id)?.getValue();
  }

  // As an edit, so that undo brings the old text back.
  setText(id, text) {
    const model = this.models.get(id);
    if (!model) return;
    model.pushStackElement();
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
    model.pushStackElement();
  }

  view(id) {
    const model = this.models.get(id);
    return model && JSON.stringify(model === this.editor.getModel() ? this.editor.saveViewState() : this.views.get(id));
  }

  select(start, end) {
    const model = this.editor.getModel();
    this.editor.setSelection(Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end)));
  }

  selectedText() {
    return this.editor.getModel().getValueInRange(this.editor.getSelection());
  }

  selectedLine() {
    return this.editor.getSelection().startLineNumber;
  }

  markError(id, line, message) {
    this.clearError();
    const model = this.models.get(id);
    if (!model) return;
    const last = Math.min(line, model.getLineCount());
    const { startColumn, endColumn } = blamed(model.getLineContent(last), message);
    const range = new Range(last, startColumn, last, endColumn);
    monaco.setModelMarkers(model, "cu", [{ ...range, message, severity: MarkerSeverity.Error }]);
    const end = model.getLineMaxColumn(last);
    const text = { content: `    ${shortened(message)}`, inlineClassName: "editor-error-text" };
    const options = { linesDecorationsClassName: "editor-error-mark", after: text, showIfCollapsed: true };
    const decorations = model.deltaDecorations([], [{ range: new Range(last, end, last, end), options }]);
    this.error = { model, decorations };
  }

  clearError() {
    if (this.error && !this.error.model.isDisposed()) {
      monaco.setModelMarkers(this.error.model, "cu", []);
      this.error.model.deltaDecorations(this.error.decorations, []);
    }
    this.error = undefined;
  }

  reveal(line, column, endColumn) {
    const range = this.editor.getModel().validateRange(new Range(line, column, line, endColumn));
    this.editor.setSelection(range);
    this.editor.revealRangeInCenterIfOutsideViewport(range);
    this.editor.focus();
  }

  focus() {
    this.editor.focus();
  }

  setDark(isDark) {
    defineTheme(this.host, isDark);
  }
}

// What app/monaco/vim.js takes of Monaco, so that there is one of it.
export { KeyCode, Position, Range, Selection, SelectionDirection, editor } from "monaco-editor/editor";
export { ShiftCommand } from "monaco-editor/editor/common/commands/shiftCommand";

export function create(host, isDark, isReadOnly, onChange) {
  return new Editor(host, isDark, isReadOnly, onChange);
}
