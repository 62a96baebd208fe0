import type { World } from '../kernel/world.port.ts';
import type { BusyRun, MisplacedReceipt, ReceiptPlacing } from './import.port.ts';

/**
 * What a person says of money that names an invoice of another customer or in another currency: it pays that invoice, or it does not. Written as
 * a run of its own, so that it is on the record, never runs beside an import, and is completed after a kill. The same once more changes nothing.
 */
export async function placeReceipts(
  { intake, clock }: Pick<World, 'intake' | 'clock'>,
  placings: readonly ReceiptPlacing[],
  by: string,
): Promise<{ readonly placed: number } | BusyRun> {
  const run = await intake.begin({ source: 'payments placed by hand', now: clock.now(), sample: false, tellsBalances: false, by });
  if (!('write' in run)) return run;
  try {
    const placed = await run.place(placings);
    const none = { rejected: 0, later: 0, new: 0, unchanged: placings.length - placed, closedVanished: 0 };
    await run.finish(clock.now(), { ...none, rowsIn: placings.length, accepted: placings.length, changed: placed });
    return { placed };
  } catch (error) {
    await run.abandon().catch(() => undefined);
    throw error;
  }
}

/** How much of an invoice the money takes when it pays it: no more than is open, and in one currency no more than it is. */
export function placingOf({ receipt, invoice, open, amount, currency, invoiceCurrency }: MisplacedReceipt, pays: boolean): ReceiptPlacing {
  const most = currency === invoiceCurrency ? Math.min(open, amount) : open;
  return { receipt, invoice, placed: pays ? { do: 'apply', amount: most } : { do: 'apart' } };
}
