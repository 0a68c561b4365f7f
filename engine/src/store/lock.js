let newest = 0;
let waiting = new AbortController();

// The lock that the one writer of a database holds for as long as its worker lives. Without Web Locks (where the
// page is not a secure context) everybody gets it, and the database itself tells who came last.
export function requestLock(name, steal, onGranted, onLost) {
  if (!navigator.locks) {
    onGranted();
    return;
  }
  const hold = () => {
    onGranted();
    return new Promise(() => {});
  };
  // An earlier request gives up. If it has been granted at this very moment, this one may steal from it, and then
  // nobody has lost anything.
  waiting.abort();
  waiting = new AbortController();
  newest += 1;
  const id = newest;
  const signal = steal ? undefined : waiting.signal;
  navigator.locks.request(name, { steal, signal }, hold).catch(() => {
    if (id === newest) onLost();
  });
}
