// Formatting: the worker over StyLua, which starts when it is first wanted, and ends when it hangs.
import { editor as monaco } from "monaco-editor/editor";

/** How many seconds the worker may take to start, and to format a file. */
const patience = { start: 60, answer: 10 };

export class Formatter {
  constructor(url) {
    this.url = url;
    /** What the worker has not answered: the messages, and what is to be done with the answers, by their ids. */
    this.pending = new Map();
    this.id = 0;
  }

  start() {
    this.isReady = false;
    this.worker = new Worker(this.url, { type: "module", name: "format" });
    this.worker.onmessage = ({ data }) => this.receive(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.end("the formatter could not be loaded.");
    };
  }

  receive(text) {
    // What is no JSON says why the worker ended.
    if (!text.startsWith?.("{")) return this.end("the formatter failed.");
    const { id, answer } = JSON.parse(text);
    // Its first message says that it is up.
    if (!this.isReady) for (const { message } of this.pending.values()) this.worker.postMessage(message);
    this.isReady = true;
    this.pending.get(id)?.resolve(answer);
    this.pending.delete(id);
    this.watch();
  }

  watch() {
    clearTimeout(this.timer);
    if (this.pending.size === 0) return;
    const seconds = this.isReady ? patience.answer : patience.start;
    this.timer = setTimeout(() => this.end(`it took longer than ${seconds} seconds.`), 1000 * seconds);
  }

  end(reason) {
    this.worker.terminate();
    this.worker = undefined;
    for (const { resolve } of this.pending.values()) resolve({ refusal: `Nothing was formatted: ${reason}` });
    this.pending.clear();
    this.watch();
  }

  ask(question) {
    if (!this.worker) this.start();
    const id = ++this.id;
    const message = JSON.stringify({ id, ...question });
    if (this.isReady) this.worker.postMessage(message);
    return new Promise((resolve) => {
      this.pending.set(id, { message, resolve });
      this.watch();
    });
  }

  /** Formats the shown document, or the selected lines of it. Resolves to why it did not; to nothing if it did. */
  async format(editor, style, isSelection) {
    const [model, selection] = [editor.getModel(), editor.getSelection()];
    if (isSelection && selection.isEmpty()) return "Nothing was formatted: no text is selected in the editor.";
    const { startLineNumber: first, endLineNumber: end, endColumn } = selection;
    // A selection of whole lines ends before the first column of the next.
    const lines = isSelection ? [first, endColumn === 1 && end > first ? end - 1 : end] : null;
    const version = model.getVersionId();
    const { edits, refusal } = await this.ask({ text: model.getValue(monaco.EndOfLinePreference.LF), lines, style });
    if (refusal) return refusal;
    if (editor.getModel() !== model || model.getVersionId() !== version) {
      return "Nothing was formatted: the text has changed meanwhile.";
    }
    editor.pushUndoStop();
    editor.executeEdits("format", edits.map(toMonaco));
    editor.pushUndoStop();
    return "";
  }
}

function toMonaco([[startLineNumber, startColumn], [endLineNumber, endColumn], text]) {
  const range = { startLineNumber, startColumn, endLineNumber, endColumn };
  // A cursor at the start of a line stays at what begins there.
  return { range, text, forceMoveMarkers: startColumn === 1 };
}
