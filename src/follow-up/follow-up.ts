import { type AccountWork, onHold } from '../account/account-work.ts';
import { standingGo } from '../account/veto.ts';
import { divideItems, type LedgerCredit, type LedgerItem, type PlannedPart } from '../arrangements/collectable.ts';
import type { Day } from '../kernel/day.ts';
import { exponentOf } from '../kernel/money.ts';
import { dayOff, type WorkingDays, workingDayAfter } from '../kernel/working-days.ts';
import type { Ask } from './ask.ts';
import type { EntityCase } from './claim.ts';
import { ladderOf } from './ladder.ts';
import type { CurrencyAmounts, Policy, PolicyStage } from './policy.ts';
import type { ProposedStep } from './proposals.ts';
import { type EntityStand, type LeadingInvoice, type Standing, standingOf } from './stand.ts';

/** Why nothing is done for the whole account today. Several can hold at once. */
export const ACCOUNT_REASONS = [
  'status-stopped',
  'autopay',
  'on-hold',
  'stale-ledger',
  'weekend',
  'public-holiday',
  'contacted-today',
  'nothing-open',
] as const;
export type AccountReason = (typeof ACCOUNT_REASONS)[number];

/** Business days, set per company. */
export interface FollowUpRules {
  /** Between two written demands of one selling entity. */
  readonly demandGap: number;
  /** A ledger older than this asks nobody for money. */
  readonly staleAfter: number;
  /** A promise pauses through its date and this long after it. */
  readonly promiseGrace: number;
  /** For resolving a dispute, unless more time is given with a reason. */
  readonly disputeDays: number;
  /** That a notice of a plan's default gives. */
  readonly noticeDays: number;
  /** Somebody else approves a plan above this, and an offer that gives up more; minor units by currency, 5,000 units where none is set. */
  readonly approvalAbove: CurrencyAmounts;
  /** Of silence after which a step goes that the owner in sales was asked about. */
  readonly ownerDays: number;
}

export const DEFAULT_RULES: FollowUpRules = {
  demandGap: 5,
  staleAfter: 1,
  promiseGrace: 2,
  disputeDays: 10,
  noticeDays: 5,
  approvalAbove: {},
  ownerDays: 2,
};

const USUAL_LIMIT = 5_000;

/** Minor units; one above it needs an approval. */
export function approvalLimit({ approvalAbove }: FollowUpRules, currency: string): number {
  return approvalAbove[currency] ?? USUAL_LIMIT * 10 ** exponentOf(currency);
}

/** All that the decision about an account on a day rests on. */
export interface AccountDay {
  /** In the customer's zone. */
  readonly today: Day;
  readonly work: Pick<
    AccountWork,
    | 'status'
    | 'hold'
    | 'promises'
    | 'disputes'
    | 'closedDisputes'
    | 'replies'
    | 'ladders'
    | 'lastContact'
    | 'vetoes'
    | 'placements'
    | 'demands'
  >;
  readonly autopay: boolean;
  /** When the account first came into the ledger; null when that was not kept. */
  readonly importedOn: Day | null;
  /** Issue date of the customer's first invoice ever; null when not known. */
  readonly firstIssued: Day | null;
  /** Open items of all selling entities. */
  readonly items: readonly LedgerItem[];
  readonly credits: readonly LedgerCredit[];
  readonly planned: readonly PlannedPart[];
  readonly policy: Policy;
  /** Of the customer's country and region. */
  readonly calendar: WorkingDays;
  /** Business days of ours since the last import ended; null: there was none. */
  readonly ledgerAge: number | null;
  readonly rules: FollowUpRules;
  /** When a step may go of which the owner in sales hears only today and says nothing; null: there is nobody to ask. */
  readonly ownerSilence: Day | null;
  /** Approved letters that are to go out; left out: none. */
  readonly letters?: readonly { readonly entity: string; readonly since: Day }[];
}

/** What to do today: a mail to draft or a call to make. */
export interface FollowUpAction extends Ask {
  readonly entity: string;
  readonly stage: PolicyStage;
  readonly kind: 'stage' | 'statement' | 'note';
  /** The oldest invoice that is asked for. */
  readonly leading: LeadingInvoice;
  readonly jumped: boolean;
}

export interface FollowUp {
  readonly day: Day;
  readonly policy: { readonly key: string; readonly version: number };
  readonly action: FollowUpAction | null;
  /** What people are asked to decide, apart from any contact. */
  readonly proposals: readonly ProposedStep[];
  /** Every reason of the account's that holds; with one there is no action. */
  readonly reasons: readonly AccountReason[];
  /** By code. */
  readonly entities: readonly EntityStand[];
}

/** The one decision about an account on a day. Schedule, cards, /collections why and the simulation ask it; nothing else decides. */
export function decideFollowUp(account: AccountDay): FollowUp {
  const reasons = accountReasons(account);
  const standings = entityStandings(account);
  const first = firstInTurn(account, standings);
  const action = first && reasons.length === 0 ? actionOf(first) : null;
  const entities = standings.map((each): EntityStand => (isReady(each) && each !== first ? waitsItsTurn(account, each.stand) : each.stand));
  const proposals = !reasons.some((reason) => STOPS.has(reason)) ? standings.flatMap((each) => each.proposals) : [];
  return { day: account.today, policy: { key: account.policy.key, version: account.policy.version }, action, proposals, reasons, entities };
}

/** People may decide on any day, but not against what stops the account. */
const STOPS: ReadonlySet<AccountReason> = new Set(['status-stopped', 'autopay', 'on-hold', 'stale-ledger']);

function waitsItsTurn({ today, calendar }: AccountDay, stand: EntityStand): EntityStand {
  const reason = { code: 'other-entity-first' as const, until: workingDayAfter(today, 1, calendar) };
  const invoices = stand.invoices.map((each) => (each.reasons.length === 0 ? { ...each, reasons: [reason] } : each));
  return { ...stand, invoices, reasons: [reason.code] };
}

function accountReasons({ today, work, autopay, calendar, items, ledgerAge, rules }: AccountDay): AccountReason[] {
  const off = dayOff(today, calendar);
  const holds: Readonly<Record<AccountReason, boolean>> = {
    'status-stopped': work.status !== 'active',
    autopay,
    'on-hold': onHold(work, today),
    'stale-ledger': ledgerAge === null || ledgerAge > rules.staleAfter,
    weekend: off === 'weekend',
    'public-holiday': off === 'public-holiday',
    'contacted-today': work.lastContact !== null && work.lastContact >= today,
    'nothing-open': items.length === 0,
  };
  return ACCOUNT_REASONS.filter((reason) => holds[reason]);
}

/** What the decision rests on, for each selling entity that has something open. */
export function entityCases(account: AccountDay): EntityCase[] {
  const { today, work, items, calendar, rules } = account;
  const parts = divideItems(items, work, account.planned, today, calendar, rules.promiseGrace);
  const codes = [...new Set(items.map((item) => item.entity))].sort();
  return codes.map((entity) => {
    const own = <T extends { readonly entity: string }>(list: readonly T[]) => list.filter((each) => each.entity === entity);
    return {
      ...{ entity, today, calendar, policy: account.policy, importedOn: account.importedOn, firstIssued: account.firstIssued },
      parts: parts.filter(({ item }) => item.entity === entity),
      credits: own(account.credits),
      ladder: ladderOf(work.ladders, entity),
      ...{ demandGap: rules.demandGap, promiseGrace: rules.promiseGrace, ownerSilence: account.ownerSilence },
      vetoes: own(work.vetoes),
      ownerSays: standingGo(work.vetoes, today) !== null,
      replies: work.replies,
      placements: own(work.placements).filter(({ state }) => state !== 'recalled'),
      demands: own(work.demands),
      closedDisputes: own(work.closedDisputes),
      promises: own(work.promises).map(({ date, parts }) => ({ date, invoices: parts.map(({ invoice }) => invoice) })),
      disputes: own(work.disputes),
      letterSince: account.letters?.find((each) => each.entity === entity)?.since ?? null,
      onDay: (day) => entityCases({ ...account, today: day }).find((each) => each.entity === entity)!,
    };
  });
}

const entityStandings = (account: AccountDay): Standing[] => entityCases(account).map(standingOf);

const isReady = ({ message }: Standing) => message !== null;

/** Entities take turns: the one not heard of for longest, then the one with the older invoice. */
function firstInTurn({ work }: AccountDay, standings: readonly Standing[]): Standing | null {
  const rank = ({ stand }: Standing) =>
    `${ladderOf(work.ladders, stand.entity).lastContact ?? ''}\n${stand.leading?.due ?? ''}\n${stand.entity}`;
  return standings.filter(isReady).reduce<Standing | null>((first, each) => (first && rank(first) <= rank(each) ? first : each), null);
}

function actionOf({ stand, message, ask }: Standing): FollowUpAction {
  const { stage, kind, takes } = message!;
  return { entity: stand.entity, stage, kind, leading: stand.leading!, jumped: takes.some((each) => each.jumped), ...ask() };
}
