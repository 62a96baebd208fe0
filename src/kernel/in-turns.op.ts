import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds in one piece: whoever asks meanwhile waits no longer. */
const MOST_MS = 8;

/** One by one, without holding the event loop: others get their turn in between. */
export async function* inTurns<T>(all: Iterable<T>): AsyncGenerator<T> {
  let since = performance.now();
  for (const each of all) {
    yield each;
    if (performance.now() - since < MOST_MS) continue;
    await nextTurn();
    since = performance.now();
  }
}
