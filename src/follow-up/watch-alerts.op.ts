import { lastInsuredDay, reportBy } from '../charges/insured.ts';
import { seriesNeeded } from '../charges/missing-rates.ts';
import { remindRates } from '../charges/remind-rates.op.ts';
import { termsIn } from '../charges/terms.ts';
import { exposuresOf } from '../credit/exposure.ts';
import { creditCauses } from '../credit/watch-credit.ts';
import { insolvencyCauses } from '../escalation/insolvency-alerts.op.ts';
import { addDays, type Day, dayIn, daysBetween } from '../kernel/day.ts';
import { eachAlone } from '../kernel/each-alone.op.ts';
import { calendarAround, workingDaysSince } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import type { Payment } from '../ledger/invoice.ts';
import { type AccountCase, decideAccountCase, readAccountDays, rowIdOf } from './account-days.op.ts';
import { type Policies, policyFor } from './policies.ts';
import { type Cause, raiseAlert } from './tell-alerts.op.ts';

/** Days before an insurer's deadline on which it is told of. */
const INSURER = [10, 3];
/** Days before the last day of the insurer's longest extension. */
const EXTENSION = [14, 7, 1];
/** Payments older than this were known before. */
const PAID_DAYS = 5;

/** What no fact tells of by itself: limits, deadlines, silence and money. May be repeated: each cause is told once. Returns how many were new. */
export async function watchAlerts(world: World): Promise<number> {
  const { cases, policies, freshness } = await readAccountDays(world);
  if (freshness.applying) return 0;
  const { zone, country, region, terms } = await world.settings.read();
  const today = dayIn(zone, world.clock.now());
  const ours = calendarAround(world.holidays, { country, region }, today);
  const open = new Set((await world.cases.open()).map(({ case: each }) => each.account));
  const lately = await world.ledger.paymentsBetween(addDays(today, -PAID_DAYS), today);
  const received = Map.groupBy(lately, ({ account }) => account);
  const needed = cases.flatMap(
    ({ row, work }) => seriesNeeded(termsIn({ terms }, work.agreement, row.entity), work.kind ?? row.kind) ?? [],
  );
  const exposures = exposuresOf(
    cases.map(({ row }) => row),
    new Map(cases.map(({ row, day }) => [row.id, day.items])),
    new Map(cases.map(({ row, day }) => [row.id, day.credits])),
  );
  const firstImport = cases.map(({ day }) => day.importedOn).sort()[0] ?? null;
  let raised = await remindRates(world, needed, today);
  await eachAlone('accounts', cases, rowIdOf, async (each) => {
    const unanswered = each.work.replies
      .filter(({ received }) => workingDaysSince(received, today, ours, 2) > 1)
      .map(({ id }): Cause => ({ id: `reply:${id}`, cause: 'reply-unanswered', account: each.row.id, about: { reply: id } }));
    const { large } = policyFor(policies, each.work.policy, each.row.segment);
    const arrived = payments(each, received.get(each.row.id) ?? [], escalated(each, open), large);
    const causes = [
      ...unanswered,
      ...managerCalls(each, policies),
      ...creditCauses(each, exposures, firstImport),
      ...insurers(each),
      ...insolvencyCauses(each, terms),
      ...releases(each),
      ...arrived,
    ];
    for (const cause of causes) raised += await raiseAlert(world, cause);
  });
  return raised;
}

/** A call that only a manager may make: nobody else's list can do it. Once for each oldest invoice that is called about. */
function managerCalls(of: AccountCase, policies: Policies): Cause[] {
  const { action } = decideAccountCase(of, policies);
  if (action?.stage.channel !== 'call' || action.stage.approval !== 'manager') return [];
  const { entity, stage, leading } = action;
  const about = { entity, stage: stage.key, invoice: leading.invoice };
  return [{ id: `manager-call:${of.row.id}:${entity}:${stage.key}:${leading.invoice}`, cause: 'manager-call', account: of.row.id, about }];
}

function insurers({ row, work, day: { items, today } }: AccountCase): Cause[] {
  const { agreement } = work;
  return items.flatMap((item) => {
    const told = (what: 'insurer' | 'extension', deadline: Day, warnings: readonly number[]): Cause[] => {
      const when = whenTold(daysBetween(today, deadline), warnings);
      if (item.due >= today || when === null) return [];
      const about = {
        invoice: item.number,
        currency: item.currency,
        open: item.open,
        deadline,
        what,
        ...(deadline < today ? { late: 1 } : {}),
      };
      return [{ id: `${what}:${row.id}:${item.entity}:${item.number}:${when}`, cause: 'insurance-deadline', account: row.id, about }];
    };
    const [report, last] = [reportBy(agreement, item.due), lastInsuredDay(agreement, item.due)];
    return [...(report === null ? [] : told('insurer', report, INSURER)), ...(last === null ? [] : told('extension', last, EXTENSION))];
  });
}

/** Each warning once, and once a week as long as the invoice is open behind the day: what is late is no less lost. */
function whenTold(left: number, warnings: readonly number[]): string | null {
  if (left < 0) return `late-${Math.ceil(-left / 7)}`;
  const warn = warnings.findLast((days) => left <= days);
  return warn === undefined ? null : String(warn);
}

/** Supply was stopped and nothing is past due any more. */
function releases({ row, work: { supply }, day }: AccountCase): Cause[] {
  if (!supply?.stopped || day.items.some((item) => item.due < day.today)) return [];
  return [{ id: `release:${row.id}:${supply.case}`, cause: 'supply-release', account: row.id, about: {} }];
}

const escalated = ({ row, work }: AccountCase, open: ReadonlySet<string>) =>
  work.placements.some(({ state }) => state !== 'closed' && state !== 'recalled') ||
  work.demands.length > 0 ||
  work.supply?.stopped === true ||
  open.has(row.id);
/** Large ones, and any while firm steps are under way; what came before the account was first imported was known. */
function payments(
  { row, day: { importedOn } }: AccountCase,
  received: readonly Payment[],
  any: boolean,
  large: Readonly<Record<string, number>>,
): Cause[] {
  return received
    .filter((each) => importedOn === null || each.received >= importedOn)
    .filter(({ amount, currency }) => any || amount >= (large[currency] ?? Number.POSITIVE_INFINITY))
    .map(({ id, amount, currency, received: on }) => ({
      id: `payment:${id}`,
      cause: 'payment-received',
      account: row.id,
      about: { amount, currency, received: on },
    }));
}

/** Watches after each import and each hour. */
export function alertWatching(world: World): () => Promise<void> {
  let watched = '';
  return async () => {
    const { asOf } = await world.ledger.freshness();
    const state = `${asOf} ${world.clock.now().toString().slice(0, 13)}`;
    if (state === watched) return;
    await watchAlerts(world);
    watched = state;
  };
}
