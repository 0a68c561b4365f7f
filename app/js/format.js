// Asks the worker over StyLua, which starts when it is first wanted, and ends when it hangs: what
// app/src/session/formatting.rs declares.

/** How many seconds the worker may take to start, and to format a file. */
const patience = { start: 60, answer: 10 };

class Formatter {
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
}

let formatter;

// Formats a program by the worker with this URL. Takes what `Question` in app/src/session/formatting.rs is as JSON, and
// resolves to what `Answer` there is.
export async function format(url, question) {
  formatter ??= new Formatter(url);
  return JSON.stringify(await formatter.ask(JSON.parse(question)));
}
