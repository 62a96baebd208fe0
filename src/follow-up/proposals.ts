import { addDays, type Day } from '../kernel/day.ts';
import { workingDayAfter } from '../kernel/working-days.ts';
import { type Claim, isAsked, laterOf, sumOf, tooSoon } from './claim.ts';
import { isBetween, letterRests, noticeRuns, runningLetter, type Worked } from './next-stage.ts';
import { NUMBERS } from './numbers.ts';
import { isDecision, isNote, type PolicyStage } from './policy.ts';

/** What people are asked to decide: it raises nothing, blocks no contact, and its list is worked out anew each day. */
export interface ProposedStep {
  readonly entity: string;
  readonly currency: string;
  readonly stage: PolicyStage;
  readonly invoices: readonly { readonly number: string; readonly due: Day; readonly asked: number }[];
  /** Minor units. */
  readonly sum: number;
  /** The day on which it was first ready. */
  readonly since: Day;
}

/** What of an invoice may be demanded formally: no more than its notice asked. */
export function demandable({ ask, mark }: Claim): number {
  return Math.min(ask, mark?.notice?.asked ?? ask);
}

/** Why an invoice's decision is not to be made yet; null: it is ready. */
export type NotReady = {
  readonly why: 'final-notice-running' | 'letter-running' | 'case-running' | 'after-letter' | 'decision-no';
  readonly until: Day;
};

export function notReady(of: Worked, claim: Claim, stage: PolicyStage): NotReady | null {
  const letter = runningLetter(of);
  const letterEnds = letter && workingDayAfter(letter.deadline, NUMBERS.letterGrace + 1, of.calendar);
  if (letterEnds && letterRests(of, claim)) return { why: 'letter-running', until: letterEnds };
  const runs = noticeRuns(of, claim);
  const letterSent = claim.own >= 0 && isDecision(of.policy.stages[claim.own]!);
  if (!letterSent && runs !== null && of.today < runs) return { why: 'final-notice-running', until: runs };
  if (claim.late < stage.offset || tooSoon(claim.mark?.on, stage.gap, of)) return { why: 'after-letter', until: readyOn(of, claim, stage) };
  const no = of.ladder.no.find((each) => each.currency === claim.currency && of.today <= each.until);
  if (no) return { why: 'decision-no', until: no.until };
  return letterEnds ? { why: 'case-running', until: letterEnds } : null;
}

function readyOn(of: Worked, claim: Claim, stage: PolicyStage): Day {
  const late = addDays(claim.due, stage.offset);
  const last = claim.mark && laterOf(claim.mark.on, claim.mark.notice?.on ?? claim.mark.on);
  return last ? laterOf(late, workingDayAfter(last, stage.gap, of.calendar)) : late;
}

/** One for each stage that people decide and each currency. */
export function proposalsOf(of: Worked): ProposedStep[] {
  return of.policy.stages.flatMap((stage, index) => {
    if (!isDecision(stage)) return [];
    const between = isBetween(of.policy.stages, index);
    const before = of.policy.stages.findLastIndex((each, at) => at < index && !isDecision(each) && !isNote(each));
    const ready = of.claims.filter((claim) => {
      if (!isAsked(claim)) return false;
      if (between) return claim.own === before && claim.late >= stage.offset && !tooSoon(claim.mark?.on, stage.gap, of);
      return of.nexts.get(claim.number)?.index === index && notReady(of, claim, stage) === null;
    });
    return [...Map.groupBy(ready, ({ currency }) => currency)].flatMap(([currency, list]): ProposedStep[] => {
      if (sumOf(list) < (stage.minimum[currency] ?? 0)) return [];
      const invoices = list.map((claim) => ({ number: claim.number, due: claim.due, asked: demandable(claim) }));
      const since = list.map((claim) => readyOn(of, claim, stage)).sort()[0]!;
      return [{ entity: of.entity, currency, stage, invoices, sum: invoices.reduce((sum, { asked }) => sum + asked, 0), since }];
    });
  });
}
