// The worker's first module: brings up the engine that lies beside it, and tells the page how it ended.
import init from "./worker.js";

let engine;

/** Sends what the engine has left to say: see `last_words` there. */
function sendLastWords({ last_words: next, memory }) {
  for (let at = next(); at !== 0; at = next()) {
    const length = new DataView(memory.buffer).getUint32(at, true);
    postMessage(memory.buffer.slice(at + 4, at + 4 + length));
  }
}

function end(event, reason) {
  // The page is told by a message, so that it has what the program wrote before.
  event.preventDefault();
  try {
    if (engine) sendLastWords(engine);
  } catch {
    // It has no stack or memory left to say it with.
  }
  postMessage(reason);
}

addEventListener("error", (event) => end(event, event.message));
addEventListener("unhandledrejection", (event) => end(event, `Uncaught ${event.reason}`));

// Without it, the engine's tasks run as reactions of promises. Below a callback of `queueMicrotask` V8 would make a
// message of whatever is thrown, all of Lua's errors and coroutine switches among them.
self.queueMicrotask = undefined;

engine = await init();
