import { type ReplyRest, replyRests } from '../account/customer-reply.ts';
import type { Veto } from '../account/veto.ts';
import type { ItemParts, LedgerCredit, LedgerItem } from '../arrangements/collectable.ts';
import type { EndedDispute } from '../arrangements/dispute.ts';
import type { Demand } from '../escalation/demand.ts';
import type { Placement } from '../escalation/placement.ts';
import { type Day, daysBetween } from '../kernel/day.ts';
import { type WorkingDays, workingDayAfter, workingDaysSince } from '../kernel/working-days.ts';
import { type Ladder, type Mark, ofInvoice, ownStage } from './ladder.ts';
import { NUMBERS } from './numbers.ts';
import { isNotice, type Policy } from './policy.ts';

/** All that the decision about one selling entity on a day rests on. */
export interface EntityCase {
  readonly entity: string;
  readonly parts: readonly ItemParts[];
  readonly credits: readonly LedgerCredit[];
  readonly ladder: Ladder;
  readonly policy: Policy;
  readonly today: Day;
  readonly calendar: WorkingDays;
  /** When the account first came into the ledger; null when that was not kept. */
  readonly importedOn: Day | null;
  /** Issue date of the customer's first invoice ever; null when not known. */
  readonly firstIssued: Day | null;
  /** Business days between written demands. */
  readonly demandGap: number;
  readonly vetoes: readonly Veto[];
  /** The owner in sales has said that steps may go without asking, formal ones apart. */
  readonly ownerSays: boolean;
  /** When a step may go of which the owner hears only today and says nothing; null: there is nobody to ask. */
  readonly ownerSilence: Day | null;
  readonly replies: readonly ReplyRest[];
  readonly placements: readonly Placement[];
  readonly demands: readonly Demand[];
  readonly closedDisputes: readonly EndedDispute[];
  /** What is promised and disputed, for the days of their reasons. */
  readonly promises: readonly { readonly date: Day; readonly invoices: readonly string[] }[];
  readonly disputes: readonly { readonly invoice: string; readonly until: Day | null }[];
  readonly promiseGrace: number;
  /** Since when an approved letter of this entity is to go out; null: none. */
  readonly letterSince: Day | null;
  /** The same case on a later day, if nothing happens until then. */
  readonly onDay: (day: Day) => EntityCase;
}

/** Why an invoice is not asked for now although it could be; the others go on. */
export const WAITS = [
  'start-unconfirmed',
  'start-spread',
  'reply-waiting',
  'reply-fresh',
  'placement-question',
  'rested',
  'dispute-closed',
  'owner-holds',
] as const;
export type Wait = (typeof WAITS)[number];

/** One invoice as the decision sees it. Minor units. */
export interface Claim {
  readonly number: string;
  readonly currency: string;
  readonly due: Day;
  /** Calendar days late; 0 or less: not yet. */
  readonly late: number;
  readonly parts: ItemParts;
  /** Collectable: neither given up, placed, disputed, planned nor promised. */
  readonly free: number;
  /** Collectable, less the credit that counts against it. */
  readonly ask: number;
  readonly placed: Placement | null;
  readonly mark: Mark | undefined;
  /** Index of its own stage in the policy, -1 for none. */
  readonly own: number;
  /** Its last notice in formal words, where its own stage is so far by its due date now. */
  readonly notice: Mark['notice'];
  readonly waits: readonly { readonly why: Wait; readonly until: Day | null }[];
  /** From a notice in formal words on, until it is paid, placed or given up, or people said no. */
  readonly formal: boolean;
}

/** Late and collectable, and nothing stands in the way of asking. */
export const isAsked = (claim: Claim): boolean => claim.late > 0 && claim.ask > 0 && claim.waits.length === 0;

/** Invoices of an entity, oldest first. */
export function claimsOf(of: EntityCase): Claim[] {
  const ordered = [...of.parts].sort((a, b) => order(a.item.due, b.item.due) || order(a.item.number, b.item.number));
  const credit = new Map<string, number>();
  for (const each of of.credits) credit.set(each.currency, (credit.get(each.currency) ?? 0) + each.unappliedCash + each.openCredit);
  return ordered.map((parts) => claimOf(of, parts, credit));
}

/** Credit counts against what is due first, late or not. */
function claimOf(of: EntityCase, parts: ItemParts, credit: Map<string, number>): Claim {
  const { number, currency, due } = parts.item;
  const placed = of.placements.find((each) => each.invoices.includes(number)) ?? null;
  const free = placed ? 0 : parts.ask;
  const covered = Math.min(free, credit.get(currency) ?? 0);
  credit.set(currency, (credit.get(currency) ?? 0) - covered);
  const mark = ofInvoice(of.ladder.marks, number);
  const own = ownStage(of.policy, mark, ({ on }) => daysBetween(due, on));
  const late = daysBetween(due, of.today);
  const notice = of.policy.stages.slice(0, own + 1).some(isNotice) ? (mark?.notice ?? null) : null;
  return {
    ...{ number, currency, due, late, parts, free, ask: free - covered, placed, mark, own, notice },
    waits: waitsOf(of, parts, mark),
    formal:
      notice !== null && !placed && parts.item.open > parts.writtenOff && !(noOf(of, currency) !== null && decidable(of, number, notice)),
  };
}

/** People said no to a formal step: the day on which the question may come back; null: they did not. */
export function noOf({ ladder, today }: EntityCase, currency: string): Day | null {
  return ladder.no.find((each) => each.currency === currency && today < each.until)?.until ?? null;
}

/** A no is about what was ready to be decided; a notice or a letter that still runs was not. */
function decidable(of: EntityCase, invoice: string, notice: NonNullable<Mark['notice']>): boolean {
  return !tooSoon(notice.on, NUMBERS.noticeRuns, of) && !runningLetter(of)?.invoices.includes(invoice);
}

/** The letter of the entity that still runs; null: none. It rests its invoices, and others that are ready wait for it. */
export function runningLetter({ demands, entity, today, calendar }: EntityCase): Demand | null {
  const ends = ({ deadline }: Demand) => workingDayAfter(deadline, NUMBERS.letterGrace, calendar);
  return demands.find((each) => each.entity === entity && today <= ends(each)) ?? null;
}

const migrated = ({ importedOn }: Pick<EntityCase, 'importedOn'>, { due }: Pick<LedgerItem, 'due'>) =>
  importedOn !== null && due < importedOn;

/** It was overdue when it was imported, and nobody has said what its customer has had. Not of an invoice that has a stage or a jump. */
export function startUnconfirmed(of: Pick<EntityCase, 'importedOn' | 'ladder'>, item: Pick<LedgerItem, 'due'>): boolean {
  return migrated(of, item) && !of.ladder.start;
}

function waitsOf(of: EntityCase, { item }: ItemParts, mark: Mark | undefined): Claim['waits'] {
  const { today, calendar, ladder } = of;
  const waits: { why: Wait; until: Day | null }[] = [];
  const add = (why: Wait, until: Day | null) => waits.push({ why, until });
  const jumped = ofInvoice(ladder.jumps, item.number) !== undefined;
  if (!mark && !jumped && startUnconfirmed(of, item)) add('start-unconfirmed', null);
  if (migrated(of, item) && ladder.start && today < ladder.start.from) add('start-spread', ladder.start.from);
  for (const reply of of.replies) {
    const rests = replyRests(reply, item);
    if (rests === 'about') add('reply-waiting', null);
    const fresh = workingDayAfter(reply.received, NUMBERS.replyRests, calendar);
    if (rests === 'beside' && today < fresh) add('reply-fresh', fresh);
  }
  const rest = ladder.rests.find((each) => each.invoice === item.number && each.why === 'placement');
  if (rest && (rest.until === null || today < rest.until)) add('rested', rest.until);
  const question = item.due < today ? placementQuestion(of, item.due) : null;
  if (!rest && question !== null && today < question) add('placement-question', question);
  for (const closed of of.closedDisputes.filter((each) => each.entity === of.entity && each.invoice === item.number)) {
    const until = workingDayAfter(closed.on, NUMBERS.disputeRests, calendar);
    if (today < until) add('dispute-closed', until);
  }
  for (const { answer, invoices, invoice } of of.vetoes) {
    if (!answer || answer.do === 'go' || today > answer.until || !(invoices ?? [invoice]).includes(item.number)) continue;
    add('owner-holds', answer.until);
  }
  return waits;
}

/** Until when people are asked whether an invoice joins those of its entity that are placed; null: there is no question. */
function placementQuestion({ placements, calendar }: EntityCase, due: Day): Day | null {
  const during = placements.some(({ since }) => since <= due);
  return during ? workingDayAfter(due, NUMBERS.placementQuestion, calendar) : null;
}

/** Fewer business days than `gap` have passed since a day. */
export function tooSoon(since: Day | null | undefined, gap: number, { today, calendar }: Pick<EntityCase, 'today' | 'calendar'>): boolean {
  return since != null && gap > 0 && workingDaysSince(since, today, calendar, gap) < gap;
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
export const laterOf = (a: Day, b: Day): Day => (a > b ? a : b);
export const sumOf = (claims: readonly Claim[]): number => claims.reduce((sum, { ask }) => sum + ask, 0);
