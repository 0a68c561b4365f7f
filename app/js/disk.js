// Files and folders on the person's computer: what app/src/disk.rs declares. A file is given as its path, the `File`, and,
// where the browser lets the page write it, its handle: three items of a list for each.

// The most that is looked at: a folder may hold a whole disk.
const MAX_FILES = 2000;

// What was dropped: of each item its handle, which can also write, where the browser has one; its entry; and the file alone.
// To be called at once: later, a browser no longer says what it was.
export function dropped(transfer) {
  const items = [...transfer.items].filter(({ kind }) => kind === "file");
  // A browser may refuse to give a handle, as for the folder of the system.
  const handle = (item) => item.getAsFileSystemHandle?.().catch(() => null);
  return items.map((item) => [handle(item), item.webkitGetAsEntry?.(), item.getAsFile()]);
}

// All files in what was dropped.
export async function filesIn(items) {
  const found = await Promise.all(items.map(async ([handle, entry, file]) => (await handle) ?? entry ?? file));
  const waiting = found.filter(Boolean).map((item) => [item.name, item]);
  const files = [];
  for (let next; (next = waiting.shift()) && files.length < MAX_FILES; ) {
    const [path, item] = next;
    if (item instanceof File) files.push([path, item, null]);
    else if (item.kind === "file" || item.isFile) {
      const file = await (item.kind ? item.getFile() : new Promise((...ends) => item.file(...ends))).catch(() => null);
      if (file) files.push([path, file, item.kind ? item : null]);
    } else {
      try {
        for await (const inside of item.kind ? item.values() : entriesIn(item)) {
          if (waiting.length >= MAX_FILES) break;
          waiting.push([`${path}/${inside.name}`, inside]);
        }
      } catch {
        // A folder that cannot be read brings nothing.
      }
    }
  }
  return files.flat();
}

// What is in a folder, which is read in parts; an empty one is the last.
async function* entriesIn(folder) {
  const reader = folder.createReader();
  const next = () => new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
  for (let part; (part = await next()).length; ) yield* part;
}

// Asks for files, or for a folder. Where nothing is chosen, there are none.
export async function choose(isFolder) {
  if (!isFolder && self.showOpenFilePicker) {
    const handles = await self.showOpenFilePicker({ multiple: true });
    return (await Promise.all(handles.map(async (handle) => [handle.name, await handle.getFile(), handle]))).flat();
  }
  const input = document.createElement("input");
  Object.assign(input, { type: "file", multiple: true, webkitdirectory: isFolder });
  const chosen = new Promise((resolve) => (input.onchange = input.oncancel = resolve));
  input.click();
  await chosen;
  return [...input.files].slice(0, MAX_FILES).flatMap((file) => [file.webkitRelativePath || file.name, file, null]);
}

// Writes a file that was chosen or dropped.
export async function write(handle, bytes) {
  const stream = await handle.createWritable();
  await stream.write(bytes);
  await stream.close();
}
