import { divideItems, type ItemParts } from '../domain/collectable.ts';
import type { Day } from '../domain/day.ts';
import type { AccountCase, FollowUpPorts } from './account-days.ts';
import { readAccountDay } from './account-days.ts';
import { type ChangeAccountResult, changeAccount } from './change-account.ts';

export interface PromiseAsked {
  readonly id: string;
  readonly account: string;
  /** Numbers of invoices of one selling entity in one currency. */
  readonly invoices: readonly InvoiceRef[];
  /** Minor units; null: all that is free on these invoices. */
  readonly amount: number | null;
  readonly date: Day;
  readonly saidBy: string;
}

export interface InvoiceRef {
  readonly entity: string;
  readonly number: string;
}

export type RecordPromiseResult = ChangeAccountResult | { readonly done: false; readonly refused: 'invoice-not-open' | 'invoices-differ' };

/** A promise pauses only what was promised: no more than what is open and neither promised nor disputed already. */
export async function recordPromise(ports: FollowUpPorts, asked: PromiseAsked, by: string, command: string): Promise<RecordPromiseResult> {
  const read = await readAccountDay(ports, asked.account);
  if (!read) return { done: false, refused: 'no-such-account' };
  const all = dividedOf(read.cases[0]!);
  const named = all.filter(({ item }) => asked.invoices.some((ref) => ref.entity === item.entity && ref.number === item.number));
  if (named.length < asked.invoices.length) return { done: false, refused: 'invoice-not-open' };
  const [first] = named;
  if (!first) return { done: false, refused: 'no-invoice-chosen' };
  const { entity, currency } = first.item;
  if (named.some(({ item }) => item.entity !== entity || item.currency !== currency)) return { done: false, refused: 'invoices-differ' };
  const invoices = named
    .sort((a, b) => (a.item.due < b.item.due ? -1 : 1))
    .map(({ item, ask }) => ({ invoice: item.number, open: item.open, free: ask }));
  const amount = asked.amount ?? invoices.reduce((sum, each) => sum + each.free, 0);
  const { id, date, saidBy } = asked;
  return changeAccount(ports, asked.account, { do: 'record-promise', id, entity, currency, amount, date, invoices, saidBy }, by, command);
}

/** An account's open invoices with what rests of each and what may be asked for. */
function dividedOf({ day }: AccountCase): ItemParts[] {
  return divideItems(day.items, day.work, day.planned, day.today, day.calendar, day.rules.promiseGrace);
}
