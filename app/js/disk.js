// Files and folders on the person's computer: what app/src/disk.rs declares. A file is given as its path, the `File`, and,
// where the browser lets the page write it, its handle: three items of a list for each.

// The most that is looked at: a folder may hold a whole disk.
const MAX_FILES = 2000;

// What was dropped. To be called at once: later, a browser no longer says what it was.
export function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.());
  const found = entries.filter(Boolean);
  return found.length ? found : [...transfer.files];
}

// All files in what was dropped.
export async function filesIn(entries) {
  const waiting = [...entries];
  const files = [];
  for (let entry; (entry = waiting.shift()) && files.length < MAX_FILES; ) {
    if (entry instanceof File) files.push([entry.name, entry, null]);
    else if (entry.isFile) {
      const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
      if (file) files.push([entry.fullPath.slice(1), file, null]);
    } else {
      const reader = entry.createReader();
      const next = () => new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
      // A folder is read in parts; an empty one is the last.
      for (let part; (part = await next()).length && waiting.length < MAX_FILES; ) waiting.push(...part);
    }
  }
  return files.flat();
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

// Writes a file that was chosen.
export async function write(handle, bytes) {
  const stream = await handle.createWritable();
  await stream.write(bytes);
  await stream.close();
}
