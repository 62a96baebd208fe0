import { changeAccount } from '../account/change-account.op.ts';
import { type AccountCase, readAccountDays, rowIdOf } from '../follow-up/account-days.op.ts';
import { eachAlone } from '../kernel/each-alone.op.ts';
import type { World } from '../kernel/world.port.ts';
import { readCredited } from './credited.op.ts';
import { judgePromise, type OpenPromise, promiseLapsed } from './promise.ts';

/**
 * Closes the promises that have come to an end: paid, or past their grace. Worked out from residuals, so while an import writes them nothing
 * is judged, and nothing is called broken by a ledger that may lack the payment. May be repeated.
 */
export async function settlePromises(world: World): Promise<number> {
  const { cases, freshness } = await readAccountDays(world);
  if (freshness.applying) return 0;
  let closed = 0;
  await eachAlone('accounts', cases, rowIdOf, async (account) => {
    for (const { id, outcome, paid, credited } of await endedPromises(world, account)) {
      const request = { do: 'close-promise', id, outcome, paid, credited, note: '' } as const;
      const result = await changeAccount(world, account.row.id, request, 'clock', `settle:${id}`);
      if (result.done) closed += 1;
    }
  });
  return closed;
}

async function endedPromises(world: World, { row, work, day: { today, items, calendar, rules, ledgerAge } }: AccountCase) {
  const fresh = ledgerAge !== null && ledgerAge <= rules.staleAfter;
  const judge = (promise: OpenPromise, creditedOn?: (entity: string, invoice: string) => number) => {
    const { entity } = promise;
    const openNow = (invoice: string) => items.find((item) => item.entity === entity && item.number === invoice)?.open ?? 0;
    const lapsed = fresh && promiseLapsed(promise, today, calendar, rules.promiseGrace);
    return judgePromise(promise, openNow, lapsed, (invoice) => creditedOn?.(entity, invoice) ?? 0);
  };
  const ended = work.promises.filter((promise) => judge(promise));
  if (ended.length === 0) return [];
  // Read only now: most accounts have no promise that ends today.
  const credited = await readCredited(world.ledger, row.id);
  return ended.map((promise) => ({ id: promise.id, ...judge(promise, credited)! }));
}

/** Settles after each import and each hour, since days begin at different hours; several instances doing so record once. */
export function promiseSettling(world: World): () => Promise<void> {
  let settled = '';
  return async () => {
    const { asOf } = await world.ledger.freshness();
    const state = `${asOf} ${world.clock.now().toString().slice(0, 13)}`;
    if (state === settled) return;
    await settlePromises(world);
    settled = state;
  };
}
