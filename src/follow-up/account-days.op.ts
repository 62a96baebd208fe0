import type { AccountWork } from '../account/account-work.ts';
import { arrangedParts } from '../arrangements/arrangements.ts';
import type { LedgerCredit, LedgerItem } from '../arrangements/collectable.ts';
import { type Day, dayIn, zoneOf } from '../kernel/day.ts';
import { inTurns } from '../kernel/in-turns.op.ts';
import { calendarAround, type WorkingDays, workingDayAfter, workingDaysSince } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import type { AccountOrigin, AccountRow, Freshness, OpenCredit } from '../ledger/ledger.port.ts';
import type { StoredDraft } from '../mails/draft.port.ts';
import type { Settings } from '../team/settings.port.ts';
import { askableOwner, type Team } from '../team/team.ts';
import { type AccountDay, decideFollowUp, type FollowUp } from './follow-up.ts';
import { type Policies, policyFor } from './policies.ts';

/** An account with all that its decision rests on but the policy, which is chosen when it is decided. */
export interface AccountCase {
  readonly row: AccountRow;
  readonly work: AccountWork;
  readonly day: Omit<AccountDay, 'policy'>;
}

export interface AccountCases {
  readonly cases: readonly AccountCase[];
  readonly policies: Policies;
  readonly freshness: Freshness;
}

export const rowIdOf = ({ row }: AccountCase): string => row.id;

export function decideAccountCase({ row, work, day }: AccountCase, policies: Policies): FollowUp {
  return decideFollowUp({ ...day, rules: policies.rules, policy: policyFor(policies, work.policy, row.segment) });
}

/** Every account as of now, each on its own local day. */
export async function readAccountDays(world: World): Promise<AccountCases> {
  const [shared, rows, works, books, drafts] = await Promise.all([
    readShared(world),
    world.ledger.accounts(),
    world.accounts.all(),
    world.ledger.openBooks(),
    world.drafts.open(),
  ]);
  const letters = Map.groupBy(approvedLetters(shared, drafts), ({ account }) => account);
  const cases: AccountCase[] = [];
  for await (const row of inTurns(rows)) {
    const work = works.get(row.id);
    const [items = [], credits = [], own = []] = [books.items.get(row.id), books.credits.get(row.id), letters.get(row.id)];
    if (work) cases.push(caseOf(shared, row, work, items, credits, own, books.origins.get(row.id)));
  }
  return { cases, policies: shared.policies, freshness: shared.freshness };
}

/** One account as of now; null when there is no such account. */
export async function readAccountDay(world: World, id: string): Promise<AccountCases | null> {
  const [row, worked] = await Promise.all([world.ledger.account(id), world.accounts.load(id)]);
  if (!row || !worked) return null;
  const [shared, items, credits, origin] = await Promise.all([
    readShared(world),
    world.ledger.openItems(id),
    world.ledger.openCredits(id),
    world.ledger.origin(id),
  ]);
  const letters = approvedLetters(shared, await world.drafts.open(id));
  return {
    cases: [caseOf(shared, row, worked.work, items, credits, letters, origin)],
    policies: shared.policies,
    freshness: shared.freshness,
  };
}

interface Shared {
  readonly settings: Settings;
  readonly policies: Policies;
  readonly freshness: Freshness;
  readonly ledgerAge: number | null;
  readonly calendarOf: (country: string, region: string) => WorkingDays;
  readonly todayIn: (zone: string) => Day;
  readonly importedOn: (row: AccountRow, at: Temporal.Instant) => Day;
  readonly team: Team;
  /** Until when an owner in sales who is asked today may stay silent, exclusive; in business days of ours. */
  readonly ownerSilence: Day;
}

async function readShared(world: World): Promise<Shared> {
  const now = world.clock.now();
  const [settings, policies, freshness, team] = await Promise.all([
    world.settings.read(),
    world.policies.read(),
    world.ledger.freshness(),
    world.team.read(),
  ]);
  const todayIn = kept((zone: string) => dayIn(zoneOf({ zone }, settings), now));
  const ours = todayIn('');
  // Thousands of accounts came in at the same moment.
  const imported = new Map<string, Day>();
  const importedOn = (row: AccountRow, at: Temporal.Instant) => {
    const zone = zoneOf(row, settings);
    return imported.getOrInsertComputed(`${at.epochMilliseconds} ${zone}`, () => dayIn(zone, at));
  };
  const calendars = kept((place: string) => {
    const [country = '', region = ''] = place.split('/');
    return calendarAround(world.holidays, { country, region }, ours);
  });
  const calendarOf = (country: string, region: string) => calendars(`${country}/${region}`);
  const asOf = freshness.asOf && dayIn(settings.zone, freshness.asOf);
  // Nobody imports into the sample; it would fall asleep after two days of looking around.
  const age = asOf && workingDaysSince(asOf, ours, calendarOf(settings.country, settings.region), policies.rules.staleAfter + 1);
  // The day on which they are asked does not count; on the last of the days the step goes.
  const ownerSilence = workingDayAfter(ours, policies.rules.ownerDays, calendarOf(settings.country, settings.region));
  return { settings, policies, freshness, ledgerAge: freshness.sample ? 0 : age, calendarOf, todayIn, importedOn, team, ownerSilence };
}

function caseOf(
  shared: Shared,
  row: AccountRow,
  work: AccountWork,
  items: readonly LedgerItem[],
  credits: readonly OpenCredit[],
  letters: NonNullable<AccountDay['letters']>,
  origin: AccountOrigin | null | undefined,
): AccountCase {
  const { settings, policies, ledgerAge, calendarOf, todayIn } = shared;
  // Where a customer is not known to be, our own days off count.
  const calendar = row.country === '' ? calendarOf(settings.country, settings.region) : calendarOf(row.country, row.region);
  const day: AccountCase['day'] = {
    today: todayIn(row.zone),
    work,
    autopay: row.autopay,
    importedOn: origin?.importedAt ? shared.importedOn(row, origin.importedAt) : null,
    firstIssued: origin?.firstIssued ?? null,
    items,
    credits: credits as readonly LedgerCredit[],
    planned: arrangedParts(work, items, todayIn(row.zone), calendar, policies.rules.promiseGrace),
    calendar,
    ledgerAge,
    rules: policies.rules,
    ownerSilence: askableOwner(shared.team, row.owner) ? shared.ownerSilence : null,
    letters,
  };
  return { row, work, day };
}

/** Demand letters that are on their way, each since its approval: ordinary mails wait for them a while. */
function approvedLetters({ settings }: Shared, drafts: readonly StoredDraft[]) {
  return drafts.flatMap(({ draft: { account, entity, letter, approvals } }) => {
    const at = approvals.at(-1)?.at;
    return letter && at ? [{ account, entity, since: dayIn(settings.zone, Temporal.Instant.from(at)) }] : [];
  });
}

function kept<Value>(make: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    if (!known.has(key)) known.set(key, make(key));
    return known.get(key)!;
  };
}
