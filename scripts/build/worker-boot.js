// The worker's first module: brings up the engine that lies beside it.
import init from "./worker.js";

await init();
