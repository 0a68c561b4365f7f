// Marks what is found in the console, without touching its elements: what app/src/components/console_tools.rs declares.

// More are neither marked nor counted.
const MAX_HITS = 10_000;

let hits = [];

// Marks all places in an element that contain a text, whatever the case, and returns how many there are.
export function mark(element, text) {
  hits = text ? [...find(element, text)] : [];
  highlight("console-hit", hits);
  highlight("console-hit-shown", []);
  return hits.length;
}

// Scrolls to one of these places.
export function show(element, index) {
  const hit = hits[index];
  if (!hit?.startContainer.isConnected) return;
  // First the element, which may not be laid out while it is out of sight.
  hit.startContainer.parentElement.scrollIntoView({ block: "nearest" });
  const { top, height } = hit.getBoundingClientRect();
  const view = element.getBoundingClientRect();
  if (top < view.top || top + height > view.bottom) element.scrollTop += top - view.top - view.height / 2;
  highlight("console-hit-shown", [hit]);
}

function* find(element, text) {
  const wanted = text.toLowerCase();
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let count = 0;
  while (nodes.nextNode() && count < MAX_HITS) {
    const lower = nodes.currentNode.data.toLowerCase();
    // A few letters have another length in lower case; then the places would be others.
    const shown = lower.length === nodes.currentNode.length ? lower : nodes.currentNode.data;
    for (let at = shown.indexOf(wanted); at >= 0 && count < MAX_HITS; at = shown.indexOf(wanted, at + wanted.length)) {
      const range = document.createRange();
      range.setStart(nodes.currentNode, at);
      range.setEnd(nodes.currentNode, at + wanted.length);
      count += 1;
      yield range;
    }
  }
}

function highlight(name, ranges) {
  // Older browsers have none, and show the lines alone.
  if (globalThis.Highlight) CSS.highlights.set(name, new Highlight(...ranges));
}
