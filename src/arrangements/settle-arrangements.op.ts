import type { AccountWork } from '../account/account-work.ts';
import { changeAccount } from '../account/change-account.op.ts';
import type { CaseState } from '../escalation/case.ts';
import { judgeWriteOff, postingOf, type WriteOff, writeOffBooked } from '../escalation/write-off.ts';
import { type AccountCase, readAccountDay } from '../follow-up/account-days.op.ts';
import type { Day } from '../kernel/day.ts';
import { eachAlone } from '../kernel/each-alone.op.ts';
import { workingDaysSince } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import type { Payment } from '../ledger/invoice.ts';
import type { ArrangementRequest } from './arrangements.ts';
import { residualsOf } from './collectable.ts';
import { readCredited } from './credited.op.ts';
import { judgePlan, paidOn } from './plan.ts';
import type { OpenPosting } from './posting.ts';
import { awaited, promiseLapsed } from './promise.ts';
import { ALL_PAYMENTS } from './record-settlement.op.ts';
import { judgeOffer } from './settlement.ts';

/**
 * What the clock does about plans, offers and credits to be booked: paid, missed, in default, lapsed, confirmed. Worked out from residuals
 * and payments, so while an import writes them nothing is judged, and no old ledger says that money stayed away. May be repeated.
 */
export async function settleArrangements(world: World): Promise<number> {
  const works = await world.accounts.all();
  let changed = 0;
  await eachAlone(
    'accounts',
    [...works].filter(([, work]) => arranged(work)),
    ([id]) => id,
    async ([id, work]) => {
      const read = await readAccountDay(world, id);
      if (!read || read.freshness.applying) return;
      const payments = work.offers.length + work.writeOffs.length > 0 ? await world.ledger.payments(id, ALL_PAYMENTS) : [];
      const takenBack = work.postings.some(({ kind }) => kind === 'write-off-reversal');
      const credited = takenBack ? await readCredited(world.ledger, id) : () => 0;
      for (const request of [...judged(read.cases[0]!, payments, credited), ...(await declined(world, id, work))]) {
        const result = await changeAccount(world, id, request, 'clock', commandOf(request, read.cases[0]!.day.today));
        if (result.done && !result.again) changed += 1;
      }
    },
  );
  return changed;
}

const ENDED: readonly CaseState[] = ['rejected', 'withdrawn', 'expired', 'void'];
const MOST_CASES = 50;
const arranged = ({ plans, offers, postings, writeOffs }: AccountWork) =>
  plans.length + offers.length + postings.length + writeOffs.length > 0;

function judged(
  { work, day: { today, items, calendar, rules, ledgerAge } }: AccountCase,
  payments: readonly Payment[],
  credited: Credited,
): ArrangementRequest[] {
  const fresh = ledgerAge !== null && ledgerAge <= rules.staleAfter;
  const lapsed = (date: Day) => fresh && promiseLapsed({ date }, today, calendar, rules.promiseGrace);
  // The ledger is of a business day behind it: what came in on the day itself is known.
  const over = (date: Day) => ledgerAge === 0 && workingDaysSince(date, today, calendar, 1) === 1;
  return [
    ...work.plans.map((plan) => judgePlan(plan, paidOn(plan, residualsOf(items, plan.entity)), lapsed, over)),
    ...work.offers.map((offer) => judgeOffer(offer, payments, residualsOf(items, offer.entity), lapsed(offer.until))),
    ...work.writeOffs.map((of) => judgeWriteOff(of, payments)),
    ...work.postings.map((posting) =>
      isBooked(posting, work.writeOffs, residualsOf(items, posting.entity), payments, credited)
        ? ({ do: 'confirm-posting', id: posting.id } as const)
        : null,
    ),
  ].filter((request) => request !== null);
}

type Credited = (entity: string, invoice: string) => number;

/** Whether the ledger shows what the bookkeepers were asked for. */
function isBooked(
  { id, kind, entity, lines }: OpenPosting,
  writeOffs: readonly WriteOff[],
  openNow: (invoice: string) => number,
  payments: readonly Payment[],
  credited: Credited,
): boolean {
  if (kind === 'write-off-reversal')
    return lines.every(({ invoice, amount, creditedThen = 0 }) => credited(entity, invoice) <= creditedThen - amount);
  const of = kind === 'write-off' ? writeOffs.find((each) => postingOf(each.id) === id) : undefined;
  return of ? writeOffBooked(of, openNow, payments) : lines.every((line) => awaited(line, openNow(line.invoice)) === 0);
}

/** What nobody approved ends: rejected, withdrawn, lapsed, or voided because what it rested on changed. */
async function declined(world: World, account: string, { plans, offers }: AccountWork): Promise<ArrangementRequest[]> {
  const proposed = [...plans, ...offers].filter(({ state }) => state === 'proposed').map(({ id }) => id);
  if (proposed.length === 0) return [];
  const ended = (await world.cases.ofAccount(account, MOST_CASES)).filter(({ case: { state } }) => ENDED.includes(state));
  return proposed.flatMap((id): ArrangementRequest[] => {
    const about = ended.find((each) => each.case.about.arrangement === id)?.case;
    if (!about) return [];
    const note = about.outcome;
    if (plans.some((plan) => plan.id === id)) return [{ do: 'close-plan', id, outcome: 'declined', paid: 0, note }];
    return [{ do: 'close-offer', id, outcome: 'declined', inTime: 0, late: 0, remainder: [], note }];
  });
}

/** The same finding of the same day is recorded once, by however many instances. */
function commandOf(request: ArrangementRequest, today: Day): string {
  const what = 'through' in request ? request.through : 'received' in request ? request.received : '';
  return `settle:${request.id}:${request.do}:${what}:${today}`;
}

/** After each import and each hour, since days begin at different hours. */
export function arrangementSettling(world: World): () => Promise<void> {
  let settled = '';
  return async () => {
    const { asOf } = await world.ledger.freshness();
    const state = `${asOf} ${world.clock.now().toString().slice(0, 13)}`;
    if (state === settled) return;
    await settleArrangements(world);
    settled = state;
  };
}
