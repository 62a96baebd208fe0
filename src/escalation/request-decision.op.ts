import { spokenOf } from '../follow-up/alerts.ts';
import type { Fingerprint } from '../kernel/clock.port.ts';
import { type Day, dayIn, zoneOf } from '../kernel/day.ts';
import { stamp } from '../kernel/fact.ts';
import { calendarAround, workingDayAfter } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import type { Settings } from '../team/settings.port.ts';
import { type CaseKind, type Needed, neededFor } from './approval-table.ts';
import { type Case, type CaseRefusal, openCase } from './case.ts';
import { decidersOf } from './case-people.ts';

/** What a person asks to be decided; `amount` in minor units of `currency`, `about` ids only. */
export interface DecisionAsked
  extends Pick<Case, 'kind' | 'account' | 'entity' | 'currency' | 'amount' | 'reason' | 'reasonCodes' | 'about'> {
  readonly answers?: Case['answers'];
  /** What it rests on, as the asker saw it; left out: as the rule of the kind reads it now. */
  readonly basis?: unknown;
}

export type RequestRefusal = CaseRefusal | 'no-such-account' | 'no-such-kind' | 'case-open-already' | 'escalations-channel-missing';

export type RequestDecisionResult =
  | { readonly done: true; readonly case: Case; readonly again: boolean }
  | { readonly done: false; readonly refused: RequestRefusal }
  /** The kind's own reason, in one sentence. */
  | { readonly done: false; readonly refused: 'kind-refuses'; readonly says: string }
  /** Nothing was created; `could`: people with the role, whatever keeps them from it. */
  | { readonly done: false; readonly refused: 'nobody-eligible'; readonly missing: Needed; readonly could: readonly string[] };

/** Asks for a decision; nothing is created when nobody could give it. The caller has authorized `by`. A repeated command does nothing. */
export async function requestDecision(world: World, asked: DecisionAsked, by: string, command: string): Promise<RequestDecisionResult> {
  const id = caseId(world.fingerprint, command);
  const rule = world.kinds[asked.kind];
  if (!rule) return { done: false, refused: 'no-such-kind' };
  const [known, settings, team, row] = await Promise.all([
    world.cases.load(id),
    world.settings.read(),
    world.team.read(),
    world.ledger.account(asked.account),
  ]);
  if (known) return { done: true, case: known.case, again: true };
  if (!row) return { done: false, refused: 'no-such-account' };
  if (!settings.escalationsChannel) return { done: false, refused: 'escalations-channel-missing' };
  const says = await rule.refusal(asked);
  if (says !== null) return { done: false, refused: 'kind-refuses', says };

  const now = world.clock.now();
  const { basis: seen, answers = {}, ...rest } = asked;
  const day = dayIn(zoneOf(row, settings), now);
  const basis = world.fingerprint(seen ?? (await rule.basis({ ...rest, day })));
  const terms = await termsOf(world, settings, asked.kind, asked.currency, asked.amount, now);
  const today = dayIn(settings.zone, now);
  const decision = openCase({ ...rest, id, answers, basis, day, requester: by, ...terms }, now, team, today);
  if ('refused' in decision) return { done: false, refused: decision.refused };
  const deciders = decidersOf(decision.case, team, today);
  if (!deciders.enough) return { done: false, refused: 'nobody-eligible', missing: deciders.missing, could: deciders.could };
  const kept = await world.cases.request(decision.case, stamp(decision.facts, `case:${id}`, 0, by, command, now), command);
  if (kept === 'open') return { done: false, refused: 'case-open-already' };
  return { done: true, case: decision.case, again: kept === 'there' };
}

const caseId = (fingerprint: Fingerprint, command: string) => `c-${fingerprint(command).slice(0, 24)}`;

/** Who must decide an amount and until when, by the table as it stands. */
export async function termsOf(
  world: Pick<World, 'approvalTable' | 'holidays'>,
  settings: Settings,
  kind: CaseKind,
  currency: string,
  amount: number,
  now: Temporal.Instant,
): Promise<Pick<Case, 'needed' | 'substitutes' | 'expiresAt' | 'remindAt'>> {
  const rule = (await world.approvalTable.read()).rules[kind];
  const local = now.toZonedDateTimeISO(settings.zone);
  const today: Day = dayIn(settings.zone, now);
  const calendar = calendarAround(world.holidays, settings, today);
  const last = Temporal.PlainDate.from(workingDayAfter(today, rule.expiryDays, calendar));
  const expires = last.toZonedDateTime({ timeZone: settings.zone, plainTime: local.toPlainTime() }).toInstant();
  return {
    needed: neededFor(rule, currency, amount),
    substitutes: rule.substitutes,
    expiresAt: expires.toString(),
    remindAt: spokenOf(expires.subtract({ hours: rule.remindHours }), expires, settings.zone, calendar).toString(),
  };
}
