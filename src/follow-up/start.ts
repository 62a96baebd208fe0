import type { LedgerItem } from '../arrangements/collectable.ts';
import { addDays, type Day, daysBetween } from '../kernel/day.ts';
import type { Mark } from './ladder.ts';
import { isFormal, isNote, isNotice, type Policy, type PolicyStage } from './policy.ts';

/** Which stage an invoice that was late before it came to us is taken to have had, by its age in calendar days. */
const BY_AGE: readonly { readonly from: number; readonly stage: string; readonly days: number }[] = [
  { from: 45, stage: 'firm', days: 21 },
  { from: 21, stage: 'reminder', days: 10 },
  { from: 7, stage: 'friendly', days: 3 },
];

/** What a person says that the customer has had: one stage for all, with its day where it is known, or by age. */
export interface StartSaid {
  /** Key of the stage; null: none was sent. */
  readonly stage: string | null;
  readonly sent: Day | null;
}

type Item = Pick<LedgerItem, 'number' | 'due' | 'open'>;

/** What each invoice has had. Never a stage it was too young for, and a notice in formal words only with its day. */
export function startMarks(items: readonly Item[], policy: Policy, today: Day, said: StartSaid | 'by-age'): Mark[] {
  return items.flatMap((item) => {
    const late = daysBetween(item.due, today);
    if (late <= 0) return [];
    const stage = said === 'by-age' ? byAge(policy, late) : chosen(policy, said, item);
    if (!stage) return [];
    const on = said === 'by-age' || said.sent === null ? addDays(item.due, stage.offset) : said.sent;
    const notice = isNotice(stage) ? { on, asked: item.open } : null;
    return [{ invoice: item.number, stage: stage.key, days: stage.offset, on, asked: item.open, how: 'start', notice }];
  });
}

function byAge({ stages }: Policy, late: number): PolicyStage | null {
  const had = BY_AGE.find(({ from }) => late >= from);
  if (!had) return null;
  const plain = stages.filter((stage) => !isNote(stage) && !isFormal(stage));
  return plain.find(({ key }) => key === had.stage) ?? plain.findLast(({ offset }) => offset <= had.days) ?? null;
}

function chosen({ stages }: Policy, { stage, sent }: StartSaid, { due }: Item): PolicyStage | null {
  const at = stages.findIndex(({ key }) => key === stage);
  const fits = (each: PolicyStage, index: number) =>
    index <= at && !isNote(each) && (sent === null ? !isFormal(each) : each.channel !== 'task' && each.offset <= daysBetween(due, sent));
  return stages.findLast(fits) ?? null;
}
