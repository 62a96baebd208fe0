import path from 'node:path';
import { type AccountWork, NEW_WORK } from '../../src/account/account-work.ts';
import type { decideAccount as DecideAccount } from '../../src/account/decide-account.ts';
import type { LedgerItem } from '../../src/arrangements/collectable.ts';
import type { AccountDay, decideFollowUp as DecideFollowUp, FollowUpAction } from '../../src/follow-up/follow-up.ts';
import type { contactOf as ContactOf } from '../../src/follow-up/simulate.op.ts';
import type { Day } from '../../src/kernel/day.ts';
import type { weekendOf as WeekendOf } from '../../src/kernel/working-days.ts';
import type { holidayCalendar as HolidayCalendar } from '../../src/schedule/holidays.ts';
import { accountDay, invoice } from '../support/account-days.ts';
import { HOLIDAYS_2026 } from './known-holidays.ts';

/** Accounts walked through a year, each with its own days on which nobody worked. */
const ACCOUNTS = { test: 60, full: 6_000 };
const [FIRST, LAST] = [Date.UTC(2025, 11, 1), Date.UTC(2026, 11, 31)];
const DAY_MS = 86_400_000;
/** At most so many more in a row in the regions of the list: the feasts at the end of May in Riyadh. */
const EXTRA_DAYS_OFF = 3;
const FRIDAY_WEEKEND = new Set(['SA']);

interface Program {
  readonly decideFollowUp: typeof DecideFollowUp;
  readonly decideAccount: typeof DecideAccount;
  readonly contactOf: typeof ContactOf;
  readonly weekendOf: typeof WeekendOf;
  readonly holidayCalendar: typeof HolidayCalendar;
}

const COUNTS = {
  daysWalked: 0,
  contacts: 0,
  daysMissed: 0,
  weekendDays: 0,
  holidays: 0,
  onWeekends: 0,
  onHolidays: 0,
  twoOnOneDay: 0,
  demandsTooClose: 0,
  skippedStages: 0,
  notCaughtUp: 0,
};
type Counts = typeof COUNTS;

const weekdayOf = (ms: number) => new Date(ms).getUTCDay();
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** No contact on weekends and holidays of the customer's region; missed days caught up without burst or skip. */
export async function p16(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const from = (file: string) => import(path.join(src, file));
  const program: Program = {
    ...(await from('follow-up/follow-up.ts')),
    ...(await from('account/account-work.ts')),
    ...(await from('account/decide-account.ts')),
    ...(await from('follow-up/simulate.op.ts')),
    ...(await from('kernel/working-days.ts')),
    ...(await from('schedule/holidays.ts')),
  };
  const counts = { ...COUNTS };
  const calendars = program.holidayCalendar();
  const places = Object.keys(HOLIDAYS_2026);
  for (let n = 0; n < ACCOUNTS[size]; n += 1) {
    const place = places[n % places.length]!;
    const [country = '', region = ''] = place.split('-');
    const holidays = new Set([2025, 2026].flatMap((year) => [...calendars(country, region, year)]));
    walk(program, { place, country, calendar: { weekend: program.weekendOf(country), holidays } }, n, counts);
  }
  const broken =
    counts.onWeekends + counts.onHolidays + counts.twoOnOneDay + counts.demandsTooClose + counts.skippedStages + counts.notCaughtUp;
  return { held: broken === 0, figures: { accounts: ACCOUNTS[size], ...counts } };
}

interface Place {
  readonly place: string;
  readonly country: string;
  readonly calendar: AccountDay['calendar'];
}

/** Deterministic: the same number always gives the same account, invoices and missed days. */
function chances(seed: number): (most: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (most) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) >>> 0;
    return state % most;
  };
}

function walk(program: Program, { place, country, calendar }: Place, seed: number, counts: Counts): void {
  const random = chances(seed);
  const items: LedgerItem[] = Array.from({ length: 2 + random(4) }, (_, i) =>
    invoice(`N${i}`, iso(FIRST + random(300) * DAY_MS), { entity: random(3) === 0 ? 'NWEU' : 'NWUK' }),
  );
  let work: AccountWork = NEW_WORK;
  const seen: Seen = {
    ...{ mails: new Map(), calls: new Map(), stages: new Map(), own: new Map() },
    isOff: (ms) => isOff(place, country, ms) !== null,
  };
  let missing = 0;
  for (let ms = FIRST; ms <= LAST; ms += DAY_MS) {
    counts.daysWalked += 1;
    const off = isOff(place, country, ms);
    if (off === 'weekend') counts.weekendDays += 1;
    if (off === 'holiday') counts.holidays += 1;
    if (random(40) === 0) missing = 1 + random(9);
    if (missing > 0) {
      missing -= 1;
      counts.daysMissed += 1;
      continue;
    }
    const account = accountDay(
      iso(ms),
      items.filter((item) => Date.parse(item.due) - ms < 30 * DAY_MS),
      { calendar },
    );
    const { action } = program.decideFollowUp({ ...account, work });
    if (!action) {
      if (off === null && mustAct(account, seen, ms)) counts.notCaughtUp += 1;
      continue;
    }
    check(action, off, ms, seen, counts);
    const open = items.filter((item) => item.entity === action.entity).map((item) => item.number);
    const recorded = program.decideAccount(work, program.contactOf(action, open, iso(ms) as Day), 'U0MARA', iso(ms) as Day, iso(ms) as Day);
    if ('refused' in recorded) throw new Error(recorded.refused);
    work = recorded.work;
    if (program.decideFollowUp({ ...account, work }).action !== null) counts.twoOnOneDay += 1;
    // Now and then the oldest invoice is paid; the others keep stages of their own.
    if (random(6) === 0)
      items.splice(
        items.findIndex((item) => item.number === action.leading.invoice),
        1,
      );
  }
}

interface Seen {
  /** By entity: the last mail, the last call, and the last message of each stage. */
  readonly mails: Map<string, number>;
  readonly calls: Map<string, number>;
  readonly stages: Map<string, number>;
  /** By entity and invoice: the index of its own stage, and since when. */
  readonly own: Map<string, { readonly index: number; readonly ms: number }>;
  readonly isOff: (ms: number) => boolean;
}

function isOff(place: string, country: string, ms: number): 'weekend' | 'holiday' | null {
  const weekend = FRIDAY_WEEKEND.has(country) ? [5, 6, 0] : [6, 0];
  if (weekend.includes(weekdayOf(ms))) return 'weekend';
  return iso(ms).startsWith('2026') && HOLIDAYS_2026[place]!.split(' ').includes(iso(ms).slice(5)) ? 'holiday' : null;
}

function check({ stage, entity, kind, said }: FollowUpAction, off: ReturnType<typeof isOff>, ms: number, seen: Seen, counts: Counts): void {
  const { stages } = accountDay(iso(ms), []).policy;
  counts.contacts += 1;
  if (off === 'weekend') counts.onWeekends += 1;
  if (off === 'holiday') counts.onHolidays += 1;
  if (stage.channel === 'email' && kind !== 'note') {
    const before = seen.mails.get(entity);
    if (before !== undefined && workingDays(before, ms, seen) < 5) counts.demandsTooClose += 1;
    seen.mails.set(entity, ms);
  }
  if (stage.channel === 'call') seen.calls.set(entity, ms);
  seen.stages.set(`${entity} ${stage.key}`, ms);
  for (const { invoice: number, stage: key } of said.took) {
    const index = stages.findIndex((each) => each.key === key);
    const own = seen.own.get(`${entity} ${number}`)?.index ?? -1;
    // A call that spoke of an invoice stands for its own; nothing else is skipped.
    const between = stages.slice(own + 1, index).filter(({ offset, channel }) => offset > 0 && channel !== 'call');
    if (between.length > 0 || index <= own) counts.skippedStages += 1;
    seen.own.set(`${entity} ${number}`, { index, ms });
  }
}

function workingDays(from: number, to: number, seen: Seen): number {
  let count = 0;
  for (let ms = from + DAY_MS; ms <= to; ms += DAY_MS) if (!seen.isOff(ms)) count += 1;
  return count;
}

/** An invoice has reached its next mail and every distance is over: nothing excuses silence on a working day. */
function mustAct({ items, policy: { stages }, calendar, today }: AccountDay, seen: Seen, ms: number): boolean {
  // Some regions have more days off than the list names.
  if (calendar.holidays.has(today)) return false;
  const over = (since: number | undefined, gap: number) => since === undefined || workingDays(since, ms, seen) >= gap + EXTRA_DAYS_OFF;
  return items.some(({ entity, number, due }) => {
    const own = seen.own.get(`${entity} ${number}`);
    const next = stages[Math.max((own?.index ?? -1) + 1, firstDemand(stages))];
    return (
      next?.channel === 'email' &&
      (ms - Date.parse(due)) / DAY_MS >= next.offset &&
      over(own?.ms, next.gap) &&
      over(seen.mails.get(entity), 5) &&
      over(seen.calls.get(entity), 2) &&
      over(seen.stages.get(`${entity} ${next.key}`), next.spacing)
    );
  });
}

const firstDemand = (stages: readonly { readonly offset: number }[]) => stages.findIndex((each) => each.offset > 0);
