import type { LedgerItem } from '../arrangements/collectable.ts';
import { addDays, type Day, daysBetween } from '../kernel/day.ts';
import type { Mark } from './ladder.ts';
import { isFormal, isNote, isNotice, type Policy, type PolicyStage } from './policy.ts';

/** Invoices that are late by this many calendar days are taken to have had this stage; null: none. */
export interface AgeBand {
  readonly from: number;
  readonly stage: string | null;
}

/** Which stage an invoice that was late before it came to us is taken to have had, by its age. */
export const BY_AGE: readonly AgeBand[] = [
  { from: 45, stage: 'firm' },
  { from: 21, stage: 'reminder' },
  { from: 7, stage: 'friendly' },
  { from: 1, stage: null },
];

/** Where a policy has no stage of that name: its last one that is due within as many days. */
const IN_DAYS: Readonly<Record<string, number>> = { firm: 21, reminder: 10, friendly: 3 };

/** What a person says that the customer has had: one stage for all, with its day where it is known, or by age. */
export interface StartSaid {
  /** Key of the stage; null: none was sent. */
  readonly stage: string | null;
  readonly sent: Day | null;
}

type Item = Pick<LedgerItem, 'number' | 'due' | 'open' | 'dunned'>;

/**
 * What each invoice has had. Never a stage it was too young for, and a notice in formal words only with its day. By age (`bands`, oldest first)
 * what the accounting system says of its own reminders goes first.
 */
export function startMarks(items: readonly Item[], policy: Policy, today: Day, said: StartSaid | readonly AgeBand[]): Mark[] {
  return items.flatMap((item) => {
    const late = daysBetween(item.due, today);
    if (late <= 0) return [];
    const { stage, sent } = 'stage' in said ? { stage: chosen(policy, said, item), sent: said.sent } : byAge(policy, item, today, said);
    if (!stage) return [];
    const on = sent ?? addDays(item.due, stage.offset);
    const notice = isNotice(stage) ? { on, asked: item.open } : null;
    return [{ invoice: item.number, stage: stage.key, days: stage.offset, on, asked: item.open, how: 'start', notice }];
  });
}

/** The last day on which the accounting system reminded of one of these invoices; null: it says of none. */
export function lastDunned(items: readonly Item[], today: Day): Day | null {
  const days = items.flatMap(({ dunned }) => (dunned?.on && dunned.on <= today ? [dunned.on] : []));
  return days.sort().at(-1) ?? null;
}

/** The band of an invoice that is late by so many days. */
export function bandOf(bands: readonly AgeBand[], late: number): AgeBand | null {
  return bands.find(({ from }) => late >= from) ?? null;
}

interface Had {
  readonly stage: PolicyStage | null;
  readonly sent: Day | null;
}

function byAge(policy: Policy, { due, dunned }: Item, today: Day, bands: readonly AgeBand[]): Had {
  const late = daysBetween(due, today);
  const plain = policy.stages.filter((stage) => !isNote(stage) && !isFormal(stage) && stage.offset <= late);
  if (dunned) {
    const sent = dunned.on !== null && dunned.on <= today && dunned.on > due ? dunned.on : null;
    const written = plain.filter(({ channel, offset }) => channel === 'email' && (sent === null || offset <= daysBetween(due, sent)));
    return { stage: dunned.level === 0 ? null : (written[Math.min(dunned.level, written.length) - 1] ?? null), sent };
  }
  const had = bandOf(bands, late)?.stage ?? null;
  if (had === null) return { stage: null, sent: null };
  const named = policy.stages.find(({ key }) => key === had);
  const most = named?.offset ?? IN_DAYS[had] ?? 0;
  return { stage: plain.findLast(({ offset }) => offset <= most) ?? null, sent: null };
}

function chosen({ stages }: Policy, { stage, sent }: StartSaid, { due }: Item): PolicyStage | null {
  const at = stages.findIndex(({ key }) => key === stage);
  const fits = (each: PolicyStage, index: number) =>
    index <= at && !isNote(each) && (sent === null ? !isFormal(each) : each.channel !== 'task' && each.offset <= daysBetween(due, sent));
  return stages.findLast(fits) ?? null;
}
