import { addDays, type Day } from '../kernel/day.ts';
import { workingDayAfter } from '../kernel/working-days.ts';
import { type Claim, runningLetter, WAITS } from './claim.ts';
import { dueStages, isSmall, NEVER, statementDay } from './message.ts';
import { letterRests, type Worked } from './next-stage.ts';
import { NUMBERS } from './numbers.ts';
import { isDecision } from './policy.ts';
import { letterEnds, notReady, readySteps } from './proposals.ts';

/** Why an invoice, or a whole selling entity, is not asked for today. */
export const ENTITY_REASONS = [
  'nothing-overdue',
  'promised',
  'disputed',
  'planned',
  'written-off',
  'dunning-block',
  'payment-elsewhere',
  'placed',
  'covered-by-credit',
  ...WAITS,
  'stage-not-reached',
  'stage-gap',
  'demand-gap',
  'call-settles',
  'mail-settles',
  'call-gap',
  'stage-spacing',
  'letter-first',
  'owner-asked',
  'waits-for-others',
  'below-minimum',
  'small-balance',
  'top-reached',
  'amount-grown',
  'final-notice-running',
  'letter-running',
  'case-running',
  'after-letter',
  'decision-no',
  'decision-open',
  'other-entity-first',
] as const;
export type EntityReason = (typeof ENTITY_REASONS)[number];

/** `until`: the first day on which it no longer holds, as far as that is known; null: a person or the ledger has to act. */
export interface Reason {
  readonly code: EntityReason;
  readonly until: Day | null;
}

/** Every reason of one late invoice. */
export function reasonsOf(of: Worked, claim: Claim): Reason[] {
  const reasons = partReasons(of, claim);
  const waits = claim.waits.map(({ why, until }): Reason => {
    return { code: why, until: why === 'owner-holds' && until ? addDays(until, 1) : until };
  });
  const others = claim.ask <= 0 ? [] : waits.length > 0 ? waits : stageReasons(of, claim);
  return [...reasons, ...others].map(({ code, until }) => ({
    code,
    until: until !== null && until > of.today && until < NEVER ? until : null,
  }));
}

/** Parts that are not collectable, and credit that covers the rest. */
function partReasons(of: Worked, { parts, placed, free, ask, number }: Claim): Reason[] {
  const reasons: Reason[] = [];
  const add = (holds: boolean, code: EntityReason, until: Day | null = null) => void (holds && reasons.push({ code, until }));
  const { promises, disputes } = of;
  const ends = promises
    .filter((each) => each.invoices.includes(number))
    .map(({ date }) => workingDayAfter(date, of.promiseGrace + 1, of.calendar));
  const promise = ends.filter((end) => end > of.today).sort()[0] ?? null;
  const dispute = disputes.find((each) => each.invoice === number);
  add(parts.promised > 0, 'promised', promise);
  add(parts.disputed > 0, 'disputed', dispute?.until ?? null);
  add(parts.planned > 0, 'planned');
  add(parts.writtenOff > 0, 'written-off');
  add(parts.held > 0 && Boolean(parts.item.dunningBlock), 'dunning-block');
  add(parts.held > 0 && Boolean(parts.item.misplaced?.length), 'payment-elsewhere');
  add(placed !== null, 'placed');
  add(free > 0 && ask <= 0, 'covered-by-credit');
  return reasons;
}

function stageReasons(of: Worked, claim: Claim): Reason[] {
  const { stages } = of.policy;
  const next = of.nexts.get(claim.number)!;
  const letter = letterRests(of, claim) && runningLetter(of);
  if (letter) return [{ code: 'letter-running', until: letterEnds(of, letter) }];
  const statement = statementDay(of, claim);
  if (next.index === null) {
    const kept = of.ladder.rests.find((each) => each.invoice === claim.number && each.why === 'small')?.until ?? null;
    const isKept = kept !== null && of.today < kept;
    if (isSmall(of, claim) && !isKept) return [{ code: 'small-balance', until: null }];
    const small = next.passed.some(({ why }) => why === 'below-minimum');
    const until = isKept ? kept : addDays(claim.due, NUMBERS.smallFrom);
    return [small ? { code: 'below-minimum', until } : { code: 'top-reached', until: statement }];
  }
  const stage = stages[next.index]!;
  if (isDecision(stage)) return decisionReasons(of, claim, next.index);
  const again: Reason[] = next.again ? [{ code: 'amount-grown', until: null }] : [];
  if (next.again && !next.due) return again;
  if (!next.jumped && !next.again && claim.late < stage.offset)
    return [{ code: 'stage-not-reached', until: addDays(claim.due, stage.offset) }];
  if (!next.due) {
    return [{ code: 'stage-gap', until: workingDayAfter(claim.mark!.on, stage.gap, of.calendar) }];
  }
  const due = dueStages(of).find((each) => each.stage === stage && each.takes.some((taking) => taking.claim === claim));
  if (!due) return [{ code: 'waits-for-others', until: null }];
  if (due.gaps.length > 0) return [...again, ...due.gaps.map(({ why, until }) => ({ code: why, until }))];
  // Formal words take their own stage alone; the turn of the others comes behind them.
  return [{ code: 'demand-gap', until: workingDayAfter(of.today, of.demandGap, of.calendar) }];
}

function decisionReasons(of: Worked, claim: Claim, index: number): Reason[] {
  const stage = of.policy.stages[index]!;
  if (!claim.notice && claim.late < stage.offset) return [{ code: 'stage-not-reached', until: addDays(claim.due, stage.offset) }];
  const not = notReady(of, claim, stage);
  if (not) return [{ code: not.why, until: not.until }];
  const proposed = readySteps(of).some((each) => each.invoices.some(({ number }) => number === claim.number));
  return [proposed ? { code: 'decision-open', until: statementDay(of, claim) } : { code: 'waits-for-others', until: null }];
}
