import type { AccountWork } from '../account/account-work.ts';
import { placementOf } from '../escalation/placement.ts';
import { type Day, day } from '../kernel/day.ts';

/** What a company sets a time for. Files dropped for import and finished jobs are no records: they go by themselves within 30 days. */
export const RECORD_KINDS = ['bookkeeping', 'correspondence', 'history', 'drafts', 'contacts'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** Null: kept for good, which is where every company begins. */
export type Months = Readonly<Record<RecordKind, number | null>>;
export const KEEP_ALL: Months = { bookkeeping: null, correspondence: null, history: null, drafts: null, contacts: null };

/** Longer is as good as for good. */
export const MOST_MONTHS = 600;

/**
 * Fewer months are refused. Of books, the three years of the United States are the shortest time we know of (https://www.irs.gov/businesses/
 * small-businesses-self-employed/how-long-should-i-keep-records); of letters and notes, the three years in which a claim can still be brought in
 * Germany (https://www.gesetze-im-internet.de/bgb/__195.html). Other countries ask for more: docs/decisions/retention.md.
 */
export const FEWEST_MONTHS: Readonly<Record<RecordKind, number>> = {
  bookkeeping: 36,
  correspondence: 36,
  history: 36,
  drafts: 1,
  contacts: 1,
};

/** What laws set a time for is counted from the end of its calendar year (https://www.gesetze-im-internet.de/hgb/__257.html, paragraph 5). */
const FROM_YEAR_END: ReadonlySet<RecordKind> = new Set(['bookkeeping', 'correspondence', 'history']);

/** Records of this day and before may go, those of the day after may not. */
export function cutOff(kind: RecordKind, months: number, today: Day): Day {
  const since = Temporal.PlainDate.from(today).subtract({ months });
  return day(FROM_YEAR_END.has(kind) ? `${since.year - 1}-12-31` : since.toString());
}

export type CutOffs = Readonly<Partial<Record<RecordKind, Day>>>;

export function cutOffs(months: Months, today: Day): CutOffs {
  const set = RECORD_KINDS.filter((kind) => months[kind] !== null);
  return Object.fromEntries(set.map((kind) => [kind, cutOff(kind, months[kind]!, today)]));
}

export type KeepReason =
  | 'legal-hold'
  | 'balance'
  | 'credit'
  | 'decision'
  | 'arrangement'
  | 'dispute'
  | 'placed'
  | 'charges'
  | 'answer'
  | 'mail';

/** What of an account is still to be settled, as the store knows it. */
export interface Unsettled {
  /** An invoice is open. */
  readonly balance: boolean;
  /** A payment or credit note is not used up: we owe the customer. */
  readonly credit: boolean;
  /** A decision is asked for or waits to be carried out. */
  readonly decision: boolean;
  /** Interest or fees are claimed and not paid. */
  readonly charges: boolean;
  /** A mail is in review or on its way. */
  readonly mail: boolean;
}

/** Why nothing of an account may go; empty when something may. The first reason is the one to name. */
export function keptBecause(work: AccountWork, unsettled: Unsettled): KeepReason[] {
  const reasons: readonly (readonly [KeepReason, boolean])[] = [
    ['legal-hold', work.legalHold !== null],
    ['balance', unsettled.balance],
    ['credit', unsettled.credit],
    ['decision', unsettled.decision || work.mandate !== null || work.supply?.stopped === true],
    ['arrangement', work.promises.length > 0 || work.plans.length > 0 || work.offers.length > 0 || work.postings.length > 0],
    ['dispute', work.disputes.length > 0],
    ['placed', placementOf(work) !== null],
    ['charges', unsettled.charges],
    ['answer', work.replies.length > 0],
    ['mail', unsettled.mail],
  ];
  return reasons.filter(([, holds]) => holds).map(([reason]) => reason);
}

export interface KindCount {
  readonly records: number;
  /** Of the records counted; null when there is none. */
  readonly oldest: Day | null;
  readonly newest: Day | null;
}

export type Counts = Readonly<Record<RecordKind, KindCount>>;

/** One dry run. */
export interface Count {
  readonly on: Day;
  readonly cutOffs: CutOffs;
  readonly going: Counts;
  /** Records old enough that stay, and of how many accounts, by the first reason. */
  readonly kept: Readonly<Partial<Record<KeepReason, { readonly records: number; readonly accounts: number }>>>;
}

export const totalOf = (counts: Counts): number => RECORD_KINDS.reduce((sum, kind) => sum + counts[kind].records, 0);

const NONE: KindCount = { records: 0, oldest: null, newest: null };
export const NOTHING: Counts = { bookkeeping: NONE, correspondence: NONE, history: NONE, drafts: NONE, contacts: NONE };

export function counting(counts: Counts, kind: RecordKind, days: readonly Day[]): Counts {
  if (days.length === 0) return counts;
  const { records, oldest, newest } = counts[kind];
  const all = [...days, ...(oldest && newest ? [oldest, newest] : [])].sort();
  return { ...counts, [kind]: { records: records + days.length, oldest: all[0]!, newest: all.at(-1)! } };
}

/** How long a company keeps its records, and what it was shown before anything went. */
export interface Retention {
  /** As last saved in the form. */
  readonly wanted: Months;
  /** Raised by each change of `wanted`; a count and its button are for one of them. */
  readonly revision: number;
  /** What the clock goes by: `wanted`, but where that is shorter only once it was confirmed. */
  readonly inForce: Months;
  /** Of `wanted`; null while it was not counted. */
  readonly counted: Count | null;
  /** Who confirmed what is in force. */
  readonly decidedBy: string;
  readonly lastRun: { readonly on: Day; readonly removed: Counts } | null;
}

export const NO_RETENTION: Retention = { wanted: KEEP_ALL, revision: 0, inForce: KEEP_ALL, counted: null, decidedBy: '', lastRun: null };

export type RetentionFact =
  | { readonly type: 'retention-set'; readonly from: Months; readonly to: Months }
  | { readonly type: 'retention-confirmed'; readonly months: Months; readonly counts: Counts; readonly cutOffs: CutOffs }
  | { readonly type: 'records-removed'; readonly decidedBy: string; readonly counts: Counts; readonly cutOffs: CutOffs };

export type RetentionRequest =
  | { readonly do: 'set'; readonly months: Months }
  | { readonly do: 'count'; readonly revision: number; readonly count: Count }
  | { readonly do: 'confirm'; readonly revision: number; readonly on: Day }
  | { readonly do: 'ran'; readonly on: Day; readonly counts: Counts; readonly cutOffs: CutOffs };

export type RetentionRefusal = 'retention-months' | 'retention-changed' | 'retention-uncounted' | 'retention-in-force';

/** Of `months`, the kinds that cannot be set so. */
export const wrongMonths = (months: Months): RecordKind[] =>
  RECORD_KINDS.filter((kind) => {
    const set = months[kind];
    return set !== null && !(Number.isInteger(set) && set >= FEWEST_MONTHS[kind] && set <= MOST_MONTHS);
  });

export type RetentionDecision =
  | { readonly retention: Retention; readonly facts: readonly RetentionFact[] }
  | { readonly refused: RetentionRefusal };

export function decideRetention(now: Retention, request: RetentionRequest, by: string): RetentionDecision {
  switch (request.do) {
    case 'set': {
      const { months } = request;
      if (wrongMonths(months).length > 0) return { refused: 'retention-months' };
      // Keeping longer takes nothing away, so it holds at once.
      const inForce = Object.fromEntries(RECORD_KINDS.map((kind) => [kind, longer(now.inForce[kind], months[kind])])) as unknown as Months;
      const retention = { ...now, wanted: months, revision: now.revision + 1, inForce, counted: null };
      return { retention, facts: sameMonths(now.wanted, months) ? [] : [{ type: 'retention-set', from: now.wanted, to: months }] };
    }
    case 'count':
      if (request.revision !== now.revision) return { refused: 'retention-changed' };
      return { retention: { ...now, counted: request.count }, facts: [] };
    case 'confirm': {
      if (request.revision !== now.revision) return { refused: 'retention-changed' };
      if (now.counted?.on !== request.on) return { refused: 'retention-uncounted' };
      if (sameMonths(now.wanted, now.inForce)) return { refused: 'retention-in-force' };
      const { going: counts, cutOffs } = now.counted;
      const retention = { ...now, inForce: now.wanted, decidedBy: by };
      return { retention, facts: [{ type: 'retention-confirmed', months: now.wanted, counts, cutOffs }] };
    }
    case 'ran': {
      const { on, counts, cutOffs } = request;
      // A day on which nothing was old enough is not worth an entry for ever.
      const fact = { type: 'records-removed', decidedBy: now.decidedBy, counts, cutOffs } as const;
      return { retention: { ...now, lastRun: { on, removed: counts } }, facts: totalOf(counts) === 0 ? [] : [fact] };
    }
  }
}

const longer = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : Math.max(a, b));

export const sameMonths = (a: Months, b: Months): boolean => RECORD_KINDS.every((kind) => a[kind] === b[kind]);
