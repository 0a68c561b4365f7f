// Makes every write transaction of some databases wait until the data is on disk before it says that it is complete.
// (rexie has no option for it; without, browsers say so when the operating system has the data.) Databases of others
// in the same worker are left alone.
const strictNames = new Set();

export function makeWritesStrict(name) {
  if (strictNames.size === 0) replaceTransaction();
  strictNames.add(name);
}

function replaceTransaction() {
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const isStrict = mode === "readwrite" && strictNames.has(this.name);
    return transaction.call(this, stores, mode, isStrict ? { durability: "strict", ...options } : options);
  };
}
