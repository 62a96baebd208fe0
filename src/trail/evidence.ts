import type { DisputeReason } from '../arrangements/dispute.ts';
import type { PromiseOutcome } from '../arrangements/promise.ts';
import type { Day } from '../kernel/day.ts';

/** What a reviewer may leave out of an evidence pack as a whole. */
export const EVIDENCE_KINDS = ['mails', 'letters', 'conversations', 'arrangements', 'disputes', 'copies'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export const EVIDENCE_WORDS: Readonly<Record<EvidenceKind, string>> = {
  mails: 'Mails',
  letters: 'Demand letters',
  conversations: 'Calls, meetings, notes and replies',
  arrangements: 'Promises and plans',
  disputes: 'Disputes',
  copies: 'Copies of invoices',
};

/** What a pack is about. */
export interface EvidenceScope {
  readonly account: string;
  /** Code of the selling entity. */
  readonly entity: string;
  /** Numbers of open invoices; null: everything overdue. */
  readonly invoices: readonly string[] | null;
  readonly without: readonly EvidenceKind[];
  /** The decision it belongs to, or null. */
  readonly case: string | null;
}

/** Recorded on the account: whoever holds the file can show that it is the one that was reviewed. */
export type EvidenceFact = {
  readonly type: 'evidence-built';
  /** Hex SHA-256 of the ZIP. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly files: number;
  /** Of the paper trail. */
  readonly entries: number;
  /** Entries that may not be shown outside the company, and were left out. */
  readonly leftOut: number;
} & Omit<EvidenceScope, 'account'>;

/** Recorded when a person has read a pack and lets it leave the company. */
export interface EvidenceReleaseFact {
  readonly type: 'evidence-released';
  /** Hex SHA-256 of the ZIP. */
  readonly sha256: string;
  readonly case: string | null;
}

interface Told {
  readonly type: string;
  readonly [field: string]: unknown;
}

const CONTACT_KINDS: Readonly<Record<string, EvidenceKind>> = {
  email: 'mails',
  letter: 'letters',
  call: 'conversations',
  meeting: 'conversations',
};
const PREFIXES: readonly (readonly [string, EvidenceKind])[] = [
  ['draft-', 'mails'],
  ['send-', 'mails'],
  ['letter-', 'letters'],
  ['interaction-', 'conversations'],
  ['call-', 'conversations'],
  ['reply-', 'conversations'],
  ['promise-', 'arrangements'],
  ['plan-', 'arrangements'],
  ['offer-', 'arrangements'],
  ['dispute-', 'disputes'],
];

/** Under which kind an entry can be left out; null: it always stays. */
export function evidenceKind(fact: Told): EvidenceKind | null {
  if (fact.type === 'contact-made') return CONTACT_KINDS[String(fact.channel)] ?? null;
  return PREFIXES.find(([prefix]) => fact.type.startsWith(prefix))?.[1] ?? null;
}

/** How something passed between the customer and us, for a reader outside the company; '' for what did not pass. */
export function evidenceChannel(fact: Told): string {
  if (fact.type === 'interaction-recorded' || fact.type === 'contact-made') return CHANNELS[String(fact.channel)] ?? '';
  if (fact.type === 'call-made') return 'call';
  if (fact.type.startsWith('draft-sent') || fact.type === 'letter-sent') return 'mail';
  if (fact.type === 'letter-posted') return String(fact.method ?? 'letter').replace('-', ' ');
  return '';
}

const CHANNELS: Readonly<Record<string, string>> = {
  email: 'mail',
  call: 'call',
  letter: 'letter',
  meeting: 'meeting',
  note: 'note',
  message: 'message',
};

/** A promise as the trail tells it. Minor units. */
export interface PromiseRecord {
  /** ISO instant. */
  readonly at: string;
  readonly currency: string;
  readonly amount: number;
  readonly date: Day;
  readonly saidBy: string;
  readonly invoices: readonly string[];
  readonly outcome: PromiseOutcome | 'open';
  readonly paid: number;
}

/** Promises and what became of them; facts oldest first. One whose recording is not among the facts is left out. */
export function promiseRecords(facts: readonly (Told & { readonly at: string })[]): PromiseRecord[] {
  const ends = new Map(facts.filter(({ type }) => type === 'promise-closed').map((fact) => [fact.promise, fact]));
  return facts.flatMap((fact) => {
    // Without its words, which were erased, nothing is left to tell.
    if (fact.type !== 'promise-recorded' || typeof fact.amount !== 'number') return [];
    const end = ends.get(fact.promise);
    const { at, currency, amount, date, saidBy, parts } = fact as unknown as PromiseRecord & { parts: readonly { invoice: string }[] };
    const outcome = (end?.outcome ?? 'open') as PromiseRecord['outcome'];
    return [{ at, currency, amount, date, saidBy, invoices: parts.map((part) => part.invoice), outcome, paid: Number(end?.paid ?? 0) }];
  });
}

/** A dispute as the trail tells it. Minor units. */
export interface DisputeRecord {
  /** ISO instant. */
  readonly at: string;
  readonly invoice: string;
  readonly currency: string;
  readonly amount: number;
  readonly reason: DisputeReason;
  /** Null while it is open. */
  readonly outcome: readonly { readonly outcome: string; readonly amount: number }[] | null;
}

/** Disputes and how they ended; facts oldest first. */
export function disputeRecords(facts: readonly (Told & { readonly at: string })[]): DisputeRecord[] {
  const ends = new Map(facts.filter(({ type }) => type === 'dispute-closed').map((fact) => [fact.dispute, fact]));
  return facts.flatMap((fact) => {
    if (fact.type !== 'dispute-recorded' || typeof fact.amount !== 'number') return [];
    const { at, invoice, currency, amount, reason } = fact as unknown as DisputeRecord;
    const end = ends.get(fact.dispute);
    // Before disputes could end in parts, a fact had one outcome.
    const parts = end && ((end.parts as DisputeRecord['outcome']) ?? [{ outcome: String(end.outcome ?? ''), amount }]);
    return [{ at, invoice, currency, amount, reason, outcome: parts ?? null }];
  });
}
