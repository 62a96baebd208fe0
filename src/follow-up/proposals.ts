import type { Demand } from '../escalation/demand.ts';
import { addDays, type Day } from '../kernel/day.ts';
import { onceFor } from '../kernel/once-for.ts';
import { workingDayAfter } from '../kernel/working-days.ts';
import { type Claim, type EntityCase, isAsked, laterOf, noOf, runningLetter, sumOf, tooSoon } from './claim.ts';
import { isBetween, letterRests, type Worked } from './next-stage.ts';
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
export function demandable({ ask, notice }: Claim): number {
  return Math.min(ask, notice?.asked ?? ask);
}

/** Why an invoice's decision is not to be made yet; null: it is ready. */
export type NotReady = {
  readonly why: 'final-notice-running' | 'letter-running' | 'letter-first' | 'case-running' | 'after-letter' | 'decision-no';
  readonly until: Day;
};

export function notReady(of: Worked, claim: Claim, stage: PolicyStage): NotReady | null {
  const letter = runningLetter(of);
  if (letter && letterRests(of, claim)) return { why: 'letter-running', until: letterEnds(of, letter) };
  const letterSent = claim.own >= 0 && isDecision(of.policy.stages[claim.own]!);
  const ready = readyOn(of, claim, stage);
  if (of.today < ready) return { why: letterSent ? 'after-letter' : 'final-notice-running', until: ready };
  const no = noOf(of, claim.currency);
  if (no) return { why: 'decision-no', until: no };
  if (of.letterSince) return { why: 'letter-first', until: workingDayAfter(of.letterSince, NUMBERS.letterWaits, of.calendar) };
  return letter ? { why: 'case-running', until: letterEnds(of, letter) } : null;
}

/** The first day on which a letter runs no more. */
export const letterEnds = ({ calendar }: EntityCase, { deadline }: Demand): Day =>
  workingDayAfter(deadline, NUMBERS.letterGrace + 1, calendar);

/** Late enough unless a manager's leap says so, its own gap passed, and its notice old enough. */
export function readyOn(of: Worked, { due, own, mark, notice, number }: Claim, stage: PolicyStage): Day {
  const days = [
    of.nexts.get(number)?.jumped ? due : addDays(due, stage.offset),
    ...(mark && own >= 0 ? [workingDayAfter(mark.on, stage.gap, of.calendar)] : []),
    ...(notice ? [workingDayAfter(notice.on, NUMBERS.noticeRuns, of.calendar)] : []),
  ];
  return days.reduce(laterOf);
}

/** One a currency: of the highest stage that is ready. */
export function proposalsOf(of: Worked): ProposedStep[] {
  const ready = readySteps(of);
  return ready.filter((each) => ready.findLast(({ currency }) => currency === each.currency) === each);
}

/** Everything that people could decide today. */
export const readySteps = onceFor((of: Worked): ProposedStep[] => {
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
      const jumped = list.some(({ number }) => of.nexts.get(number)!.jumped);
      if (!jumped && sumOf(list) < (stage.minimum[currency] ?? 0)) return [];
      const invoices = list.map((claim) => ({ number: claim.number, due: claim.due, asked: demandable(claim) }));
      const since = list.map((claim) => readyOn(of, claim, stage)).sort()[0]!;
      return [{ entity: of.entity, currency, stage, invoices, sum: invoices.reduce((sum, { asked }) => sum + asked, 0), since }];
    });
  });
});
