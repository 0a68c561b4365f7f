// The help with Lua: Monaco's providers over the language worker, which answers in Monaco's shapes. A worker that hangs
// or ends is replaced, and the file that it was at is kept from the next one, until it is another.
import { editor as monaco, languages } from "monaco-editor/editor";

/** What the page is told; see `HelpState` in app/src/help.rs. */
const state = { starting: 1, ready: 2, partial: 3, gone: 4 };
/** How much of a file the worker reads. */
const reading = { all: 0, syntax: 1, nothing: 2 };
/** How many seconds the worker may take to start, and to answer. */
const patience = { start: 60, answer: 3 };
/** How many milliseconds a person has stopped typing when the program is checked. */
const pause = 150;
/** Above these lengths, only the syntax is checked, and nothing. */
const longest = { all: 200_000, syntax: 1_000_000 };
/** How often a worker may fail at no file. */
const mostFailures = 3;

export class Help {
  /**
   * @param url the worker
   * @param editor Monaco's
   * @param models the documents
   * @param report is told the state
   * @param reveal shows a line of a document
   */
  constructor(url, editor, models, report, reveal) {
    this.url = url;
    this.editor = editor;
    this.models = models;
    this.report = report;
    this.reveal = reveal;
    /** What is to be done with answers, by the ids of requests. */
    this.pending = new Map();
    /** The files of the workspace by their paths, what the worker was told of them, and how it fared. */
    this.files = new Map();
    this.failures = 0;
    this.id = 0;
    setInterval(() => this.watch(), 1000);
    const later = () => this.checkLater();
    editor.onDidChangeModel(later);
    editor.onDidChangeModelContent(later);
    // When the page has nothing else to do, where a browser tells.
    if (self.requestIdleCallback) requestIdleCallback(() => this.start());
    else setTimeout(() => this.start());
  }

  start() {
    this.isReady = false;
    this.silence = 0;
    this.at = "";
    this.say(state.starting);
    for (const file of this.files.values()) file.sent = undefined;
    this.worker = new Worker(this.url, { type: "module", name: "language" });
    this.worker.onmessage = ({ data }) => this.receive(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.replace();
    };
  }

  receive(text) {
    this.silence = 0;
    // What is no JSON says why the worker ended.
    if (!text.startsWith("{")) return this.replace();
    const message = JSON.parse(text);
    if (message.legend) return this.begin(message.legend);
    if (message.at !== undefined) this.at = message.at;
    this.pending.get(message.id)?.(message.answer);
    this.pending.delete(message.id);
  }

  begin(legend) {
    this.isReady = true;
    this.at = "";
    if (!this.isRegistered) this.register(legend);
    this.isRegistered = true;
    if (this.live) this.send({ kind: "live", ...this.live });
    this.synchronize();
    this.check();
    this.tell();
  }

  say(state) {
    if (state !== this.said) this.report(state);
    this.said = state;
  }

  tell() {
    const isPartial = [...this.files.values()].some(({ level }) => level !== reading.all);
    this.say(isPartial ? state.partial : state.ready);
  }

  watch() {
    const isWaiting = !this.isReady || this.pending.size > 0;
    if (!this.worker || !isWaiting) this.silence = 0;
    else if (++this.silence > (this.isReady ? patience.answer : patience.start)) this.replace();
  }

  replace() {
    this.worker.terminate();
    this.worker = undefined;
    this.isReady = false;
    for (const resolve of this.pending.values()) resolve(null);
    this.pending.clear();
    const file = this.files.get(this.at);
    if (file) {
      file.faults += 1;
      file.level = Math.min(file.level + 1, reading.nothing);
    } else if (++this.failures >= mostFailures) {
      return this.say(state.gone);
    }
    this.start();
  }

  /** Tells the worker something. Resolves to its answer, or to null. */
  send(message) {
    const id = ++this.id;
    this.worker.postMessage(JSON.stringify({ id, ...message }));
    // A withdrawal has no answer.
    if (message.kind === "cancel") return;
    return new Promise((resolve) => this.pending.set(id, resolve));
  }

  /** Takes the files of the workspace: `{ id, path, text }` each. */
  setFiles(files) {
    const paths = new Set(files.map(({ path }) => path));
    for (const path of this.files.keys()) {
      if (paths.has(path)) continue;
      this.files.delete(path);
      if (this.isReady) this.send({ kind: "close", file: path });
    }
    for (const file of files) {
      const known = this.files.get(file.path) ?? { faults: 0, level: reading.all };
      this.files.set(file.path, Object.assign(known, file));
    }
    this.synchronize();
    this.checkLater();
  }

  /** Takes what is alive. */
  setLive(text, globals) {
    this.live = { text, globals };
    if (!this.isReady) return;
    this.send({ kind: "live", ...this.live });
    this.checkLater();
  }

  /** Tells the worker which texts have changed. */
  synchronize() {
    if (!this.isReady) return;
    for (const [path, file] of this.files) {
      const text = this.models.get(file.id)?.getValue() ?? file.text;
      if (text === file.sent) continue;
      // What was too much for the worker may be so no longer; twice is enough.
      if (file.read !== undefined && file.read !== text && file.faults < 2) file.level = reading.all;
      Object.assign(file, { sent: text, read: text });
      const level = text.length > longest.syntax ? reading.nothing : text.length > longest.all ? reading.syntax : reading.all;
      file.level = Math.max(file.level, level);
      const isParsedOnly = file.level !== reading.all;
      if (file.level === reading.nothing) this.send({ kind: "close", file: path });
      else this.send({ kind: "open", file: path, text, isParsedOnly });
    }
    this.tell();
  }

  /** Asks something about a model. Resolves to null where there is no answer. */
  async ask(kind, model, token, more) {
    const id = this.models.idOf(model);
    const file = [...this.files.values()].find((file) => file.id === id);
    if (!this.isReady || !file) return null;
    this.synchronize();
    if (file.level === reading.nothing) return null;
    const answer = this.send({ kind, file: file.path, ...more });
    const request = this.id;
    token?.onCancellationRequested(() => this.isReady && this.send({ kind: "cancel", of: request }));
    return answer;
  }

  checkLater() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), pause);
  }

  /** Marks what is wrong in the shown document. */
  async check() {
    const model = this.editor.getModel();
    if (!model || !this.isReady) return;
    const version = model.getVersionId();
    const markers = await this.ask("diagnostics", model);
    if (model.isDisposed() || model.getVersionId() !== version) return;
    if (markers) monaco.setModelMarkers(model, "language", markers);
    else if (this.isReady) monaco.setModelMarkers(model, "language", []);
  }

  /** The model of a file of the workspace; undefined for what is defined elsewhere. */
  modelOf(path) {
    const file = this.files.get(path);
    return file && this.models.open(file.id, file.text, "lua");
  }

  locations(found) {
    const locations = (found ?? []).map(({ file, range }) => ({ uri: this.modelOf(file)?.uri, range }));
    return locations.filter(({ uri }) => uri);
  }

  register(legend) {
    const at = (kind, model, position, token, more) =>
      this.ask(kind, model, token, { line: position.lineNumber, column: position.column, ...more });
    languages.registerCompletionItemProvider("lua", {
      triggerCharacters: [".", ":", "[", '"', "'", "@", "/"],
      provideCompletionItems: (model, position, _, token) => at("completion", model, position, token),
      resolveCompletionItem: async (item, token) => {
        const details = await this.ask("details", this.editor.getModel(), token, { index: item["index"] });
        return { ...item, ...details };
      },
    });
    languages.registerHoverProvider("lua", {
      provideHover: (model, position, token) => at("hover", model, position, token),
    });
    languages.registerSignatureHelpProvider("lua", {
      signatureHelpTriggerCharacters: ["(", ","],
      provideSignatureHelp: async (model, position, token) => {
        const value = await at("signature", model, position, token);
        return value && { value, dispose() {} };
      },
    });
    languages.registerDefinitionProvider("lua", {
      provideDefinition: async (...given) => this.locations(await at("definition", ...given)),
    });
    languages.registerReferenceProvider("lua", {
      provideReferences: async (model, position, _, token) =>
        this.locations(await at("references", model, position, token)),
    });
    languages.registerDocumentHighlightProvider("lua", {
      provideDocumentHighlights: (model, position, token) => at("highlights", model, position, token),
    });
    languages.registerRenameProvider("lua", {
      resolveRenameLocation: async (model, position, token) => {
        const found = await at("renameRange", model, position, token);
        if (found) return { range: found.range, text: found.placeholder };
        const { startColumn, endColumn } = model.getWordUntilPosition(position);
        const range = { startLineNumber: position.lineNumber, endLineNumber: position.lineNumber, startColumn, endColumn };
        return { range, text: "", rejectReason: "There is no name here that can be changed." };
      },
      provideRenameEdits: async (model, position, name, token) => {
        const edits = (await at("rename", model, position, token, { name })) ?? [];
        const inWorkspace = edits.filter(({ file }) => this.modelOf(file));
        return {
          edits: inWorkspace.map(({ file, ...textEdit }) => ({ resource: this.modelOf(file).uri, textEdit, versionId: undefined })),
        };
      },
    });
    languages.registerDocumentSymbolProvider("lua", {
      provideDocumentSymbols: (model, token) => this.ask("symbols", model, token),
    });
    languages.registerFoldingRangeProvider("lua", {
      provideFoldingRanges: (model, _, token) => this.ask("folding", model, token),
    });
    languages.registerSelectionRangeProvider("lua", {
      provideSelectionRanges: (model, positions, token) =>
        Promise.all(positions.map(async (position) => (await at("selection", model, position, token)) ?? [])),
    });
    languages.registerDocumentSemanticTokensProvider("lua", {
      getLegend: () => legend,
      provideDocumentSemanticTokens: async (model, _, token) => {
        const data = await this.ask("tokens", model, token);
        return data && { data: new Uint32Array(data) };
      },
      releaseDocumentSemanticTokens() {},
    });
    monaco.registerEditorOpener({
      openCodeEditor: (_, uri, /** @type {any} */ place) => {
        const id = this.models.idOf(monaco.getModel(uri));
        if (id === undefined) return false;
        this.reveal(id, place ? (place.startLineNumber ?? place.lineNumber) : 1);
        return true;
      },
    });
  }
}
