import type { ChangeAccountResult } from '../account/change-account.op.ts';
import { changeOnFigures } from '../account/change-on-figures.op.ts';
import type { AccountCase } from '../follow-up/account-days.op.ts';
import { readAccountDay } from '../follow-up/account-days.op.ts';
import type { Day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { knowingly } from './beyond-insured.op.ts';
import { divideItems, type ItemParts } from './collectable.ts';
import { readCredited } from './credited.op.ts';
import type { PromiseRequest } from './promise.ts';

export interface PromiseAsked {
  readonly id: string;
  readonly account: string;
  /** Numbers of invoices of one selling entity in one currency. */
  readonly invoices: readonly InvoiceRef[];
  /** Minor units; null: all that is free on these invoices. */
  readonly amount: number | null;
  readonly date: Day;
  readonly saidBy: string;
  /** The warning of the credit insurer's period that was shown. */
  readonly seen?: string | undefined;
}

export interface InvoiceRef {
  readonly entity: string;
  readonly number: string;
}

type RecordPromiseRequest = Extract<PromiseRequest, { readonly do: 'record-promise' }>;

export type RecordPromiseResult =
  | ChangeAccountResult
  | { readonly done: false; readonly refused: 'invoice-not-open' | 'invoices-differ' | 'beyond-insured' };

/** A promise pauses only what was promised: no more than what is open and neither promised nor disputed already. */
export async function recordPromise(world: World, asked: PromiseAsked, by: string, command: string): Promise<RecordPromiseResult> {
  const read = async () => {
    const account = await readAccountDay(world, asked.account);
    if (!account) return { refused: 'no-such-account' as const };
    const request = promiseRequest(account.cases[0]!, asked, await readCredited(world.ledger, asked.account));
    if ('refused' in request) return request;
    return knowingly(world, account.cases[0]!, { invoices: asked.invoices, until: asked.date }, asked.seen, request);
  };
  return changeOnFigures(world, asked.account, read, by, command);
}

/** What is asked of the account: the invoices by what is free of each, oldest first. `credited` as of now. */
export function promiseRequest(
  account: AccountCase,
  asked: Omit<PromiseAsked, 'account'>,
  credited: (entity: string, invoice: string) => number,
): RecordPromiseRequest | { readonly refused: 'invoice-not-open' | 'invoices-differ' | 'no-invoice-chosen' } {
  const named = dividedOf(account).filter(({ item }) =>
    asked.invoices.some((ref) => ref.entity === item.entity && ref.number === item.number),
  );
  if (named.length < asked.invoices.length) return { refused: 'invoice-not-open' };
  const [first] = named;
  if (!first) return { refused: 'no-invoice-chosen' };
  const { entity, currency } = first.item;
  if (named.some(({ item }) => item.entity !== entity || item.currency !== currency)) return { refused: 'invoices-differ' };
  const invoices = named
    .sort((a, b) => (a.item.due < b.item.due ? -1 : 1))
    .map(({ item, ask }) => ({ invoice: item.number, open: item.open, free: ask, credited: credited(entity, item.number) }));
  const amount = asked.amount ?? invoices.reduce((sum, each) => sum + each.free, 0);
  const { id, date, saidBy } = asked;
  return { do: 'record-promise', id, entity, currency, amount, date, invoices, saidBy };
}

/** An account's open invoices with what rests of each and what may be asked for. */
export function dividedOf({ day }: AccountCase): ItemParts[] {
  return divideItems(day.items, day.work, day.planned, day.today, day.calendar, day.rules.promiseGrace);
}
