import type { Clock } from '../kernel/clock.port.ts';
import type { FigureCounts, Figures } from '../kernel/figures.port.ts';
import type { MailTrouble } from '../mails/mail-trouble.ts';

export interface StoreWatchNeeds {
  readonly figures: Figures;
  readonly clock: Clock;
  /** Trouble that keeps emails waiting; null while it is not known, or no mail server is set. */
  readonly troubles: () => Promise<readonly MailTrouble[] | null>;
}

export interface StoreState {
  readonly ok: boolean;
  /** Since when it has been so, as far as anybody has looked. */
  readonly since: Temporal.Instant;
}

export interface StoreCounts extends FigureCounts {
  readonly troubles: readonly MailTrouble[] | null;
}

/** A store that hangs must not hang those who ask; below the ten seconds after which Prometheus gives up, and the five of the image's check. */
const ANSWER_WITHIN_MS = 2_000;
/** Several who ask within this time get the same counts. */
const FRESH_MS = 5_000;

export interface StoreWatch {
  /** Asks the store whether it answers. */
  ping(): Promise<StoreState>;
  /** Null: the store does not answer in time. */
  counts(): Promise<StoreCounts | null>;
  /** The last counts that were had, however old. */
  readonly last: StoreCounts | null;
}

export function watchStore({ figures, clock, troubles }: StoreWatchNeeds): StoreWatch {
  let state: StoreState = { ok: true, since: Temporal.Now.instant() };
  let last: StoreCounts | null = null;
  let fresh = Number.NEGATIVE_INFINITY;
  const pinging = shared(() => figures.ping());
  const counting = shared(async () => {
    const [counts, found] = await Promise.all([figures.count(clock), troubles()]);
    last = { ...counts, troubles: found };
    fresh = performance.now() + FRESH_MS;
  });
  return {
    async ping() {
      const ok = await inTime(pinging());
      if (ok !== state.ok) state = { ok, since: Temporal.Now.instant() };
      return state;
    },
    async counts() {
      if (performance.now() < fresh) return last;
      return (await inTime(counting())) ? last : null;
    },
    get last() {
      return last;
    },
  };
}

/** Whoever asks while the question is under way waits for the same answer: behind a store that hangs no questions heap up. */
function shared(ask: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | null = null;
  return () => {
    underWay ??= ask().finally(() => {
      underWay = null;
    });
    return underWay;
  };
}

async function inTime(work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ANSWER_WITHIN_MS);
  });
  const came = work.then(
    () => true,
    () => false,
  );
  return Promise.race([came, late]).finally(() => clearTimeout(timer));
}

/** Trouble that is not over. */
export const goingOn = (troubles: readonly MailTrouble[]): MailTrouble[] => troubles.filter(({ over }) => over === null);
