// The help with Lua: Monaco's providers over the language worker, which answers in Monaco's shapes. A worker that hangs
// or ends is replaced, and the file that it was at is kept from the next one, until it is another.
import { KeyCode, KeyMod, MarkerSeverity, editor as monaco, languages } from "monaco-editor/editor";

/** What the page is told; see `HelpState` in app/src/help.rs. */
const state = { starting: 1, ready: 2, partial: 3, gone: 4 };
/** How much of a file the worker reads. */
const reading = { all: 0, syntax: 1, nothing: 2 };
/** How many seconds the worker may take to start, and to answer. */
const patience = { start: 60, answer: 3 };
/** How many milliseconds a person has stopped typing when the shown file is checked, and when the others are. */
const pause = { shown: 150, others: 1000 };
/** Above these lengths, only the syntax of a file is checked, and nothing; and above this, files that are in no tab are left out. */
const longest = { all: 200_000, syntax: 1_000_000, together: 1_000_000 };
/** The file that the text at the console's prompt is, for the worker. */
const prompt = ".live/prompt.lua";
/** How many names are offered at the prompt. */
const mostOffers = 50;
/** How often a worker may fail at no file. */
const mostFailures = 3;

export class Help {
  /**
   * @param url the worker
   * @param editor Monaco's
   * @param models the documents
   * @param page what the page does: `report` is told the state, `list` the problems, `reveal` shows a place
   */
  constructor(url, editor, models, page) {
    this.url = url;
    this.editor = editor;
    this.models = models;
    this.page = page;
    /** What is to be done with answers, by the ids of requests. */
    this.pending = new Map();
    /** The files of the workspace by their paths, what the worker got of them, and how it fared. */
    this.files = new Map();
    this.failures = 0;
    this.offers = 0;
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
    if (!this.isRegistered) {
      this.register(legend);
      this.addFixKey();
    }
    this.isRegistered = true;
    if (this.live) this.send({ kind: "live", ...this.live });
    this.synchronize();
    this.check();
    this.checkOthers();
  }

  say(state) {
    if (state !== this.said) this.page.report(state);
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
      file.limit = Math.min(file.level + 1, reading.nothing);
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
    this.listProblems();
    for (const file of files) {
      const known = this.files.get(file.path) ?? { faults: 0, limit: reading.all, level: reading.all };
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
    const isOpen = (file) => this.models.get(file.id) !== undefined;
    const files = [...this.files].sort(([, one], [, other]) => Number(isOpen(other)) - Number(isOpen(one)));
    let room = longest.together;
    for (const [path, file] of files) {
      const text = this.models.get(file.id)?.getValue() ?? file.text;
      room -= text.length;
      // What was too much for the worker may be so no longer; twice is enough.
      if (file.read !== undefined && file.read !== text && file.faults < 2) file.limit = reading.all;
      const isLeftOut = text.length > longest.syntax || (room < 0 && !isOpen(file));
      const byLength = isLeftOut ? reading.nothing : text.length > longest.all ? reading.syntax : reading.all;
      const level = Math.max(file.limit, byLength);
      if (text === file.sent && level === file.level) continue;
      const isKnown = file.sent !== undefined && file.level !== reading.nothing;
      Object.assign(file, { sent: text, read: text, level });
      if (level !== reading.nothing) this.send({ kind: "open", file: path, text, isParsedOnly: level !== reading.all });
      else if (isKnown) this.send({ kind: "close", file: path });
    }
    this.tell();
  }

  /** The file that a model is of, if it has Lua in it. */
  fileOf(model) {
    const id = this.models.idOf(model);
    return [...this.files.values()].find((file) => file.id === id);
  }

  /** Asks something about a model. Resolves to null where there is no answer. */
  async ask(kind, model, token, more) {
    return this.askOf(kind, this.fileOf(model), token, more);
  }

  /** Asks something about a file. */
  async askOf(kind, file, token, more) {
    if (!this.isReady || !file) return null;
    this.synchronize();
    if (file.level === reading.nothing) return null;
    const answer = this.send({ kind, file: file.path, ...more });
    const request = this.id;
    token?.onCancellationRequested(() => this.isReady && this.send({ kind: "cancel", of: request }));
    return answer;
  }

  /** What can be typed at the end of a text that is in no file: `{ name, detail, start }` each. */
  async offer(text) {
    if (!this.isReady) return [];
    const turn = ++this.offers;
    this.synchronize();
    this.send({ kind: "open", file: prompt, text });
    const lines = text.split("\n");
    const found = await this.send({ kind: "completion", file: prompt, line: lines.length, column: lines.at(-1).length + 1 });
    // Otherwise a newer question needs it.
    if (this.isReady && turn === this.offers) this.send({ kind: "close", file: prompt });
    const typed = /[\p{L}\p{N}_]*$/u.exec(text)[0];
    const lineStart = text.length - lines.at(-1).length;
    const offers = (found?.suggestions ?? []).map(({ label, detail, range, insertTextRules, insertText }) => ({
      name: insertTextRules === 0 ? insertText : label.label,
      detail: label.description ?? label.detail ?? detail ?? "",
      start: range ? lineStart + range.startColumn - 1 : text.length - typed.length,
    }));
    const begins = ({ name, start }) => name.toLowerCase().startsWith(text.slice(start).toLowerCase());
    return offers.filter((offer) => begins(offer) && offer.name !== text.slice(offer.start)).slice(0, mostOffers);
  }

  checkLater() {
    clearTimeout(this.timer);
    clearTimeout(this.timerOfOthers);
    this.timer = setTimeout(() => this.check(), pause.shown);
    this.timerOfOthers = setTimeout(() => this.checkOthers(), pause.others);
  }

  /** Marks what is wrong in the shown document. */
  check() {
    this.checkFile(this.fileOf(this.editor.getModel()));
  }

  /** Looks for what is wrong in the documents that are not shown. */
  async checkOthers() {
    const shown = this.fileOf(this.editor.getModel());
    // One by one, so that the worker has no heap of work when a person asks for something.
    for (const file of [...this.files.values()]) if (file !== shown) await this.checkFile(file);
  }

  async checkFile(file) {
    if (!this.isReady || !file) return;
    const problems = await this.askOf("diagnostics", file);
    // Where there is no answer, a newer question has one, or the worker was replaced.
    if (!problems && this.isReady && file.level !== reading.nothing) return;
    const model = this.models.get(file.id);
    if (model && model.getValue() !== file.sent) return;
    file.problems = problems ?? [];
    if (model) monaco.setModelMarkers(model, "language", file.problems);
    this.listProblems();
  }

  /** Tells the page what is wrong in all files. */
  listProblems() {
    const files = [...this.files.values()].filter(({ problems }) => problems?.length > 0);
    const list = JSON.stringify(files.map(({ id, problems }) => [id, problems]));
    if (list === this.listed) return;
    this.listed = list;
    const all = files.flatMap(({ problems }) => problems);
    const count = (wanted) => all.filter(({ severity }) => severity === wanted).length;
    this.page.list(list, count(MarkerSeverity.Error), count(MarkerSeverity.Warning));
  }

  /** The model of a file of the workspace; undefined for what is defined elsewhere. */
  modelOf(path) {
    const file = this.files.get(path);
    return file && this.models.open(file.id, file.path, file.text, "lua");
  }

  locations(found) {
    const locations = (found ?? []).map(({ file, range }) => ({ uri: this.modelOf(file)?.uri, range }));
    return locations.filter(({ uri }) => uri);
  }

  /** Monaco's own keys for this are those that stop a program. */
  addFixKey() {
    this.editor.addAction({
      id: "cu.quickFix",
      label: "Quick Fix…",
      keybindings: [KeyMod.Alt | KeyCode.Period],
      run: (editor) => editor.trigger("keyboard", "editor.action.quickFix", undefined),
    });
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
    languages.registerCodeActionProvider("lua", {
      provideCodeActions: async (model, range, { markers }, token) => {
        const { startLineNumber: line, startColumn: column, endLineNumber: endLine, endColumn } = range;
        const codes = markers.map(({ code }) => String(code));
        const found = (await this.ask("actions", model, token, { line, column, endLine, endColumn, codes })) ?? [];
        const edit = (/** @type {any[]} */ edits) => ({
          edits: edits.map((textEdit) => ({ resource: model.uri, textEdit, versionId: model.getVersionId() })),
        });
        const fixed = (kind) => (kind === "quickfix" ? markers : undefined);
        const actions = found.map(({ title, kind, edits }) => ({ title, kind, edit: edit(edits), diagnostics: fixed(kind) }));
        return { actions, dispose() {} };
      },
    });
    languages.registerInlayHintsProvider("lua", {
      provideInlayHints: async (model, _, token) => ({ hints: (await this.ask("hints", model, token)) ?? [], dispose() {} }),
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
        const { startLineNumber, startColumn, lineNumber, column } = place ?? { lineNumber: 1, column: 1 };
        this.page.reveal(id, startLineNumber ?? lineNumber, startColumn ?? column);
        return true;
      },
    });
  }
}
