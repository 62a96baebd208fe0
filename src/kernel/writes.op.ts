import { AsyncLocalStorage } from 'node:async_hooks';

/** Writes that one request has sent to the store, whether or not the store answered. */
interface Writes {
  sent: number;
}

const current = new AsyncLocalStorage<Writes>();

/** Runs a request's work; `sent` tells at any time how many writes it has sent, so that a failure can say whether anything may be recorded. */
export function countingWrites<T>(work: (sent: () => number) => Promise<T>): Promise<T> {
  const writes: Writes = { sent: 0 };
  return current.run(writes, () => work(() => writes.sent));
}

/** The store calls it at each write it sends. */
export function noteWrite(): void {
  const writes = current.getStore();
  if (writes) writes.sent += 1;
}
