import { judgePromise, promiseLapsed } from '../domain/promise.ts';
import { type AccountCase, type FollowUpPorts, readAccountDays } from './account-days.ts';
import { changeAccount } from './change-account.ts';

/**
 * Closes the promises that have come to an end: paid, or past their grace. Worked out from residuals, so while an import writes them nothing
 * is judged, and nothing is called broken by a ledger that may lack the payment. May be repeated.
 */
export async function settlePromises(ports: FollowUpPorts): Promise<number> {
  const { cases, freshness } = await readAccountDays(ports);
  if (freshness.applying) return 0;
  let closed = 0;
  for (const account of cases) {
    for (const { id, outcome, paid } of endedPromises(account)) {
      const request = { do: 'close-promise', id, outcome, paid, note: '' } as const;
      const result = await changeAccount(ports, account.row.id, request, 'clock', `settle:${id}`);
      if (result.done) closed += 1;
    }
  }
  return closed;
}

function endedPromises({ work, day: { today, items, calendar, rules, ledgerAge } }: AccountCase) {
  const fresh = ledgerAge !== null && ledgerAge <= rules.staleAfter;
  return work.promises.flatMap((promise) => {
    const openNow = (invoice: string) => items.find((item) => item.entity === promise.entity && item.number === invoice)?.open ?? 0;
    const lapsed = fresh && promiseLapsed(promise, today, calendar, rules.promiseGrace);
    const judged = judgePromise(promise, openNow, lapsed);
    return judged ? [{ id: promise.id, ...judged }] : [];
  });
}

/** Settles after each import and each hour, since days begin at different hours; several instances doing so record once. */
export function promiseSettling(ports: FollowUpPorts): () => Promise<void> {
  let settled = '';
  return async () => {
    const { asOf } = await ports.ledger.freshness();
    const state = `${asOf} ${ports.clock.now().toString().slice(0, 13)}`;
    if (state === settled) return;
    await settlePromises(ports);
    settled = state;
  };
}
