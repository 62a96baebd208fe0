import { addDays, type Day } from '../kernel/day.ts';
import { onceFor } from '../kernel/once-for.ts';
import { workingDayAfter } from '../kernel/working-days.ts';
import { type Claim, claimsOf, type EntityCase, isAsked, noOf, runningLetter, sumOf, tooSoon } from './claim.ts';
import { ofInvoice } from './ladder.ts';
import { NUMBERS } from './numbers.ts';
import { isDecision, isFormal, isNote, isNotice, type PolicyStage } from './policy.ts';

/** Why a stage was passed over; it may come back with other invoices. */
export type PassedWhy = 'below-minimum' | 'call-covered' | 'call-missed' | 'call-unreached';

/** The stage that comes next for an invoice, and when it could. */
export interface Next {
  /** Index in the policy; null: every stage was taken or passed over. */
  readonly index: number | null;
  readonly passed: readonly { readonly index: number; readonly why: PassedWhy }[];
  readonly jumped: boolean;
  /** The notice is given again, since more is free than it asked. */
  readonly again: boolean;
  /** Late enough, and its own gap has passed. */
  readonly due: boolean;
}

/** A case with what the decision has worked out of it. */
export interface Worked extends EntityCase {
  readonly claims: readonly Claim[];
  readonly nexts: ReadonlyMap<string, Next>;
}

export function workedOut(of: EntityCase): Worked {
  const claims = claimsOf(of);
  const late = claims.filter(({ ask, late }) => ask > 0 && late > 0);
  return { ...of, claims, nexts: new Map(late.map((each) => [each.number, nextOf(of, claims, each)])) };
}

function nextOf(of: EntityCase, claims: readonly Claim[], claim: Claim): Next {
  const { stages } = of.policy;
  const again = noticeAgain(of, claims, claim);
  if (again !== null) return again;
  const jump = jumpOf(of, claim);
  if (jump !== null)
    return { index: jump, passed: [], jumped: true, again: false, due: gapPassed(of, claim, stages[jump]!) && !letterRests(of, claim) };
  const passed: Next['passed'][number][] = [];
  for (let index = claim.own + 1; index < stages.length; index += 1) {
    const stage = stages[index]!;
    if (isNote(stage) || isBetween(stages, index)) continue;
    const why = passedOver(of, claims, claim, index);
    if (why) {
      passed.push({ index, why });
      continue;
    }
    const due = claim.late >= stage.offset && gapPassed(of, claim, stage) && !letterRests(of, claim);
    return { index, passed, jumped: false, again: false, due };
  }
  return { index: null, passed, jumped: false, again: false, due: false };
}

/** A decision before which no mail and no call waits: it blocks no contact. */
export function isBetween(stages: readonly PolicyStage[], index: number): boolean {
  return isDecision(stages[index]!) && stages.slice(index + 1).some((stage) => !isDecision(stage));
}

/** A manager's leap, while the policy has the stage. */
function jumpOf({ ladder, policy: { stages } }: EntityCase, claim: Claim): number | null {
  const jump = ofInvoice(ladder.jumps, claim.number);
  const index = jump ? stages.findIndex((stage) => stage.key === jump.stage) : -1;
  return index <= claim.own || tooEarly(stages, claim, index) ? null : index;
}

/** A first demand is never formal, and nothing is decided formally about what had no notice. */
function tooEarly(stages: readonly PolicyStage[], { mark, notice }: Claim, index: number): boolean {
  const stage = stages[index]!;
  return (isFormal(stage) && !mark) || (isDecision(stage) && !notice && stages.slice(0, index).some(isNotice));
}

/** Since its own stage: one that it was too young for counts for none. */
const gapPassed = (of: EntityCase, { mark, own }: Claim, stage: PolicyStage): boolean => own < 0 || !tooSoon(mark?.on, stage.gap, of);

function passedOver(of: EntityCase, claims: readonly Claim[], claim: Claim, index: number): PassedWhy | null {
  const stage = of.policy.stages[index]!;
  const minimum = stage.minimum[claim.currency] ?? 0;
  if (tooEarly(of.policy.stages, claim, index)) return 'below-minimum';
  if (minimum > 0 && poolSum(of, claims, claim, index) < minimum) return 'below-minimum';
  return stage.channel === 'call' ? passedCall(of, claim, stage) : null;
}

/**
 * What is below a stage, late enough and not waiting, with the invoice itself; for formal words also what is in formal process. A stage to come is judged
 * as of the invoice's own day, with what is late enough by then; from the day of small balances on as of that day.
 */
function poolSum(of: EntityCase, claims: readonly Claim[], claim: Claim, index: number): number {
  const stage = of.policy.stages[index]!;
  const enough = Math.min(stage.offset, claim.late, NUMBERS.smallFrom);
  const late = claim.late >= stage.offset ? stage.offset : enough;
  const counts = (each: Claim) =>
    each.currency === claim.currency &&
    ((isAsked(each) && each.own < index && each.late >= late) || (isFormal(stage) && each.formal && each.late > 0));
  const sums = poolSums(claims);
  const key = `${claim.currency} ${index} ${late} ${isFormal(stage)}`;
  if (!sums.has(key)) sums.set(key, sumOf(claims.filter(counts)));
  return sums.get(key)! + (counts(claim) ? 0 : claim.ask);
}

const poolSums = onceFor((_: readonly Claim[]) => new Map<string, number>());

function passedCall(of: EntityCase, claim: Claim, stage: PolicyStage): PassedWhy | null {
  const { ladder, policy, calendar, today } = of;
  const large = claim.parts.item.open >= (policy.large[claim.currency] ?? Number.POSITIVE_INFINITY);
  const day = addDays(claim.due, stage.offset);
  const covers = (call: { on: Day; days: number; invoices: readonly string[] }) =>
    call.days >= stage.offset &&
    call.invoices.includes(claim.number) &&
    (call.on >= day || workingDayAfter(call.on, NUMBERS.callCovers, calendar) >= day);
  if (!large && ladder.calls.some(covers)) return 'call-covered';
  const offered = ladder.offered.find((each) => each.invoice === claim.number && each.stage === stage.key);
  if (!offered) return null;
  if (new Set(offered.tries).size >= NUMBERS.callTries) return 'call-unreached';
  return tooSoon(offered.on, NUMBERS.callWaits, { today, calendar }) ? null : 'call-missed';
}

export function letterRests(of: EntityCase, claim: Claim): boolean {
  return runningLetter(of)?.invoices.includes(claim.number) ?? false;
}

/** More is free than the notice asked: it is given again for the whole, once it, any letter and a no have run, before anything formal follows. */
function noticeAgain(of: EntityCase, claims: readonly Claim[], claim: Claim): Next | null {
  const { on, asked } = claim.notice ?? { on: null, asked: null };
  const index = of.policy.stages.findLastIndex((stage, at) => isNotice(stage) && at <= claim.own);
  if (asked === null || index < 0 || claim.ask <= asked) return null;
  const stage = of.policy.stages[index]!;
  if (poolSum(of, claims, claim, index) < (stage.minimum[claim.currency] ?? 0)) return null;
  const due = !tooSoon(on, NUMBERS.noticeRuns, of) && !letterRests(of, claim) && noOf(of, claim.currency) === null;
  return { index, passed: [], jumped: false, again: true, due };
}
