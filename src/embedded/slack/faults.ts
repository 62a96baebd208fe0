import { z } from 'zod';

const next = z.int().min(1).default(1);
const method = z.string();

/** Ways in which Slack or the network misbehaves, each applied to the next so many occasions. */
export const Fault = z.discriminatedUnion('fault', [
  /** The next deliveries arrive again, `times` more, over the connections in turn. */
  z.strictObject({
    fault: z.literal('redeliver'),
    of: z.enum(['events', 'commands', 'interactions']),
    next,
    times: z.int().min(1).max(20).default(1),
  }),
  /** The work of the next calls is done, then the connection is cut before the reply. */
  z.strictObject({ fault: z.literal('lose-reply'), method, next }),
  z.strictObject({ fault: z.literal('rate-limit'), method, next, retryAfter: z.int().min(0).default(1) }),
  /** The next calls are refused with this error code, e.g. chat.update with edit_window_closed. */
  z.strictObject({ fault: z.literal('refuse'), method, next, error: z.string() }),
  z.strictObject({ fault: z.literal('delay-reply'), method, next, ms: z.int().min(0).max(60_000) }),
  /** The next HTTP mode requests carry an old or coming timestamp, a signature of another body, or none. */
  z.strictObject({ fault: z.literal('signature'), how: z.enum(['stale', 'future', 'altered', 'unsigned']), next }),
  /** After every so many deliveries the socket that carried the last one is told to disconnect; no end until cleared. */
  z.strictObject({ fault: z.literal('disconnect-every'), deliveries: z.int().min(1) }),
]);
export type Fault = z.infer<typeof Fault>;

type Counted = Exclude<Fault, { fault: 'disconnect-every' }>;
type Named<N extends Fault['fault']> = Extract<Fault, { fault: N }>;

export class Faults {
  #armed: Fault[] = [];
  #delivered = 0;

  arm(fault: Fault): void {
    this.#armed.push({ ...fault });
  }

  clear(): void {
    this.#armed = [];
  }

  /** Uses up one occasion of the first armed fault of this name that fits. */
  take<N extends Counted['fault']>(name: N, fits: (fault: Named<N>) => boolean = () => true): Named<N> | undefined {
    const found = this.#armed.find((each): each is Counted => each.fault === name && fits(each as Named<N>));
    if (!found) return undefined;
    found.next -= 1;
    if (found.next === 0) this.#armed = this.#armed.filter((each) => each !== found);
    return found as Named<N>;
  }

  /** Counts one delivery. @returns whether its socket is to be disconnected now */
  disconnectsAfterDelivery(): boolean {
    const every = this.#armed.find((each): each is Named<'disconnect-every'> => each.fault === 'disconnect-every');
    if (!every) return false;
    this.#delivered = (this.#delivered + 1) % every.deliveries;
    return this.#delivered === 0;
  }
}
