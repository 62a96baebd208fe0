import type { World } from '../kernel/world.port.ts';
import type { Case } from './case.ts';

/** What people weigh about invoices: what is open on them, the money beside them, and what the customer has promised or disputes of them. */
export async function invoiceBasis(
  world: Pick<World, 'ledger' | 'accounts'>,
  { account, entity, currency }: Pick<Case, 'account' | 'entity' | 'currency'>,
  numbers: ReadonlySet<string>,
): Promise<object> {
  const [items, credits, known] = await Promise.all([
    world.ledger.openItems(account),
    world.ledger.openCredits(account),
    world.accounts.load(account),
  ]);
  const { promises = [], disputes = [], plans = [], offers = [] } = known?.work ?? {};
  const own = (each: { readonly entity: string }) => each.entity === entity;
  return {
    invoices: items
      .filter((item) => own(item) && numbers.has(item.number))
      .map(({ number, open, disputed }) => ({ number, open, disputed }))
      .sort((a, b) => (a.number < b.number ? -1 : 1)),
    credits: credits
      .filter((credit) => own(credit) && credit.currency === currency)
      .map(({ unappliedCash, openCredit }) => ({ unappliedCash, openCredit })),
    arranged: [...promises, ...plans, ...offers]
      .filter((each) => own(each) && each.parts.some((part) => numbers.has(part.invoice)))
      .map(({ id }) => id)
      .sort(),
    disputed: disputes
      .filter((each) => own(each) && numbers.has(each.invoice))
      .map(({ id }) => id)
      .sort(),
  };
}
