import { termsIn } from '../charges/terms.ts';
import type { PlannedAccount } from '../follow-up/plan-day.op.ts';
import type { World } from '../kernel/world.port.ts';
import type { Settings } from '../team/settings.port.ts';
import { anythingMissing } from './hygiene.ts';

/** Enough to tell what is usual of a customer. */
const LOOKED_AT = 200;

/** Whether one of the invoices of a mail lacked something that nobody has called unneeded. */
export async function wasMissing(
  world: Pick<World, 'ledger'>,
  { row, work, day }: PlannedAccount,
  settings: Settings,
  entity: string,
  numbers: readonly string[],
): Promise<boolean> {
  const invoices = await world.ledger.invoices(row.id, LOOKED_AT);
  const unneeded = (number: string) =>
    work.answeredFlags.some((each) => each.invoice === number && each.entity === entity && each.answer === 'not-needed');
  const asked = numbers.filter((number) => !unneeded(number));
  const of = {
    ...{ today: day.today, invoices, reachable: true, calendar: day.calendar, eInvoice: () => [] },
    terms: (seller: string) => termsIn(settings, work.agreement, seller).terms,
  };
  return anythingMissing(of, entity, asked).length > 0;
}
