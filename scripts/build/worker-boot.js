// The worker's first module: brings up the engine that lies beside it, and tells the page how it ended.
import init from "./worker.js";

let engine;

addEventListener("error", (event) => {
  // The page is told by a message, so that it has what the program wrote before.
  event.preventDefault();
  try {
    engine?.last_words();
  } catch {
    // There is nothing left to say it with.
  }
  postMessage(event.message);
});

engine = await init();
