import type { Faults } from '../faults.ts';
import type { Outage } from '../outage.ts';
import type { Json } from '../state/model.ts';
import type { Answer, Kind, Retry, Transport } from './transport.ts';

/** Told how the app took each delivery. */
export type Answered = (kind: Kind, payload: Json, answer: Answer) => void;

const OCCASION = { events_api: 'events', slash_commands: 'commands', interactive: 'interactions' } as const;

/** Brings payloads to the app over whichever way it is connected, sometimes more often than once. */
export class Delivery {
  readonly transport: Transport;
  #faults: Faults;
  #outage: Outage;
  #answered: Answered;
  #later = new Set<NodeJS.Timeout>();
  #stopped = false;

  constructor(transport: Transport, faults: Faults, outage: Outage, answered: Answered = () => {}) {
    this.transport = transport;
    this.#faults = faults;
    this.#outage = outage;
    this.#answered = answered;
  }

  /** @returns the answer to the first copy */
  async send(kind: Kind, payload: Json, retry?: Retry): Promise<Answer> {
    // Over HTTP too: whoever is away sends nothing. A line that only hangs takes what is sent, and answers nothing.
    if (this.#outage.socket && this.#outage.socket.how !== 'hang') return { acked: false, why: 'not_connected' };
    const again = this.#faults.take('redeliver', (fault) => fault.of === OCCASION[kind]);
    const first = this.transport.send(kind, payload, retry);
    for (let copy = 1; copy <= (again?.times ?? 0); copy++)
      // Only events are numbered; a click that comes twice looks the same both times.
      void this.transport.send(kind, payload, kind === 'events_api' ? { attempt: copy, reason: 'http_timeout' } : undefined);
    const answer = await first;
    this.#answered(kind, payload, answer);
    return answer;
  }

  /** Runs it after that many milliseconds, unless the workspace stops before. */
  later(wait: number, run: () => void): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#later.delete(timer);
      run();
    }, wait);
    this.#later.add(timer);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#later) clearTimeout(timer);
    this.transport.stop();
  }
}
