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
  navigator.locks.request(name, { steal }, hold).catch(onLost);
}
