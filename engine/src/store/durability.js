// Makes every write transaction wait until the data is on disk before it says that it is complete.
// (rexie has no option for it; without, browsers say so when the operating system has the data.)
export function makeWritesStrict() {
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const strict = mode === "readwrite" ? { durability: "strict", ...options } : options;
    return transaction.call(this, stores, mode, strict);
  };
}
