// The lock that the one writer of a database holds for as long as its worker lives. Without Web Locks (where the
// page is not a secure context) everybody gets it, and the database itself tells who came last.
export class LockRequests {
  #name;
  #onGranted;
  #onLost;
  #newest = 0;
  #waiting = new AbortController();

  constructor(name, onGranted, onLost) {
    this.#name = name;
    this.#onGranted = onGranted;
    this.#onLost = onLost;
  }

  // An earlier request of these gives up. If it has been granted at this very moment, this one may steal from it,
  // and then nobody has lost anything.
  request(steal) {
    if (!navigator.locks) {
      this.#onGranted();
      return;
    }
    this.#waiting.abort();
    this.#waiting = new AbortController();
    this.#newest += 1;
    const id = this.#newest;
    const signal = steal ? undefined : this.#waiting.signal;
    const hold = () => {
      this.#onGranted();
      return new Promise(() => {});
    };
    navigator.locks.request(this.#name, { steal, signal }, hold).catch(() => {
      if (id === this.#newest) this.#onLost();
    });
  }
}
