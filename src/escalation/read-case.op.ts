import type { AccountStore } from '../account/account.port.ts';
import type { Clock } from '../kernel/clock.port.ts';
import { dayIn, daysBetween, zoneOf } from '../kernel/day.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import { type PaymentPattern, paymentPattern } from '../ledger/payment-pattern.ts';
import type { SettingsStore } from '../team/settings.port.ts';
import type { TeamStore } from '../team/team.port.ts';
import type { Timeline } from '../trail/trail.port.ts';
import type { StoredCase } from './case.port.ts';
import { type Case, standing } from './case.ts';
import type { Vote } from './case-people.ts';
import { whoMayDecide } from './case-people.ts';
import { expectedRecovery, type Recovery } from './recovery.ts';
import { answersFromData, type Question } from './six-questions.ts';

export interface ReadCasePorts {
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly ledger: Ledger;
  readonly accounts: AccountStore;
  readonly team: TeamStore;
  readonly timeline: Timeline;
}

/** What people see of an account before they decide. */
export interface CaseGround {
  readonly pattern: PaymentPattern;
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
}

const LOOKED_AT = 500;

export async function readGround(
  ports: ReadCasePorts,
  { account, entity, currency }: Pick<Case, 'account' | 'entity' | 'currency'>,
): Promise<CaseGround> {
  const items = await Array.fromAsync(ports.ledger.openItems(account));
  const [row, worked, settings, invoices, payments, contacts, latest] = await Promise.all([
    ports.ledger.account(account),
    ports.accounts.load(account),
    ports.settings.read(),
    // Open ones come first: of the paid ones as many as tell how this customer pays.
    ports.ledger.invoices(account, items.length + LOOKED_AT),
    ports.ledger.payments(account, LOOKED_AT),
    ports.ledger.contacts(account),
    ports.timeline.latest(`account:${account}`, 50),
  ]);
  const pattern = paymentPattern(invoices, payments);
  const reply = latest.find((fact) => fact.type === 'reply-received');
  const lastReply = (reply?.received ?? null) as Parameters<typeof answersFromData>[0]['lastReply'];
  const today = dayIn(zoneOf(row, settings), ports.clock.now());
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
export async function readCase(ports: ReadCasePorts, { case: of }: StoredCase): Promise<CaseView> {
  const [ground, row, team, { zone }] = await Promise.all([
    readGround(ports, of),
    ports.ledger.account(of.account),
    ports.team.read(),
    ports.settings.read(),
  ]);
  return {
    case: of,
    name: row?.name ?? of.account,
    ground,
    recovery: expectedRecovery(of.kind, of.amount, of.currency, ground.oldestDays, priceOf(of)),
    deciders: of.state === 'open' ? whoMayDecide(of, team, dayIn(zone, ports.clock.now())) : [],
    approvals: standing(of, team),
    zone,
  };
}
