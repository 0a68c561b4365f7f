// Run this with `node examples/node.mjs`, more than once: the count continues.
import lua from '../web/lua-api.js';
import { FileStorage } from '../web/file-storage.js';

await lua.loadLuaWasm();
await lua.init({ storage: new FileStorage('./cu-states'), timeLimit: 1000 });

console.log('run', await lua.compute('_home.runs = (_home.runs or 0) + 1 return _home.runs'));
await lua.saveState();

try {
  await lua.compute('while true do end');
} catch (error) {
  console.log(`${error.name}: ${error.message} (line ${error.line} of ${error.chunk})`);
}
