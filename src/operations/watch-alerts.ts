import type { Alert } from '../domain/alerts.ts';
import { addDays, dayIn, daysBetween } from '../domain/day.ts';
import { policyFor } from '../domain/policies.ts';
import { workingDaysSince } from '../domain/working-days.ts';
import { type AccountCase, calendarAround, type FollowUpPorts, readAccountDays } from './account-days.ts';
import type { CaseStore } from './case-ports.ts';
import { type AlertPorts, raiseAlert } from './tell-alerts.ts';

export interface WatchAlertsPorts extends FollowUpPorts, AlertPorts {
  readonly cases: CaseStore;
}

type Cause = Omit<Alert, 'user' | 'notBefore'>;

/** Days before an insurer's deadline on which it is told of (F38). */
const INSURER = [10, 3];
/** Payments older than this were known before. */
const PAID_DAYS = 5;
const MOST_PAYMENTS = 20;

/** What no fact tells of by itself: limits, deadlines, silence and money. May be repeated: each cause is told once. Returns how many were new. */
export async function watchAlerts(ports: WatchAlertsPorts): Promise<number> {
  const { cases, policies, freshness } = await readAccountDays(ports);
  if (freshness.applying) return 0;
  const { zone, country, region } = await ports.settings.read();
  const today = dayIn(zone, ports.clock.now());
  const ours = calendarAround(ports.holidays, `${country}/${region}`, Number(today.slice(0, 4)));
  const open = new Set((await ports.cases.open()).map(({ case: each }) => each.account));
  let raised = 0;
  for (const each of cases) {
    const unanswered = each.work.replies
      .filter(({ received }) => workingDaysSince(received, today, ours, 2) > 1)
      .map(({ id }): Cause => ({ id: `reply:${id}`, cause: 'reply-unanswered', account: each.row.id, about: { reply: id } }));
    const large = policyFor(policies, each.work.policy, each.row.segment).large;
    const paid = escalated(each, open) || pays(each, large) ? await payments(ports, each, escalated(each, open), large) : [];
    const causes = [...unanswered, ...limits(each), ...insurers(each), ...releases(each), ...paid];
    for (const cause of causes) if (await raiseAlert(ports, cause)) raised += 1;
  }
  return raised;
}

function limits({ row, work, day }: AccountCase): Cause[] {
  return Object.entries(work.creditLimits).flatMap(([currency, limit]) => {
    const open = day.items.reduce((sum, item) => (item.currency === currency ? sum + item.open : sum), 0);
    if (open <= limit) return [];
    return [
      { id: `limit:${row.id}:${currency}:${limit}`, cause: 'limit-passed' as const, account: row.id, about: { currency, limit, open } },
    ];
  });
}

function insurers({ row, work, day: { items, today } }: AccountCase): Cause[] {
  const within = work.agreement?.insuranceDeadline ?? null;
  if (within === null) return [];
  return items.flatMap((item) => {
    const deadline = addDays(item.due, within);
    const left = daysBetween(today, deadline);
    const warn = INSURER.findLast((days) => left <= days);
    if (item.due >= today || warn === undefined || left < 0) return [];
    const about = { invoice: item.number, currency: item.currency, open: item.open, deadline };
    return [
      { id: `insurer:${row.id}:${item.entity}:${item.number}:${warn}`, cause: 'insurance-deadline' as const, account: row.id, about },
    ];
  });
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
/** A customer who has ever had large invoices may pay large sums; others are not looked at. */
const pays = ({ day: { items } }: AccountCase, large: Readonly<Record<string, number>>) =>
  items.some((item) => item.open >= (large[item.currency] ?? Number.POSITIVE_INFINITY));

async function payments(
  ports: WatchAlertsPorts,
  { row, day: { today } }: AccountCase,
  any: boolean,
  large: Readonly<Record<string, number>>,
): Promise<Cause[]> {
  const recent = (await ports.ledger.payments(row.id, MOST_PAYMENTS)).filter(
    (each) => !each.reversed && daysBetween(each.received, today) <= PAID_DAYS && each.received <= today,
  );
  return recent
    .filter(({ amount, currency }) => any || amount >= (large[currency] ?? Number.POSITIVE_INFINITY))
    .map(({ id, amount, currency, received }) => ({
      id: `payment:${id}`,
      cause: 'payment-received',
      account: row.id,
      about: { amount, currency, received },
    }));
}

/** Watches after each import and each hour. */
export function alertWatching(ports: WatchAlertsPorts): () => Promise<void> {
  let watched = '';
  return async () => {
    const { asOf } = await ports.ledger.freshness();
    const state = `${asOf} ${ports.clock.now().toString().slice(0, 13)}`;
    if (state === watched) return;
    await watchAlerts(ports);
    watched = state;
  };
}
