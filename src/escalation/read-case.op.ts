import { type CreditStand, readCredit } from '../credit/read-credit.op.ts';
import { dayIn, daysBetween, zoneOf } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import type { PaymentHabit } from '../numbers/payment-habit.ts';
import { habitOf } from '../numbers/read-habits.op.ts';
import type { StoredCase } from './case.port.ts';
import { type Case, standing } from './case.ts';
import type { Vote } from './case-people.ts';
import { whoMayDecide } from './case-people.ts';
import { expectedRecovery, type Recovery } from './recovery.ts';
import { answersFromData, type Question } from './six-questions.ts';

/** What people see of an account before they decide. */
export interface CaseGround {
  readonly pattern: PaymentHabit | null;
  readonly answers: Partial<Record<Question, string>>;
  /** Overdue in the currency in question, minor units, and the days past due of the oldest of it. */
  readonly overdue: number;
  readonly oldestDays: number;
}

export interface CaseView {
  readonly case: Case;
  readonly name: string;
  readonly ground: CaseGround;
  readonly recovery: Recovery | null;
  /** Who can give the next vote, and in whose place. */
  readonly deciders: readonly { readonly user: string; readonly as: string }[];
  /** Approvals that count. */
  readonly approvals: readonly Vote[];
  readonly zone: string;
  /** Of kinds that rest on what the customer may owe. */
  readonly credit?: CreditStand;
}

const ON_CREDIT: readonly Case['kind'][] = ['credit-limit', 'stop-supply', 'release-supply'];

export async function readGround(
  world: World,
  { account, entity, currency }: Pick<Case, 'account' | 'entity' | 'currency'>,
): Promise<CaseGround> {
  const items = await world.ledger.openItems(account);
  const [row, worked, settings, pattern, contacts, latest] = await Promise.all([
    world.ledger.account(account),
    world.accounts.load(account),
    world.settings.read(),
    habitOf(world, account),
    world.ledger.contacts(account),
    world.timeline.latest(`account:${account}`, 50),
  ]);
  const reply = latest.find((fact) => fact.type === 'reply-received');
  const lastReply = (reply?.received ?? null) as Parameters<typeof answersFromData>[0]['lastReply'];
  const today = dayIn(zoneOf(row, settings), world.clock.now());
  const late = items.filter((each) => each.due < today && each.currency === currency && (entity === '' || each.entity === entity));
  return {
    pattern,
    answers: worked ? answersFromData({ work: worked.work, contacts, pattern, lastReply }) : {},
    overdue: late.reduce((sum, each) => sum + each.open, 0),
    oldestDays: late.reduce((most, each) => Math.max(most, daysBetween(each.due, today)), 0),
  };
}

/** What whoever would be given the claim asks for it, as it stood at the request. */
function priceOf({ about }: Case): { rate: number; fixed: number } | undefined {
  return about.rate === undefined ? undefined : { rate: Number(about.rate), fixed: Number(about.courtFees ?? 0) };
}

/** Everything a case's card shows, as of now. */
export async function readCase(world: World, { case: of }: StoredCase): Promise<CaseView> {
  const [ground, row, team, { zone }] = await Promise.all([
    readGround(world, of),
    world.ledger.account(of.account),
    world.team.read(),
    world.settings.read(),
  ]);
  const credit = ON_CREDIT.includes(of.kind) ? { credit: await readCredit(world, of.account) } : {};
  return {
    ...credit,
    case: of,
    name: row?.name ?? of.account,
    ground,
    recovery: expectedRecovery(of.kind, of.amount, of.currency, ground.oldestDays, priceOf(of)),
    deciders: of.state === 'open' ? whoMayDecide(of, team, dayIn(zone, world.clock.now())) : [],
    approvals: standing(of, team),
    zone,
  };
}
