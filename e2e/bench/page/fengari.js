// fengari in a worker, used as its README says. Takes chunks, posts what they return.
importScripts('fengari-library.js');

addEventListener('message', ({ data: chunk }) => {
  try {
    postMessage({ returned: fengari.load(chunk)() });
  } catch (error) {
    postMessage({ failed: String(error) });
  }
});
