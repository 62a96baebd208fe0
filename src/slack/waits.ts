import { setTimeout as wait } from 'node:timers/promises';
import type { Waits } from '../kernel/clock.port.ts';

/** Pauses by the machine's own clock. */
export const realWaits: Waits = {
  now: () => Temporal.Now.instant(),
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
};
