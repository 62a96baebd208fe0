import { asksOwner, ownerIsAsked, vetoOf } from '../account/veto.ts';
import { addDays, type Day, daysBetween } from '../kernel/day.ts';
import { onceFor } from '../kernel/once-for.ts';
import { dayOff, workingDayAfter } from '../kernel/working-days.ts';
import { type Claim, type EntityCase, isAsked, laterOf, sumOf, tooSoon } from './claim.ts';
import { ofInvoice } from './ladder.ts';
import { letterRests, type Worked, workedOut } from './next-stage.ts';
import { NUMBERS, STATEMENT_MINIMUM } from './numbers.ts';
import { isDecision, isFormal, isNote, isNotice, type PolicyStage } from './policy.ts';
import { readyOn } from './proposals.ts';

/** Shows what is open and takes nothing. */
export const STATEMENT: PolicyStage = {
  ...{ key: 'statement', name: 'Statement of account', offset: 1, tone: 'friendly', channel: 'email', template: '' },
  ...{ minimum: STATEMENT_MINIMUM, approval: 'collector', gap: 0, spacing: 0, proposes: [], contact: 1, largeOrFirst: false },
};

/** Why a message does not go today although it could by its invoices. */
export type GapReason = 'demand-gap' | 'call-settles' | 'mail-settles' | 'call-gap' | 'stage-spacing' | 'letter-first' | 'owner-asked';
export interface Gap {
  readonly why: GapReason;
  readonly until: Day;
}

/** An invoice that the message takes to a stage. */
export interface Taking {
  readonly claim: Claim;
  readonly stage: PolicyStage;
  readonly jumped: boolean;
}

/** The one message of an entity today. */
export interface Message {
  readonly stage: PolicyStage;
  readonly kind: 'stage' | 'statement' | 'note';
  readonly takes: readonly Taking[];
  /** Notes that it carries. */
  readonly notes: readonly { readonly claim: Claim; readonly stage: PolicyStage }[];
}

/** Invoices that are due for a stage and may be asked for at it together. */
function candidates(of: Worked, index: number): Taking[] {
  const stage = of.policy.stages[index]!;
  const due = of.claims.filter((claim) => isAsked(claim) && of.nexts.get(claim.number)?.index === index && of.nexts.get(claim.number)!.due);
  const byCurrency = Map.groupBy(due, ({ currency }) => currency);
  return [...byCurrency].flatMap(([currency, list]) => {
    const jumped = (claim: Claim) => of.nexts.get(claim.number)!.jumped;
    const enough = sumOf(list) + formalSum(of, stage, currency, list) >= (stage.minimum[currency] ?? 0);
    return list.filter((claim) => enough || jumped(claim)).map((claim) => ({ claim, stage, jumped: jumped(claim) }));
  });
}

function formalSum(of: Worked, stage: PolicyStage, currency: string, besides: readonly Claim[]): number {
  if (!isNotice(stage)) return 0;
  return sumOf(of.claims.filter((each) => each.formal && each.late > 0 && each.currency === currency && !besides.includes(each)));
}

/** What keeps a stage from going today for its own distance; none: it may go. */
export function gapsOf(of: EntityCase, stage: PolicyStage): Gap[] {
  const { ladder, calendar } = of;
  const gaps: Gap[] = [];
  const add = (why: GapReason, since: Day | null | undefined, gap: number) => {
    if (tooSoon(since, gap, of)) gaps.push({ why, until: workingDayAfter(since!, gap, calendar) });
  };
  const last = ladder.last.find((each) => each.stage === stage.key)?.on;
  if (stage.channel === 'call') {
    add('mail-settles', ladder.lastMail, NUMBERS.contactGap);
    // Calls are about the account, whatever their stage.
    add('call-gap', ladder.lastCall, stage.spacing);
  } else {
    add('demand-gap', ladder.lastMail, of.demandGap);
    add('call-settles', ladder.lastCall, NUMBERS.contactGap);
    add('stage-spacing', last, stage.spacing);
    add('letter-first', of.letterSince, NUMBERS.letterWaits);
  }
  return gaps;
}

/** Every written demand waits while the owner is asked about one, so that one mail goes and not two. */
export function ownerGap(of: Worked): Gap | null {
  if (of.ownerSilence === null) return null;
  const asked = of.policy.stages.flatMap((stage, index): Gap[] => {
    if (stage.channel !== 'email' || !asksOwner(stage) || (of.ownerSays && !isFormal(stage))) return [];
    const next = of.claims.filter((claim) => isAsked(claim) && of.nexts.get(claim.number)?.index === index);
    const veto = vetoOf(of.vetoes, { entity: of.entity, stage: stage.key }, of.today);
    const due = candidates(of, index).length > 0 && gapsOf(of, stage).length === 0;
    if (next.length === 0 || (!veto && !due)) return [];
    const open = ownerIsAsked(veto, of.ownerSilence!, of.today);
    return open ? [{ why: 'owner-asked', until: veto?.silenceEnds ?? of.ownerSilence! }] : [];
  });
  return asked.at(-1) ?? null;
}

/** Stages that are due for some invoice, lowest first, each with what keeps it. */
export const dueStages = onceFor(
  (of: Worked): { readonly stage: PolicyStage; readonly takes: readonly Taking[]; readonly gaps: readonly Gap[] }[] => {
    const owner = ownerGap(of);
    return of.policy.stages.flatMap((stage, index) => {
      if (isNote(stage) || isDecision(stage)) return [];
      const takes = candidates(of, index);
      if (takes.length === 0) return [];
      const gaps = gapsOf(of, stage);
      return [{ stage, takes, gaps: owner && stage.channel === 'email' ? [...gaps, owner] : gaps }];
    });
  },
);

/** The highest stage that may go makes the message; a mail takes those of lower mails along, a call those of lower calls, formal words nothing. */
function stageMessage(of: Worked): Message | null {
  const free = dueStages(of).filter(({ gaps }) => gaps.length === 0);
  const top = free.at(-1);
  if (!top) return null;
  const along = isNotice(top.stage) ? [top] : free.filter(({ stage }) => stage.channel === top.stage.channel && !isNotice(stage));
  const carriesNotes = top.stage.channel === 'email' && !isNotice(top.stage);
  return { stage: top.stage, kind: 'stage', takes: along.flatMap(({ takes }) => takes), notes: carriesNotes ? notesOf(of) : [] };
}

/** Today's message of an entity: its stage, else a statement, else a note; null: none. */
export function messageOf(of: Worked): Message | null {
  return stageMessage(of) ?? statementOf(of) ?? noteOf(of);
}

/** A mail of a stage, or a statement where those count, that comes within some business days, if nothing changes. */
function mailComes(of: Worked, statements = false): boolean {
  for (let day = of.today, left: number = NUMBERS.mailComes; left > 0; ) {
    day = addDays(day, 1);
    if (dayOff(day, of.calendar) !== null) continue;
    left -= 1;
    const then = workedOut(of.onDay(day));
    if (dueStages(then).some(({ stage, gaps }) => stage.channel === 'email' && gaps.length === 0)) return true;
    if (statements && statementOf(then) !== null) return true;
  }
  return false;
}

function statementOf(of: Worked): Message | null {
  const silent = silentClaims(of);
  if (silent.length === 0 || gapsOf(of, STATEMENT).length > 0 || ownerGap(of) !== null) return null;
  return mailComes(of) ? null : { stage: STATEMENT, kind: 'statement', takes: [], notes: notesOf(of) };
}

/** What nobody has shown the customer for long, where it comes to enough. */
function silentClaims(of: Worked): Claim[] {
  const silent = of.claims.filter((claim) => isAsked(claim) && of.today >= statementDay(of, claim)!);
  const sums = new Map<string, number>();
  for (const { currency, ask } of silent) sums.set(currency, (sums.get(currency) ?? 0) + ask);
  return silent.filter(({ currency }) => sums.get(currency)! >= (STATEMENT_MINIMUM[currency] ?? 0));
}

/** From which day an invoice that nobody names calls for a statement; null: it calls for none. */
export function statementDay(of: Worked, claim: Claim): Day {
  const named = ofInvoice(of.ladder.named, claim.number);
  if (isSmall(of, claim) && (named?.statements ?? 0) >= NUMBERS.smallStatements) return NEVER;
  if (claim.formal && !noticeHasRun(of, claim)) return NEVER;
  const since = laterOf(named?.on ?? claim.due, addDays(claim.due, 3));
  return workingDayAfter(since, NUMBERS.statementAfter, of.calendar);
}

/** No day on which a statement would go. */
export const NEVER = '9999-12-31' as Day;

/** Neither its notice nor its letter runs any more: people have it to decide, or nothing formal follows. */
export function noticeHasRun(of: Worked, claim: Claim): boolean {
  const { own, notice, number } = claim;
  const { stages } = of.policy;
  if (notice === null || letterRests(of, claim)) return false;
  if (isDecision(stages[own]!)) return true;
  const next = stages[of.nexts.get(number)?.index ?? -1];
  return next && isDecision(next) ? of.today >= readyOn(of, claim, next) : !tooSoon(notice.on, NUMBERS.noticeRuns, of);
}

/** It has had every stage whose minimum it reaches, and is late enough for the queue. */
export function isSmall(of: Worked, claim: Claim): boolean {
  const next = of.nexts.get(claim.number);
  return claim.late >= NUMBERS.smallFrom && next?.index === null && next.passed.some(({ why }) => why === 'below-minimum');
}

/** The notes an entity may send today: for each invoice the latest whose day has come, unless it was given. None beside a formal process. */
function notesOf(of: Worked): Message['notes'] {
  if (of.claims.some(({ formal }) => formal)) return [];
  return of.claims.flatMap((claim) => {
    const stage = noteStage(of, claim);
    return stage ? [{ claim, stage }] : [];
  });
}

function noteStage(of: Worked, claim: Claim): PolicyStage | null {
  if (claim.late > 0 || claim.ask <= 0 || claim.waits.length > 0) return null;
  const stage = of.policy.stages.findLast((each) => isNote(each) && each.offset <= claim.late);
  // It lapses on the due date, unless that is its day.
  if (!stage || (claim.late === 0 && stage.offset < 0)) return null;
  const given = of.ladder.named.some((each) => each.invoice === claim.number && daysBetween(claim.due, each.on) >= stage.offset);
  const { item } = claim.parts;
  const large = item.open >= (of.policy.large[claim.currency] ?? Number.POSITIVE_INFINITY);
  return !given && (!stage.largeOrFirst || large || item.issued === of.firstIssued) ? stage : null;
}

/** A note goes alone only where no contact was made and no mail comes. */
function noteOf(of: Worked): Message | null {
  const notes = notesOf(of);
  const sums = new Map<string, number>();
  for (const { claim } of notes) sums.set(claim.currency, (sums.get(claim.currency) ?? 0) + claim.ask);
  const enough = notes.filter(({ claim, stage }) => sums.get(claim.currency)! >= (stage.minimum[claim.currency] ?? 0));
  const stage = enough
    .map((each) => each.stage)
    .sort((a, b) => a.offset - b.offset)
    .at(-1);
  if (!stage || tooSoon(of.ladder.lastContact, NUMBERS.mailComes, of) || mailComes(of, true)) return null;
  return { stage, kind: 'note', takes: [], notes: enough };
}
