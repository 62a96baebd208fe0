import type { Day } from '../kernel/day.ts';
import type { Payment } from '../ledger/invoice.ts';
import { isPlaceOfDocument } from './agreement.ts';
import type { Law } from './law.ts';
import {
  type LimitationEnd,
  type LimitationEvent,
  type LimitationStand,
  limitationEnd,
  limitationRule,
  limitationStandOf,
  RESTARTS,
} from './limitation.ts';

/** 'until': the last day itself, as counsel or a manager says; the rest moves it, where the law says so. */
export const LIMITATION_KINDS = ['until', ...RESTARTS, 'suspension'] as const;
export type LimitationKind = (typeof LIMITATION_KINDS)[number];

/** What a person enters about the limitation period of invoices of one selling entity. */
export interface LimitationEntered {
  readonly kind: LimitationKind;
  readonly entity: string;
  readonly invoices: readonly string[];
  /** The last day of the period; of an event the day on which it was; of a suspension its first day. */
  readonly on: Day;
  /** Last day of a suspension, else null. */
  readonly through: Day | null;
  /** What it rests on, in words. */
  readonly source: string;
  /** Where the evidence lies: an https address or a Slack file; '' where the words are all there is. */
  readonly evidence: string;
}

export interface LimitationRecord extends LimitationEntered {
  readonly id: string;
  /** Slack user id. */
  readonly by: string;
  readonly recorded: Day;
}

export interface LimitationRequest {
  readonly do: 'record-limitation';
  readonly id: string;
  readonly entered: LimitationEntered;
  /** Of the contract, as it stands; null: not known. */
  readonly law: Law | null;
}

export type LimitationFact = { readonly type: 'limitation-recorded'; readonly law: Law | null } & LimitationEntered;

export type LimitationRefusal =
  | 'no-invoice-chosen'
  | 'limitation-source-missing'
  | 'limitation-link'
  | 'limitation-in-future'
  | 'limitation-too-far'
  | 'limitation-through'
  | 'limitation-not-by-law';

/** No limitation period between businesses is longer (30 years: BGB section 197); a later date is mistyped. */
const LONGEST_YEARS = 30;

export function decideLimitation(
  known: readonly LimitationRecord[],
  { id, entered, law }: LimitationRequest,
  { by, today }: { readonly by: string; readonly today: Day },
): { readonly limitations: readonly LimitationRecord[]; readonly fact: LimitationFact } | { readonly refused: LimitationRefusal } {
  const problem = problemOf(entered, law, today);
  if (problem) return { refused: problem };
  const record = { ...entered, source: entered.source.trim(), evidence: entered.evidence.trim() };
  return {
    limitations: [...known, { ...record, id, by, recorded: today }],
    fact: { type: 'limitation-recorded', ...record, law },
  };
}

function problemOf(
  { kind, invoices, on, through, source, evidence }: LimitationEntered,
  law: Law | null,
  today: Day,
): LimitationRefusal | null {
  if (invoices.length === 0) return 'no-invoice-chosen';
  if (source.trim() === '') return 'limitation-source-missing';
  if (evidence.trim() !== '' && !isPlaceOfDocument(evidence.trim())) return 'limitation-link';
  if (kind === 'until') {
    return on > Temporal.PlainDate.from(today).add({ years: LONGEST_YEARS }).toString() ? 'limitation-too-far' : null;
  }
  if (on > today) return 'limitation-in-future';
  if (kind === 'suspension' && (through === null || through < on || through > today)) return 'limitation-through';
  return isNamed(law, kind) ? null : 'limitation-not-by-law';
}

/** Where the law is not listed only a date helps: nobody knows here what else its time obeys. */
function isNamed(law: Law | null, kind: Exclude<LimitationKind, 'until'>): boolean {
  const rule = law && limitationRule(law);
  if (!rule) return false;
  return kind === 'suspension' ? rule.suspended !== undefined : rule.restarts.includes(kind);
}

export interface LimitedItem {
  readonly entity: string;
  readonly number: string;
  readonly due: Day;
}

/** An invoice with its last day; `end` null: nobody knows it. */
export interface Limited extends LimitedItem {
  readonly end: LimitationEnd | null;
  readonly stand: LimitationStand | 'unknown';
}

/**
 * By the law, by what people recorded, and by part payments of the ledger where the law says so. The date that was entered last goes before everything.
 * A payment that was only worked out from a balance is none: nobody knows that the customer paid.
 */
export function limitedOf(
  law: Law | null,
  { entity, number, due }: LimitedItem,
  records: readonly LimitationRecord[],
  payments: readonly Payment[],
  today: Day,
): Limited {
  const own = records.filter((record) => record.entity === entity && record.invoices.includes(number));
  const given = own.findLast(({ kind }) => kind === 'until');
  const recorded = own.flatMap(({ kind, on, through }): LimitationEvent[] => {
    if (kind === 'until') return [];
    return kind === 'suspension' ? [{ kind, on, through: through ?? on }] : [{ kind, on }];
  });
  const paid = payments
    .filter((each) => each.entity === entity && !each.reversed && !each.derived)
    .filter(({ allocations }) => allocations.some(({ invoice, amount }) => invoice === number && amount > 0))
    .map(({ received }): LimitationEvent => ({ kind: 'part-payment', on: received }));
  const end = limitationEnd(law, due, [...recorded, ...paid], given ? { until: given.on, source: given.source } : null);
  return { entity, number, due, end, stand: end ? limitationStandOf(end, today) : 'unknown' };
}
