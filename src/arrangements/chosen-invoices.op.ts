import { type AccountCase, readAccountDay } from '../follow-up/account-days.op.ts';
import type { World } from '../kernel/world.port.ts';
import { divideItems, type ItemParts } from './collectable.ts';
import type { InvoiceRef } from './record-promise.op.ts';

export type ChosenRefusal = 'no-such-account' | 'invoice-not-open' | 'no-invoice-chosen' | 'invoices-differ';

interface Chosen {
  readonly account: AccountCase;
  readonly rules: AccountCase['day']['rules'];
  readonly entity: string;
  readonly currency: string;
  /** Oldest due first. */
  readonly parts: readonly ItemParts[];
}

/** The open invoices people chose, with what is free of each; of one selling entity in one currency. */
export async function chosenInvoices(
  world: World,
  id: string,
  refs: readonly InvoiceRef[],
): Promise<Chosen | { readonly refused: ChosenRefusal }> {
  const read = await readAccountDay(world, id);
  const account = read?.cases[0];
  if (!account) return { refused: 'no-such-account' };
  const { items, work, planned, today, calendar, rules } = account.day;
  const named = divideItems(items, work, planned, today, calendar, rules.promiseGrace).filter(({ item }) =>
    refs.some((ref) => ref.entity === item.entity && ref.number === item.number),
  );
  if (named.length < refs.length) return { refused: 'invoice-not-open' };
  const [first] = named;
  if (!first) return { refused: 'no-invoice-chosen' };
  const { entity, currency } = first.item;
  if (named.some(({ item }) => item.entity !== entity || item.currency !== currency)) return { refused: 'invoices-differ' };
  const parts = named.sort((a, b) => (a.item.due < b.item.due ? -1 : 1));
  return { account, rules, entity, currency, parts };
}
