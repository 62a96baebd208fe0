import type { InvoiceStand } from '../../../src/follow-up/stand.ts';
import { type Day, day as dayOf } from '../../../src/kernel/day.ts';
import type { Answer } from './answer.ts';
import { addDays } from './days.ts';
import { isStale, namesOf, turns } from './message.ts';
import type { Next, Sight } from './next.ts';
import { type Program, productDay } from './product.ts';
import { reasonsOf } from './reasons.ts';
import { approvedLetters } from './sheets.ts';
import type { AccountDay } from './types.ts';

/** Of the whole account; the rest are of an invoice. */
export const OF_ACCOUNT: ReadonlySet<string> = new Set([
  ...['status-stopped', 'autopay', 'on-hold', 'stale-ledger', 'weekend', 'public-holiday', 'contacted-today', 'nothing-open'],
]);
/** Why a stage was passed over: never said alone. */
const PASSED: ReadonlySet<string> = new Set(['call-covered', 'call-missed', 'call-unreached']);
/** Of a part that rests, also beside one that is asked for. */
const PARTS: ReadonlySet<string> = new Set(['promised', 'disputed', 'planned', 'written-off', 'placed', 'covered-by-credit']);

const entitiesOf = (day: AccountDay) => [...new Set(day.invoices.map(({ entity }) => entity))].sort();
const sorted = (codes: Iterable<string>) => [...new Set(codes)].sort();

/**
 * Why the oracle asks nothing of an invoice today. What would be named if its company had its turn, or the account were not stopped, has no reason of its
 * own; null: it is named as resting, which is reason enough. That a stage was passed over for its minimum is compared apart.
 */
export function oracleReasons(sight: Sight, next: Next): string[] | null {
  const { invoice, amount } = next.sheet;
  const ready = turns(sight, entitiesOf(sight.day));
  const named = ready.some((of) => namesOf(of.message.parts).includes(invoice.number));
  if (named && amount === 0) return null;
  if (named) return ready[0]!.entity === invoice.entity ? [] : ['other-entity-first'];
  const codes = new Set(reasonsOf(sight, next).flatMap(({ code }) => (PASSED.has(code) ? [] : code)));
  if (codes.has('stage-not-reached')) for (const code of ['below-minimum', 'small-balance']) codes.delete(code);
  return sorted(amount > 0 ? [...codes].filter((code) => !PARTS.has(code)) : codes);
}

/** The same of the rule, which tells every part that rests; where nothing can be asked for, those the oracle names are what counts. */
export function productReasons({ reasons, ask }: InvoiceStand, oracle: readonly string[]): string[] {
  const codes = reasons.map(({ code }) => (code === 'rested' ? 'placement-question' : code));
  return sorted(codes.filter((code) => (ask > 0 ? !PARTS.has(code) : !PARTS.has(code) || oracle.includes(code))));
}

/** Why this stage and none below it: calls that were passed over, and the first stage whose minimum is not reached. */
export function passedBy(next: Next, { policy }: AccountDay): string[] {
  const calls = next.said.map(({ code, stage }) => `${stage} ${code}`);
  return [...calls, ...(next.passed === null ? [] : [`${policy[next.passed]!.key} below-minimum`])].sort();
}

export function passedOver({ passed }: InvoiceStand): string[] {
  const calls = passed.filter(({ why }) => why !== 'below-minimum');
  const small = passed.filter(({ why }) => why === 'below-minimum').slice(0, 1);
  return [...calls, ...small].map(({ stage, why }) => `${stage} ${why}`).sort();
}

/**
 * Whether reasons and next dates can be compared: on a day without contact nobody asks the owner, so the rule keeps two days for a question where the oracle
 * has none; an approved letter goes by a verb of its own, and which invoices it holds is not told to the rule.
 */
export const saysWhy = (day: AccountDay, { reasons }: Answer): boolean =>
  !(day.hasOwner && reasons.some(({ code }) => OF_ACCOUNT.has(code))) &&
  entitiesOf(day).every((entity) => approvedLetters(day, entity).length === 0);

/** Old payments have no next date: the next import decides it. */
export const hasNextDate = (day: AccountDay, answer: Answer): boolean => answer.message === null && !isStale(day) && saysWhy(day, answer);

/** The first later day on which the rule makes a contact if nothing changes. */
export function nextContact(program: Program, day: AccountDay): Day | null {
  const start = productDay(program, day);
  for (let n = 1; n <= day.rules.searchDays; n += 1) {
    const today = dayOf(addDays(day.today, n));
    if (program.decideFollowUp({ ...start, today, ledgerAge: 0 }).action) return today;
  }
  return null;
}
