import { givenUpParts } from '../arrangements/arrangements.ts';
import type { OpenPosting } from '../arrangements/posting.ts';
import type { World } from '../kernel/world.port.ts';
import type { AccountRow, OpenItem } from '../ledger/ledger.port.ts';
import type { ChargesStore } from './charges.port.ts';
import { type Charge, leftOf, ratesOf } from './charges.ts';
import { type Statement, statementsOf } from './statement.ts';

/**
 * What is open between an account and one selling entity, one a currency, with what is claimed besides; without what was settled or written off
 * and is to be booked (`postings`). `seller`: the entity's name.
 */
export async function statementsFor(
  world: Pick<World, 'ledger' | 'charges'>,
  row: Pick<AccountRow, 'id' | 'name' | 'number'>,
  entity: string,
  seller: string,
  postings: readonly OpenPosting[],
): Promise<Statement[]> {
  const items = await world.ledger.openItems(row.id);
  const [details, credits, charges] = await Promise.all([
    world.ledger.invoices(row.id, Math.max(1, items.length)),
    world.ledger.openCredits(row.id),
    claimedFrom(world.charges, row.id, entity),
  ]);
  const totals = new Map(details.filter((invoice) => invoice.entity === entity).map((invoice) => [invoice.number, invoice.total]));
  const owed = owedOf(items, entity, postings);
  const open = owed.filter((item) => item.open > 0).map((item) => ({ ...item, total: totals.get(item.number) ?? null }));
  const own = credits
    .filter((credit) => credit.entity === entity)
    .map(({ currency, unappliedCash, openCredit }) => ({ currency, amount: unappliedCash + openCredit }));
  const besides = charges.map((charge) => {
    const { kind, invoice, period, currency } = charge;
    return { kind, invoice, period, rates: ratesOf(charge), currency, amount: leftOf(charge) };
  });
  return statementsOf({ name: row.name, number: row.number }, seller, open, own, besides);
}

/** The entity's invoices with what is owed of them, and what was given up. */
export function owedOf(
  items: readonly OpenItem[],
  entity: string,
  postings: readonly OpenPosting[],
): (OpenItem & { readonly givenUp: number })[] {
  const parts = givenUpParts(postings, items).filter((part) => part.entity === entity);
  return items
    .filter((item) => item.entity === entity)
    .map((item) => {
      const all = parts.reduce((sum, { invoice, amount }) => (invoice === item.number ? sum + amount : sum), 0);
      const givenUp = Math.min(item.open, all);
      return { ...item, open: item.open - givenUp, givenUp };
    });
}

/** What was claimed besides the invoices of one selling entity and is still asked for. */
export async function claimedFrom(charges: ChargesStore, account: string, entity: string): Promise<Charge[]> {
  const { claimed } = (await charges.load(account)).charges;
  return claimed.filter((charge) => charge.entity === entity && leftOf(charge) > 0);
}
