import type { AccountStatus } from '../account/account.ts';
import { type AccountWork, NEW_WORK, onHold, snoozed } from '../account/account-work.ts';
import { unchased } from '../arrangements/past-promises.ts';
import { type Day, daysBetween } from '../kernel/day.ts';
import type { PaymentHabit } from '../numbers/payment-habit.ts';
import { actingFor, type Team } from '../team/team.ts';
import type { FollowUp } from './follow-up.ts';
import { type NextStep, nextStep } from './next-step.ts';

/** What one account owes past its due date in one currency. */
export interface OverduePart {
  readonly currency: string;
  /** Minor units. */
  readonly overdue: number;
  readonly invoices: number;
  /** Minor units times days past due beyond the customer's usual delay, at least one, summed over the invoices. Only ever compared, never shown: may pass the safe integers. */
  readonly weight: number;
  readonly oldest: { readonly invoice: string; readonly daysPastDue: number };
}

/** What the list rests on for one account. Counts that are left out are zero. */
export interface WorkItem {
  readonly account: string;
  readonly name: string;
  readonly number: string;
  readonly collector: string | null;
  readonly status: AccountStatus;
  readonly hold: AccountWork['hold'];
  readonly snooze: AccountWork['snooze'];
  readonly autopay: boolean;
  /** Slack user id or email of the account owner in sales; '' when unknown. */
  readonly owner: string;
  /** Something is open, due or not. */
  readonly open: boolean;
  /** By currency; empty when nothing is past due. */
  readonly overdue: readonly OverduePart[];
  /** The one decision about the account today; null while it has not been asked for. */
  readonly decision: FollowUp | null;
  readonly replyWaiting?: number;
  readonly brokenPromises?: number;
  readonly promisesDue?: number;
  /** Nobody there can be reached, and somebody is being looked for. */
  readonly tracing?: boolean;
  readonly supplyStopped?: boolean;
  /** Of plans, due by today and not paid. */
  readonly instalmentsDue?: number;
  /** How it usually pays; left out below three paid invoices. */
  readonly habit?: PaymentHabit | undefined;
  readonly lastContact?: Day | null;
}

export interface WorkEntry {
  readonly item: WorkItem;
  readonly step: NextStep;
  /** The collector who is away and for whom this is covered, or null. */
  readonly coveredFor: string | null;
}

type Known = Pick<WorkItem, 'account' | 'name' | 'number' | 'autopay' | 'owner' | 'decision' | 'instalmentsDue' | 'habit'>;
interface OpenItem {
  readonly account: string;
  readonly number: string;
  readonly currency: string;
  readonly due: Day;
  readonly open: number;
}

/** Gathers open items one by one, so that a ledger of any size streams through; items of an account that is not known are left out. */
export function workCounter(today: Day, accounts: Iterable<Known>, work: ReadonlyMap<string, AccountWork>) {
  const parts = new Map<string, Map<string, OverduePart>>();
  const known = new Map([...accounts].map((account) => [account.account, account]));
  // A promise that was broken is over once its invoices are paid after all.
  const unpaid = new Set<string>();
  const broken = new Map([...work].map(([id, { pastPromises }]) => [id, unchased(pastPromises)]));
  return {
    add({ account, currency, number, due, open }: OpenItem): void {
      const own = parts.get(account) ?? new Map<string, OverduePart>();
      parts.set(account, own);
      for (const { id, invoices } of broken.get(account) ?? []) if (invoices.includes(number)) unpaid.add(id);
      const daysPastDue = daysBetween(due, today);
      if (daysPastDue <= 0) return;
      const part = own.get(currency);
      const oldest = part && part.oldest.daysPastDue >= daysPastDue ? part.oldest : { invoice: number, daysPastDue };
      // Late against its own habit: what a customer always pays so late is no news.
      const usual = Math.max(0, known.get(account)?.habit?.usualDelay ?? 0);
      const weight = (part?.weight ?? 0) + open * Math.max(1, daysPastDue - usual);
      own.set(currency, { currency, overdue: (part?.overdue ?? 0) + open, invoices: (part?.invoices ?? 0) + 1, weight, oldest });
    },
    /** Accounts on which something is open or a reply waits. */
    items(): WorkItem[] {
      const items: WorkItem[] = [];
      for (const account of known.values()) {
        const { collector, status, hold, snooze, promises, replies, tracing, supply, lastContact } = work.get(account.account) ?? NEW_WORK;
        const own = parts.get(account.account);
        if (!own && replies.length === 0) continue;
        const overdue = [...(own?.values() ?? [])].sort((a, b) => (a.currency < b.currency ? -1 : 1));
        const promisesDue = promises.filter((promise) => promise.date <= today).length;
        items.push({
          ...account,
          collector,
          status,
          hold,
          snooze,
          open: own !== undefined,
          overdue,
          replyWaiting: replies.length,
          brokenPromises: (broken.get(account.account) ?? []).filter(({ id }) => unpaid.has(id)).length,
          promisesDue,
          tracing: tracing !== null,
          supplyStopped: supply?.stopped === true,
          lastContact,
        });
      }
      return items;
    },
  };
}

/**
 * The list of one person on a day of the company: what they collect, and what they cover for somebody who is away. Replies waiting
 * first, then broken promises, promises and instalments due, and the rest by overdue amount times age; behind them those with nothing to do today, and
 * accounts on hold last. Snoozed ones are left out.
 *
 * Amounts of different currencies have no order. Each account weighs what share it has of its currency's whole overdue amount times age, over
 * all accounts; within one currency that is the order of amount times age itself. Whoever owes in two currencies weighs both shares.
 */
export function worklist(items: readonly WorkItem[], team: Team, user: string, today: Day): WorkEntry[] {
  const weigh = shares(items);
  const entries = items
    .filter((item) => item.collector !== null && (item.collector === user || actingFor(team, item.collector, today) === user))
    .filter((item) => !snoozed(item, today) && needsSomebody(item))
    .map((item) => ({ item, step: nextStep(item, today), coveredFor: item.collector === user ? null : item.collector }));
  const rank = new Map(entries.map(({ item }) => [item, weigh(item)]));
  const byRank = (a: WorkItem, b: WorkItem) => rank.get(b)! - rank.get(a)! || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  return entries.sort((a, b) => tier(a, today) - tier(b, today) || byRank(a.item, b.item));
}

function needsSomebody(item: WorkItem): boolean {
  return item.overdue.length > 0 || urgent(item) || (item.status !== 'active' && item.open);
}

const urgent = ({ replyWaiting = 0, brokenPromises = 0, promisesDue = 0, instalmentsDue = 0, tracing = false }: WorkItem) =>
  replyWaiting + brokenPromises + promisesDue + instalmentsDue > 0 || tracing;

function tier({ item, step }: WorkEntry, today: Day): number {
  if (item.replyWaiting) return 0;
  if (item.brokenPromises) return 1;
  if (item.promisesDue || item.instalmentsDue) return 2;
  if (onHold(item, today) && item.status === 'active') return 5;
  return restsToday(step) ? 4 : 3;
}

/** Nobody has to do or to say anything about it today. */
export function restsToday(step: NextStep): boolean {
  return step.do === 'rest' && step.why !== 'start-unconfirmed';
}

function shares(items: readonly WorkItem[]): (item: WorkItem) => number {
  const totals = new Map<string, number>();
  for (const { overdue } of items) for (const { currency, weight } of overdue) totals.set(currency, (totals.get(currency) ?? 0) + weight);
  return ({ overdue }) => overdue.reduce((sum, { currency, weight }) => sum + weight / totals.get(currency)!, 0);
}

/** What is overdue with one collector, or with nobody. */
export interface CollectorLoad {
  readonly collector: string | null;
  readonly accounts: number;
  /** Minor units by currency. */
  readonly overdue: ReadonlyMap<string, number>;
}

/** Accounts with something overdue by collector of record; most accounts first, those of nobody last. */
export function loadByCollector(items: readonly WorkItem[]): CollectorLoad[] {
  const loads = new Map<string | null, { collector: string | null; accounts: number; overdue: Map<string, number> }>();
  for (const { collector, overdue } of items) {
    if (overdue.length === 0) continue;
    const load = loads.get(collector) ?? { collector, accounts: 0, overdue: new Map<string, number>() };
    loads.set(collector, load);
    load.accounts += 1;
    for (const part of overdue) load.overdue.set(part.currency, (load.overdue.get(part.currency) ?? 0) + part.overdue);
  }
  const nobodyLast = (load: CollectorLoad) => (load.collector === null ? 1 : 0);
  return [...loads.values()].sort(
    (a, b) => nobodyLast(a) - nobodyLast(b) || b.accounts - a.accounts || ((a.collector ?? '') < (b.collector ?? '') ? -1 : 1),
  );
}

/** Accounts with something overdue, most urgent first, in the order of `worklist`. */
export function byWeight(items: readonly WorkItem[], chosen: (item: WorkItem) => boolean): WorkItem[] {
  const weigh = shares(items);
  const overdue = items.filter((item) => item.overdue.length > 0 && chosen(item)).map((item) => ({ item, weight: weigh(item) }));
  return overdue.sort((a, b) => b.weight - a.weight || (a.item.name < b.item.name ? -1 : 1)).map(({ item }) => item);
}
