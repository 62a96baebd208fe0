import type { WebClient } from '@slack/web-api';
import { countingWrites } from '../kernel/writes.op.ts';
import type { Settings } from '../team/settings.port.ts';
import { directly } from './direct.ts';
import { failureWords, TooLate } from './failure.ts';
import { type Base, type Listener, type ListenerNeeds, Refused } from './listeners.ts';
import { type Reply, sentence, withButtons } from './reply.ts';

/** Somebody who asked, and how they are answered. */
export interface Asked {
  readonly user: string;
  readonly answer: (reply: Reply) => Promise<void>;
  /** What to do once more, as a sentence. */
  readonly again: string;
  /** Milliseconds for the two reads before anything is done, together; shorter where Slack waits for the answer. */
  readonly patience?: number;
  /** Hears that a failure could be told nowhere. */
  readonly untold?: () => void;
}

/** A store that is away says so within three seconds (store/connect.ts); one that hangs is given up after four. */
const PATIENCE_MS = 4_000;

/** Runs a listener unless whoever asks may not. Throws Refused. */
type Permitted = <R extends Base, A>(listener: Listener<R, A>, request: R) => Promise<A>;

export interface Guard {
  /** Reads the settings, does the work, and tells whoever asked when any of it fails. Never rejects; undefined after a failure. */
  run<A>(asked: Asked, work: (settings: Settings, permitted: Permitted) => Promise<A>): Promise<A | undefined>;
  /** Tells a failure of work that went on after the answer. */
  told(asked: Asked, error: unknown, wrote: boolean): Promise<void>;
}

/** The one place where a request's failure becomes a sentence. */
export function guardOf(client: WebClient, ports: ListenerNeeds): Guard {
  const told: Guard['told'] = async ({ user, answer, again, untold }, error, wrote) => {
    const words = error instanceof Refused ? error.message : wordsFor(error, wrote, again);
    // What cannot be said where it was asked, since Slack refuses it there or takes no answer any more, is said directly.
    const buttons = error instanceof Refused ? [...error.buttons] : [];
    await answer(buttons.length > 0 ? withButtons(words, buttons) : sentence(words))
      .catch(() => directly(client, user, words))
      .catch((failed) => {
        ports.log.warn({ err: failed }, 'could not tell the asker');
        untold?.();
      });
  };
  const wordsFor = (error: unknown, wrote: boolean, again: string) => {
    const reference = crypto.randomUUID().slice(0, 8);
    ports.log.error({ err: error, reference }, 'a request failed');
    return failureWords({ error, storeAway: ports.storeAway(error), wrote, again, reference });
  };
  return {
    told,
    run: (asked, work) =>
      countingWrites(async (sent) => {
        const end = performance.now() + (asked.patience ?? PATIENCE_MS);
        // A second listener of the same request, which draws what the first changed, has its own time.
        let first = true;
        const permitted: Permitted = async (listener, request) => {
          const left = first ? end - performance.now() : PATIENCE_MS;
          first = false;
          const refusal = await within(left, ports.refusal(request.asker, listener.may));
          if (refusal) throw new Refused(refusal);
          return listener.run(request);
        };
        try {
          return await work(await within(asked.patience ?? PATIENCE_MS, ports.settings(), true), permitted);
        } catch (error) {
          await told(asked, error, sent() > 0);
          return undefined;
        }
      }),
  };
}

/** Gives up waiting after so many milliseconds. Throws TooLate; what was waited for may still end, and nobody looks at it. */
export async function within<T>(ms: number, work: Promise<T>, ofStore = false): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TooLate(`no answer within ${ms} ms`, ofStore)), ms);
  });
  work.catch(() => {});
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
