import type { Clock, Waits } from '../../src/kernel/clock.port.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** What whoever was woken gets of real time to do its work and to lie down again; more where somebody waits for the outcome. */
const WORK_MS = 60;
const WAITED_FOR_MS = 15_000;

/** A clock whose hours pass in moments: each sleeper is woken at its time, and has done its work before the clock goes on. */
export class VirtualTime implements Clock, Waits {
  #now: number;
  #sleepers: Sleeper[] = [];

  constructor(start = Date.now()) {
    this.#now = start;
  }

  now = (): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(this.#now);

  sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const leave = () => {
        this.#sleepers = this.#sleepers.filter((each) => each !== sleeper);
        signal.removeEventListener('abort', aborted);
      };
      const aborted = () => {
        leave();
        reject(signal.reason);
      };
      const wake = () => {
        leave();
        resolve();
      };
      const sleeper = { at: this.#now + Math.max(0, Math.round(milliseconds)), wake };
      signal.addEventListener('abort', aborted);
      this.#sleepers.push(sleeper);
    });

  /** @returns milliseconds that passed: fewer than asked for when `until` held before */
  async pass(milliseconds: number, until?: () => boolean | Promise<boolean>): Promise<number> {
    const begun = this.#now;
    const end = begun + milliseconds;
    for (;;) {
      // Whoever is at work lies down later: the clock does not run away from them.
      if (until && this.#next(end) === null) await this.#settled(this.#sleepers.length + 1, until);
      if (await until?.()) return this.#now - begun;
      const next = this.#next(end);
      if (next === null) {
        this.#now = end;
        return milliseconds;
      }
      this.#now = Math.max(this.#now, next.at);
      const lying = this.#sleepers.length;
      next.wake();
      await this.#settled(lying, until);
    }
  }

  /** The first to be woken until then. */
  #next(end: number): Sleeper | null {
    const first = this.#sleepers.reduce<Sleeper | null>((found, each) => (found && found.at <= each.at ? found : each), null);
    return first && first.at <= end ? first : null;
  }

  async #settled(lying: number, until?: () => boolean | Promise<boolean>): Promise<void> {
    const end = performance.now() + (until ? WAITED_FOR_MS : WORK_MS);
    do {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#sleepers.length >= lying) return;
    } while (performance.now() < end && !(await until?.()));
  }
}
