import type { AccountWork } from '../domain/account-work.ts';
import type { ArrangementRequest } from '../domain/arrangements.ts';
import type { Day } from '../domain/day.ts';
import type { Payment } from '../domain/invoice.ts';
import { judgePlan, paidOn } from '../domain/plan.ts';
import { awaited, promiseLapsed } from '../domain/promise.ts';
import { judgeOffer } from '../domain/settlement.ts';
import { workingDaysSince } from '../domain/working-days.ts';
import { type AccountCase, type FollowUpPorts, readAccountDay } from './account-days.ts';
import { changeAccount } from './change-account.ts';
import { ALL_PAYMENTS } from './record-settlement.ts';

/**
 * What the clock does about plans, offers and credits to be booked: paid, missed, in default, lapsed, confirmed. Worked out from residuals
 * and payments, so while an import writes them nothing is judged, and no old ledger says that money stayed away. May be repeated.
 */
export async function settleArrangements(ports: FollowUpPorts): Promise<number> {
  const works = await ports.accounts.all();
  let changed = 0;
  for (const [id, work] of works) {
    if (!arranged(work)) continue;
    const read = await readAccountDay(ports, id);
    if (!read || read.freshness.applying) continue;
    const payments = work.offers.length > 0 ? await ports.ledger.payments(id, ALL_PAYMENTS) : [];
    for (const request of judged(read.cases[0]!, payments)) {
      const result = await changeAccount(ports, id, request, 'clock', commandOf(request, read.cases[0]!.day.today));
      if (result.done && !result.again) changed += 1;
    }
  }
  return changed;
}

const arranged = ({ plans, offers, postings }: AccountWork) => plans.length + offers.length + postings.length > 0;

function judged(
  { work, day: { today, items, calendar, rules, ledgerAge } }: AccountCase,
  payments: readonly Payment[],
): ArrangementRequest[] {
  const fresh = ledgerAge !== null && ledgerAge <= rules.staleAfter;
  const lapsed = (date: Day) => fresh && promiseLapsed({ date }, today, calendar, rules.promiseGrace);
  // The ledger is of a business day behind it: what came in on the day itself is known.
  const over = (date: Day) => ledgerAge === 0 && workingDaysSince(date, today, calendar, 1) === 1;
  const openIn = (entity: string) => (invoice: string) =>
    items.find((item) => item.entity === entity && item.number === invoice)?.open ?? 0;
  return [
    ...work.plans.map((plan) => judgePlan(plan, paidOn(plan, openIn(plan.entity)), lapsed, over)),
    ...work.offers.map((offer) => judgeOffer(offer, payments, openIn(offer.entity), lapsed(offer.until))),
    ...work.postings.map(({ id, entity, lines }) =>
      lines.every((line) => awaited(line, openIn(entity)(line.invoice)) === 0) ? ({ do: 'confirm-posting', id } as const) : null,
    ),
  ].filter((request) => request !== null);
}

/** The same finding of the same day is recorded once, by however many instances. */
function commandOf(request: ArrangementRequest, today: Day): string {
  return `settle:${request.id}:${request.do}:${'through' in request ? request.through : ''}:${today}`;
}

/** After each import and each hour, since days begin at different hours. */
export function arrangementSettling(ports: FollowUpPorts): () => Promise<void> {
  let settled = '';
  return async () => {
    const { asOf } = await ports.ledger.freshness();
    const state = `${asOf} ${ports.clock.now().toString().slice(0, 13)}`;
    if (state === settled) return;
    await settleArrangements(ports);
    settled = state;
  };
}
