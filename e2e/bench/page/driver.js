// Does in the browser what Node asks for (../browser.mjs), with the playground in frames of this page. No
// debugger is attached to this browser: one makes every error that Lua throws ten times slower.

const patience = 300_000;
const frames = {};
const workers = {};

/** Waits until `look` gives something. Looks again after whatever changes in the page. */
function until(root, look, what) {
  return new Promise((found, failed) => {
    const check = () => {
      const seen = look();
      if (!seen) return;
      observer.disconnect();
      clearTimeout(timer);
      found(seen);
    };
    const observer = new MutationObserver(check);
    const timer = setTimeout(() => {
      observer.disconnect();
      failed(new Error(`waited in vain for ${what}; the page shows: ${root.innerText?.slice(0, 500)}`));
    }, patience);
    observer.observe(root, { childList: true, subtree: true, characterData: true, attributes: true });
    check();
  });
}

/** Waits until `look` gives something. Looks whenever the browser draws, also at a page that has only begun to load. */
async function untilDrawn(look, what) {
  const deadline = performance.now() + patience;
  for (;;) {
    const seen = look();
    if (seen) return seen;
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise(requestAnimationFrame);
  }
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** The parts of an opened playground. */
function parts(name) {
  const { body } = frames[name].contentDocument;
  return {
    body,
    editor: () => body.querySelector('[data-pane=editor] textarea'),
    log: body.querySelector('[role=log]'),
    run: body.querySelector('.toolbar-run button'),
    clear: body.querySelector('[aria-label="Clear console"]'),
    status: () => body.querySelector('.status-bar [role=status]').innerText,
    saved: () => body.querySelector('.status-bar-saved').innerText,
  };
}

/** Puts a program into the editor in the place of the present one. */
function write(editor, program) {
  const type = (init) => editor.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }));
  editor.focus();
  type({ key: 'a', code: 'KeyA', keyCode: 65, ctrlKey: true });
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', program);
  // Firefox ignores `clipboardData` here and uses two fields of its own.
  const init = { clipboardData, data: program, dataType: 'text/plain', bubbles: true, cancelable: true };
  editor.dispatchEvent(new ClipboardEvent('paste', init));
}

/** Shows this page in a frame that has a name. */
function addFrame(name, url) {
  const frame = document.createElement('iframe');
  frame.src = url;
  frames[name] = frame;
  document.body.append(frame);
  return frame;
}

const tasks = {
  /**
   * Opens the playground and runs the program that it opens with as soon as the button can be seen. Gives the times
   * from the start until something is painted, the program can be typed in, its result is there, and Monaco is.
   */
  async firstVisit({ url, result }) {
    const start = performance.now();
    const frame = addFrame('first', url);
    const look = (selector) => frame.contentDocument?.querySelector(selector);
    const paint = () => frame.contentWindow.performance.getEntriesByName('first-contentful-paint')[0];
    const editor = () => look('.editor-plain:enabled:read-write');
    const run = await untilDrawn(() => paint() && editor() && look('.toolbar-run button'), 'an editor');
    const typable = performance.now() - start;
    run.click();
    await untilDrawn(() => look('[role=log]').textContent.includes(result), 'the first result');
    const shown = performance.now() - start;
    await untilDrawn(() => look('.monaco-editor textarea') && look('.view-line'), 'Monaco');
    const monaco = performance.now() - start;
    const frameStart = frame.contentWindow.performance.timeOrigin - performance.timeOrigin;
    const painted = frameStart + paint().startTime - start;
    return { painted, typable, shown, monaco };
  },

  /** Shows the playground in a frame, and waits until it takes programs. Gives how long that took. */
  async open({ name, url }) {
    frames[name]?.remove();
    const start = performance.now();
    const frame = addFrame(name, url);
    await new Promise((loaded) => frame.addEventListener('load', loaded));
    const { body } = frame.contentDocument;
    const isReady = () => body.querySelector('.status-bar [role=status]')?.textContent.includes('Ready');
    await until(body, isReady, 'Ready');
    const ready = performance.now() - start;
    await until(body, () => body.querySelector('[data-pane=editor] .view-lines'), 'Monaco');
    return ready;
  },

  /**
   * Runs a program by the button and waits until it has printed `mark`. Gives what it printed, and the
   * times from the click until the mark, until the status is Ready again, and until `_home` is saved.
   */
  async run({ name, program, mark }) {
    const { body, editor, log, run, clear, status, saved } = parts(name);
    clear.click();
    write(editor(), program);
    const start = performance.now();
    run.click();
    // Else the Ready of the run before would be taken for this one's.
    await until(body, () => status().includes('Running'), 'Running');
    await until(log, () => log.textContent.includes(mark), mark);
    const shown = performance.now() - start;
    await until(body, () => /Ready|Failed/.test(status()), 'the end of the run');
    const ended = performance.now() - start;
    // Of two playgrounds beside each other, one saves.
    await until(body, () => /^(saved|read-only)/.test(saved()), 'saved');
    return { output: log.textContent, shown, ended, saved: performance.now() - start };
  },

  /**
   * Starts a program that does not end, stops it by the button, and runs the next one as soon as that can be.
   * Gives the times from Stop until the page takes it, and until its result is there.
   */
  async stop({ name, program }) {
    const { body, editor, log, run, clear, status } = parts(name);
    clear.click();
    write(editor(), program);
    run.click();
    // Which it does in the middle of the run.
    await until(body, () => run.textContent.includes('Stop'), 'Stop');
    write(editor(), 'print("the next", "one")');
    const start = performance.now();
    run.click();
    await until(body, () => /Stopped|Ready/.test(status()) && run.textContent.includes('Run'), 'the end of the run');
    const stopped = performance.now() - start;
    run.click();
    await until(log, () => log.textContent.includes('the next\tone'), 'the result of the next program');
    return { stopped, next: performance.now() - start };
  },

  /**
   * Opens the only row of `_home`, which has this label, and the first group of entries in it while there are only
   * groups. Gives what the first entry says, and the time until that.
   */
  async inspect({ name, label }) {
    const tree = parts(name).body.querySelector('[role=tree][aria-label=_home]');
    const first = (level) => tree.querySelector(`[style*="--level: ${level};"]:not(.is-note)`);
    let row = await until(tree, () => first(1)?.textContent.startsWith(label) && first(1), label);
    const start = performance.now();
    for (let level = 2; level === 2 || row.classList.contains('is-group'); level++) {
      row.click();
      row = await until(tree, () => first(level), 'an entry');
    }
    return { entry: row.innerText, shown: performance.now() - start };
  },

  /** Bytes of the pieces of snapshots that are stored. */
  async storedBytes() {
    const database = await done(indexedDB.open('cu'));
    const pieces = await done(database.transaction('pieces').objectStore('pieces').getAll());
    database.close();
    return pieces.reduce((sum, piece) => sum + piece.length, 0);
  },

  /** Forgets what every playground has stored; closes them. */
  async forget() {
    for (const name of Object.keys(frames)) {
      frames[name].remove();
      delete frames[name];
    }
    await done(indexedDB.deleteDatabase('cu'));
  },

  /** Stores records as objects, or as JSON text, and reads them again; gives how long each took. */
  async storePlainly({ count, asText }) {
    const records = Array.from({ length: count }, (_, index) => {
      const id = index + 1;
      return { id, name: `user ${id}`, score: id % 100, active: true };
    });
    const opening = indexedDB.open('plain');
    opening.onupgradeneeded = () => opening.result.createObjectStore('values');
    const database = await done(opening);
    const start = performance.now();
    const writing = database.transaction('values', 'readwrite', { durability: 'strict' });
    writing.objectStore('values').put(asText ? JSON.stringify(records) : records, 'records');
    await new Promise((stored, failed) => {
      writing.oncomplete = stored;
      writing.onerror = () => failed(writing.error);
    });
    const saved = performance.now() - start;
    const read = await done(database.transaction('values').objectStore('values').get('records'));
    const again = asText ? JSON.parse(read) : read;
    const loaded = performance.now() - start - saved;
    database.close();
    if (again.length !== count) throw new Error('records are missing');
    return { saved, loaded };
  },

  /** Takes records through the package; gives the times of each round. */
  async transfer({ rounds }) {
    const { transfer } = await import('/bench/transfer.js');
    return transfer('/web/', rounds);
  },

  /** Runs a chunk on another engine, in a worker of its own. */
  peer({ name, type, chunk }) {
    workers[name] ??= new Worker(`${name}.js`, { type });
    return new Promise((answered, failed) => {
      workers[name].onmessage = ({ data }) =>
        data.failed ? failed(new Error(`${name}: ${data.failed}`)) : answered(data.returned);
      workers[name].onerror = (event) => failed(new Error(`${name}: ${event.message}`));
      workers[name].postMessage(chunk);
    });
  },
};

async function report(answer) {
  const response = await fetch('answers', { method: 'POST', body: JSON.stringify(answer) });
  return response.json();
}

// The answer to an answer is the next task.
let task = await report({});
while (task) {
  task = await report(
    await tasks[task.name](task.options).then(
      (value) => ({ value }),
      (error) => ({ error: String(error) }),
    ),
  );
}
