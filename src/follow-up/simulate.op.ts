import type { AccountRequest, AccountWork } from '../account/account-work.ts';
import { decideAccount } from '../account/decide-account.ts';
import { arrangedParts } from '../arrangements/arrangements.ts';
import { addDays, type Day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import type { AccountRow, Freshness } from '../ledger/ledger.port.ts';
import { type AccountCase, decideAccountCase, readAccountDays } from './account-days.op.ts';
import type { FollowUpAction } from './follow-up.ts';
import type { Policies } from './policies.ts';

export interface SimulatedStep {
  readonly day: Day;
  readonly account: AccountRow;
  readonly action: FollowUpAction;
}

export interface Simulation {
  readonly days: number;
  /** By day, then by account name. */
  readonly steps: readonly SimulatedStep[];
  readonly freshness: Freshness;
}

export const LONGEST_SIMULATION = 60;

/** What would be drafted from today on for so many days, if everything is approved on its day, nobody pays and the ledger is imported daily. */
export async function simulate(world: World, days: number): Promise<Simulation> {
  const { cases, policies, freshness } = await readAccountDays(world);
  const steps = cases.flatMap((each) => stepsOf(each, policies, days));
  steps.sort((a, b) => (`${a.day}\n${a.account.name}` < `${b.day}\n${b.account.name}` ? -1 : 1));
  return { days, steps, freshness };
}

/** An account's steps of the next days; at most `most` of them. The first day is today, as the ledger is now. */
export function stepsOf(account: AccountCase, policies: Policies, days: number, most = Number.POSITIVE_INFINITY): SimulatedStep[] {
  const steps: SimulatedStep[] = [];
  let { work } = account;
  for (let n = 0; n < days && steps.length < most; n += 1) {
    const today = addDays(account.day.today, n);
    const ledgerAge = n === 0 ? account.day.ledgerAge : 0;
    const { items, calendar, rules } = account.day;
    const planned = arrangedParts(account.work, items, today, calendar, rules.promiseGrace);
    const { action } = decideAccountCase({ ...account, work, day: { ...account.day, today, work, planned, ledgerAge } }, policies);
    if (!action) continue;
    steps.push({ day: today, account: account.row, action });
    work = taken(work, action, account, today);
  }
  return steps;
}

function taken(work: AccountWork, action: FollowUpAction, { day }: AccountCase, today: Day): AccountWork {
  const open = day.items.filter((item) => item.entity === action.entity).map((item) => item.number);
  const decided = decideAccount(work, contactOf(action, open, today), 'simulation', today, today);
  if ('refused' in decided) throw new Error(`a simulated step was refused: ${decided.refused}`);
  return decided.work;
}

/** How an action that was carried out is recorded. */
export function contactOf(
  { entity, stage, kind, invoices, said }: FollowUpAction,
  open: readonly string[],
  on: Day,
): Extract<AccountRequest, { do: 'record-contact' }> {
  const { key, offset, channel } = stage;
  if (channel === 'task') throw new Error(`${key} reaches no customer`);
  const numbers = invoices.map((each) => each.number);
  const statement = kind === 'statement';
  return {
    ...{ do: 'record-contact', entity, on, channel, purpose: statement ? 'statement' : 'stage', stage: statement ? null : { key, offset } },
    ...{ invoices: numbers, open, said },
  };
}
