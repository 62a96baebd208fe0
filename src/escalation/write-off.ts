import type { Moment } from '../account/moment.ts';
import { sumOf } from '../arrangements/instalments.ts';
import type { OpenPosting } from '../arrangements/posting.ts';
import { paidFor } from '../arrangements/settlement.ts';
import type { Day } from '../kernel/day.ts';
import type { Payment } from '../ledger/invoice.ts';

/** Why a claim is given up, as the bookkeepers and the auditor want to know it. */
export const WRITE_OFF_REASONS = ['insolvent', 'uneconomic', 'time-barred', 'dispute-lost', 'untraceable', 'goodwill'] as const;
export type WriteOffReason = (typeof WRITE_OFF_REASONS)[number];

/** What of one invoice was written off; minor units. */
export interface WrittenOffPart {
  readonly invoice: string;
  readonly amount: number;
  /** Its residual and the payments known on it when it was written off. */
  readonly openThen: number;
  readonly paidThen: number;
}

/** A claim that was given up. It stays on the account, since a customer may pay after all. */
export interface WriteOff {
  /** Id of the case that decided it. */
  readonly id: string;
  readonly entity: string;
  readonly currency: string;
  readonly reason: WriteOffReason;
  readonly parts: readonly WrittenOffPart[];
  readonly on: Day;
  /** Slack user id of who asked for it. */
  readonly requester: string;
  /** What has come in on it since and was told; minor units. */
  readonly received: number;
}

export type WriteOffRequest =
  | ({ readonly do: 'write-off' } & Omit<WriteOff, 'on' | 'received'>)
  | { readonly do: 'note-write-off-paid'; readonly id: string; readonly received: number }
  /** `credited`: what a bookkeeper has credited on the invoice by now, which must be taken back. */
  | {
      readonly do: 'reverse-write-off';
      readonly id: string;
      readonly lines: readonly { readonly invoice: string; readonly late: number; readonly credited: number }[];
    };

type WriteOffWords = Pick<WriteOff, 'entity' | 'currency' | 'reason' | 'requester'> & {
  readonly writeOff: string;
  readonly invoices: readonly string[];
  readonly amount: number;
};

export type WriteOffFact = WriteOffWords &
  (
    | { readonly type: 'written-off' }
    | { readonly type: 'write-off-paid'; readonly received: number }
    /** `booked` false: the bookkeepers had not followed yet, and need not any more. */
    | { readonly type: 'write-off-reversed'; readonly received: number; readonly booked: boolean }
  );

export type WriteOffRefusal = 'no-such-write-off' | 'nothing-came-in' | 'nothing-free' | 'told-already';

export interface WriteOffs {
  readonly writeOffs: readonly WriteOff[];
  readonly postings: readonly OpenPosting[];
}

export type WriteOffDecision =
  | { readonly changed: WriteOffs; readonly fact: WriteOffFact; readonly owed: OpenPosting | null }
  | { readonly refused: WriteOffRefusal };

export const writtenOff = ({ parts }: Pick<WriteOff, 'parts'>): number => sumOf(parts);

const wordsOf = (of: WriteOff): WriteOffWords => {
  const { id, entity, currency, reason, requester, parts } = of;
  return { writeOff: id, entity, currency, reason, requester, invoices: parts.map((part) => part.invoice), amount: writtenOff(of) };
};

export function decideWriteOff(known: WriteOffs, request: WriteOffRequest, { today }: Moment): WriteOffDecision {
  if (request.do === 'write-off') {
    const { do: _, ...asked } = request;
    const of: WriteOff = { ...asked, on: today, received: 0 };
    if (writtenOff(of) <= 0) return { refused: 'nothing-free' };
    const { id, entity, currency, parts } = of;
    const lines = parts.map(({ invoice, amount, openThen }) => ({ invoice, amount, openThen }));
    const owed: OpenPosting = { id: postingOf(id), kind: 'write-off', entity, currency, amount: writtenOff(of), lines, on: today };
    const changed = { writeOffs: [...known.writeOffs, of], postings: [...known.postings, owed] };
    return { changed, fact: { type: 'written-off', ...wordsOf(of) }, owed };
  }
  const of = known.writeOffs.find((each) => each.id === request.id);
  if (!of) return { refused: 'no-such-write-off' };
  if (request.do === 'reverse-write-off') return reverse(known, of, request.lines, today);
  if (request.received <= of.received) return { refused: 'told-already' };
  const { received } = request;
  const writeOffs = known.writeOffs.map((each) => (each === of ? { ...of, received } : each));
  return { changed: { ...known, writeOffs }, fact: { type: 'write-off-paid', ...wordsOf(of), received }, owed: null };
}

/** The bookkeepers' instruction that belongs to a write-off. */
export const postingOf = (id: string) => `posting:${id}`;

/** Takes back as much as came in. While the bookkeepers have not followed, their instruction shrinks; afterwards they must take their credit back. */
function reverse(
  known: WriteOffs,
  of: WriteOff,
  lines: Extract<WriteOffRequest, { do: 'reverse-write-off' }>['lines'],
  today: Day,
): WriteOffDecision {
  const lateOf = (invoice: string) => lines.find((line) => line.invoice === invoice)?.late ?? 0;
  const taken = of.parts.map((part) => ({ part, late: Math.min(part.amount, lateOf(part.invoice)) }));
  const received = taken.reduce((sum, { late }) => sum + late, 0);
  if (received === 0) return { refused: 'nothing-came-in' };
  const parts = taken
    .map(({ part, late }) => ({ ...part, amount: part.amount - late, openThen: part.openThen - late, paidThen: part.paidThen + late }))
    .filter(({ amount }) => amount > 0);
  const writeOffs = known.writeOffs.flatMap((each) => (each !== of ? [each] : parts.length > 0 ? [{ ...of, parts, received: 0 }] : []));
  const open = known.postings.find((posting) => posting.id === postingOf(of.id));
  const fact = { type: 'write-off-reversed', ...wordsOf(of), received, booked: open === undefined } as const;
  if (open) return { changed: { writeOffs, postings: shrunk(known.postings, open, lateOf) }, fact, owed: null };
  const backed = lines
    .map(({ invoice, credited }) => ({ invoice, amount: Math.min(lateOf(invoice), credited), openThen: 0, creditedThen: credited }))
    .filter(({ amount }) => amount > 0);
  if (backed.length === 0) return { changed: { ...known, writeOffs }, fact, owed: null };
  const { entity, currency, id } = of;
  const number = `${postingOf(id)}:back:${today}:${received}`;
  const owed: OpenPosting = { id: number, kind: 'write-off-reversal', entity, currency, amount: sumOf(backed), lines: backed, on: today };
  return { changed: { writeOffs, postings: [...known.postings, owed] }, fact, owed };
}

function shrunk(postings: readonly OpenPosting[], open: OpenPosting, lateOf: (invoice: string) => number): OpenPosting[] {
  const lines = open.lines
    .map((line) => ({ ...line, amount: line.amount - lateOf(line.invoice), openThen: line.openThen - lateOf(line.invoice) }))
    .filter(({ amount }) => amount > 0);
  return postings.flatMap((each) => (each !== open ? [each] : lines.length > 0 ? [{ ...open, lines, amount: sumOf(lines) }] : []));
}

/** What came in on each written-off part: money counts for the rest of the invoice first, since only that was still asked for. */
export function latePaid(
  { entity, parts }: Pick<WriteOff, 'entity' | 'parts'>,
  payments: readonly Payment[],
): { invoice: string; late: number }[] {
  return parts.map(({ invoice, amount, openThen, paidThen }) => {
    const since = paidFor(payments, entity, invoice) - paidThen;
    return { invoice, late: Math.min(amount, Math.max(0, since - (openThen - amount))) };
  });
}

/** Told once for each further amount; null: nothing new has come in. */
export function judgeWriteOff(of: WriteOff, payments: readonly Payment[]): Extract<WriteOffRequest, { do: 'note-write-off-paid' }> | null {
  const received = latePaid(of, payments).reduce((sum, { late }) => sum + late, 0);
  return received > of.received ? { do: 'note-write-off-paid', id: of.id, received } : null;
}

/** Whether the ledger shows the credit of a write-off: its residuals have fallen by it, beyond what payments took off them. */
export function writeOffBooked(
  of: Pick<WriteOff, 'entity' | 'parts'>,
  openNow: (invoice: string) => number,
  payments: readonly Payment[],
): boolean {
  if (latePaid(of, payments).some(({ late }) => late > 0)) return false;
  return of.parts.every(({ invoice, amount, openThen, paidThen }) => {
    const since = Math.max(0, paidFor(payments, of.entity, invoice) - paidThen);
    return openNow(invoice) <= Math.max(0, openThen - amount - since);
  });
}
