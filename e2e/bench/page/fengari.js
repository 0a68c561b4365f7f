// fengari in a worker, used as its README says. Takes chunks, posts what they return.
self.window = self;
self.module = /** @type {any} */ ({});
importScripts('fengari-library.js');
const fengari = self.module.exports;

addEventListener('message', ({ data: chunk }) => {
  try {
    postMessage({ returned: fengari.load(chunk)() });
  } catch (error) {
    postMessage({ failed: String(error) });
  }
});
