import type { Moment } from '../account/moment.ts';
import { addDays, type Day } from '../kernel/day.ts';
import { FLAGS, type FlaggedInvoice, type FlagKind } from './hygiene.ts';

/** 'put-right': the customer or we have what was missing; 'not-needed': it never mattered. */
export const FLAG_ANSWERS = ['put-right', 'not-needed'] as const;
export type FlagAnswer = (typeof FLAG_ANSWERS)[number];

export interface AnsweredFlag {
  readonly entity: string;
  readonly invoice: string;
  readonly flag: FlagKind;
  readonly answer: FlagAnswer;
  readonly by: string;
  readonly on: Day;
}

export interface FlagRequest {
  readonly do: 'answer-flag';
  readonly entity: string;
  readonly invoice: string;
  readonly flag: FlagKind;
  readonly answer: FlagAnswer;
}
export interface FlagFact {
  readonly type: 'flag-answered';
  readonly entity: string;
  readonly invoice: string;
  readonly flag: FlagKind;
  readonly answer: FlagAnswer;
}
export type FlagRefusal = 'flag-answered-already' | 'flag-unknown';

interface Answering {
  readonly answeredFlags: readonly AnsweredFlag[];
}
export type FlagDecision<Work> = { readonly work: Work; readonly facts: readonly FlagFact[] } | { readonly refused: FlagRefusal };

/** An invoice that was not due when it was answered is long paid or chased by then. */
const KEPT_DAYS = 730;

export function decideFlag<Work extends Answering>(work: Work, request: FlagRequest, { by, today }: Moment): FlagDecision<Work> {
  const { do: _, ...answered } = request;
  if (!FLAGS.includes(request.flag) || !FLAG_ANSWERS.includes(request.answer)) return { refused: 'flag-unknown' };
  if (work.answeredFlags.some((each) => sameFlag(each, request))) return { refused: 'flag-answered-already' };
  const kept = work.answeredFlags.filter(({ on }) => on >= addDays(today, -KEPT_DAYS));
  return {
    work: { ...work, answeredFlags: [...kept, { ...answered, by, on: today }] },
    facts: [{ type: 'flag-answered', ...answered }],
  };
}

/** What nobody has answered yet: an answered flag never comes back for the same invoice. */
export function unanswered(flagged: readonly FlaggedInvoice[], answered: readonly AnsweredFlag[]): FlaggedInvoice[] {
  return flagged
    .map((invoice) => ({
      ...invoice,
      flags: invoice.flags.filter(
        ({ kind }) => !answered.some((each) => sameFlag(each, { entity: invoice.entity, invoice: invoice.number, flag: kind })),
      ),
    }))
    .filter(({ flags }) => flags.length > 0);
}

type Named = Pick<AnsweredFlag, 'entity' | 'invoice' | 'flag'>;
const sameFlag = (a: Named, b: Named) => a.entity === b.entity && a.invoice === b.invoice && a.flag === b.flag;
