import type { Day } from '../kernel/day.ts';
import { onceFor } from '../kernel/once-for.ts';
import { isNote, type Policy, type PolicyStage } from './policy.ts';

/** The highest stage at which an invoice was really asked for. */
export interface Mark {
  readonly invoice: string;
  /** Key of the policy's stage. */
  readonly stage: string;
  /** The stage's days late: they place it in a policy that has no stage of this key. */
  readonly days: number;
  readonly on: Day;
  /** Minor units; null where nobody kept it. */
  readonly asked: number | null;
  /** 'start': as it was said when the account came to us. 'jump': a manager's leap, for which it need not have been late enough. */
  readonly how: ContactChannel | 'start' | 'jump';
  /** Its last notice in formal words. */
  readonly notice: { readonly on: Day; readonly asked: number | null } | null;
}

/** How far follow-up has gone for one selling entity. Invoices that are closed leave it after a while. */
export interface Ladder {
  readonly entity: string;
  readonly marks: readonly Mark[];
  /** When a message last showed an invoice, and how many statements did so in a row. */
  readonly named: readonly { readonly invoice: string; readonly on: Day; readonly statements: number }[];
  /** Last written demand; notes, answers, copies and confirmations are none. */
  readonly lastMail: Day | null;
  /** Last call of a stage. */
  readonly lastCall: Day | null;
  /** Last contact by whatever channel, for whatever purpose. */
  readonly lastContact: Day | null;
  /** Last mail in firm or formal words. */
  readonly lastFirm: Day | null;
  /** Last message of each stage. */
  readonly last: readonly { readonly stage: string; readonly on: Day }[];
  /** Calls of the last weeks, with what they spoke of that had been asked for before. */
  readonly calls: readonly { readonly on: Day; readonly stage: string; readonly days: number; readonly invoices: readonly string[] }[];
  /** Calls that stand on a list. */
  readonly offered: readonly OfferedCall[];
  /** Where a person said that invoices already late at the first import begin; null: not said. `from`: the day of their first message. */
  readonly start: {
    readonly stage: string | null;
    readonly by: string;
    readonly on: Day;
    readonly from: Day;
    /** The last mail as it stood before, where the start has moved it: taking the start back puts it there again. */
    readonly mailBefore?: Day | null;
  } | null;
  /** A manager's leaps: the stage that comes next for an invoice. */
  readonly jumps: readonly { readonly invoice: string; readonly stage: string; readonly reason: string; readonly by: string }[];
  /** People said no to a formal step, by currency; `until`: the day on which the question may come back. */
  readonly no: readonly { readonly currency: string; readonly until: Day; readonly by: string }[];
  /** What the last mail took, as it was before: it counts as not sent when it comes back. */
  readonly undo: {
    readonly on: Day;
    readonly invoices: readonly string[];
    readonly marks: readonly Mark[];
    readonly lastMail: Day | null;
    /** Left out in what was stored before all of it was kept. */
    readonly before?: Pick<Ladder, 'named' | 'last' | 'lastFirm' | 'lastContact' | 'jumps'>;
  } | null;
  /** What a person rests beside others that are placed, or keeps in the books as a small balance; null: until somebody says otherwise. */
  readonly rests: readonly { readonly invoice: string; readonly until: Day | null; readonly why: 'placement' | 'small' }[];
}

/** Since when a call stands on a list, and on which days somebody tried and reached nobody. */
export interface OfferedCall {
  readonly invoice: string;
  readonly stage: string;
  readonly on: Day;
  readonly tries: readonly Day[];
}

export type ContactChannel = 'email' | 'call' | 'letter' | 'meeting';
/** 'stage' is the policy's step, 'statement' shows what is open and takes nothing; the others answer somebody and move no ladder. */
export type ContactPurpose = 'stage' | 'statement' | 'answer' | 'copy' | 'confirmation' | 'other';

/** An invoice that a message asks for, the stage that it takes, and how much is asked. */
export interface Taken {
  readonly invoice: string;
  readonly stage: string;
  readonly days: number;
  readonly asked: number | null;
  /** Its words are formal. */
  readonly formal: boolean;
  readonly jumped?: boolean;
}

/** What a message says of invoices. */
export interface Said {
  /** Words are firm or formal. */
  readonly firm: boolean;
  readonly took: readonly Taken[];
  /** Everything it shows with an amount or covers with its sentence. */
  readonly named: readonly string[];
}

export type LadderRequest =
  | {
      readonly do: 'record-contact';
      readonly entity: string;
      readonly on: Day;
      readonly channel: ContactChannel;
      readonly purpose: ContactPurpose;
      /** Null unless the purpose is a stage. */
      readonly stage: Pick<PolicyStage, 'key' | 'offset'> | null;
      /** Numbers of the invoices that were asked for. */
      readonly invoices: readonly string[];
      /** Numbers of all open invoices of the entity. */
      readonly open: readonly string[];
      /** Left out where it is neither a stage nor a statement. */
      readonly said?: Said;
    }
  /** The last mail came back from every recipient: it counts as not sent. */
  | { readonly do: 'take-back-contact'; readonly entity: string; readonly on: Day }
  | {
      readonly do: 'offer-call';
      readonly entity: string;
      readonly calls: readonly { readonly invoice: string; readonly stage: string }[];
    }
  | {
      readonly do: 'confirm-start';
      readonly entity: string;
      /** The last stage that was sent before, or null where each invoice begins by its age. */
      readonly stage: Pick<PolicyStage, 'key' | 'offset'> | null;
      /** When it was sent, where known. */
      readonly sent: Day | null;
      /** What each invoice had by then. */
      readonly marks: readonly Mark[];
      /** The day of the first message. */
      readonly from: Day;
    }
  /** The start was wrong: it counts as not said. */
  | { readonly do: 'take-back-start'; readonly entity: string }
  | {
      readonly do: 'jump';
      readonly entity: string;
      readonly invoices: readonly { readonly invoice: string /** Key of its stage, or null. */; readonly at: string | null }[];
      readonly to: string;
      /** Keys of the policy's stages in order. */
      readonly order: readonly string[];
      /** `to` is a decision: only behind a formal notice. */
      readonly decision: boolean;
      readonly reason: string;
    }
  | { readonly do: 'refuse-step'; readonly entity: string; readonly currency: string; readonly until: Day }
  | {
      readonly do: 'rest-invoice';
      readonly entity: string;
      readonly invoice: string;
      readonly why: 'placement' | 'small';
      /** Null: until somebody says otherwise; today: no longer. */
      readonly until: Day | null;
    };

export type LadderFact =
  | ({
      readonly type: 'contact-made';
      readonly entity: string;
      readonly on: Day;
      readonly channel: ContactChannel;
      readonly purpose: ContactPurpose;
      readonly stage: string | null;
      readonly invoices: readonly string[];
    } & Partial<Pick<Said, 'took'>>)
  | {
      /** Recorded while a proposal still counted as a step; kept for what is in the trail. */
      readonly type: 'steps-proposed';
      readonly entity: string;
      readonly on: Day;
      readonly stage: string;
      readonly invoices: readonly string[];
    }
  | { readonly type: 'contact-taken-back'; readonly entity: string; readonly on: Day; readonly invoices: readonly string[] }
  | { readonly type: 'call-offered'; readonly entity: string; readonly stage: string; readonly invoices: readonly string[] }
  | {
      readonly type: 'start-confirmed';
      readonly entity: string;
      readonly stage: string | null;
      readonly sent: Day | null;
      readonly invoices: readonly string[];
    }
  | { readonly type: 'start-taken-back'; readonly entity: string; readonly invoices: readonly string[] }
  | {
      readonly type: 'stage-jumped';
      readonly entity: string;
      readonly invoice: string;
      readonly from: string | null;
      readonly to: string;
      readonly reason: string;
    }
  | { readonly type: 'step-refused'; readonly entity: string; readonly currency: string; readonly until: Day }
  | {
      readonly type: 'invoice-rested';
      readonly entity: string;
      readonly invoice: string;
      readonly why: 'placement' | 'small';
      readonly until: Day | null;
    };

export type LadderRefusal =
  | 'contact-in-future'
  | 'stage-missing'
  | 'start-confirmed-before'
  | 'no-start-to-take-back'
  | 'contact-since-start'
  | 'jump-not-forward'
  | 'jump-before-notice'
  | 'no-such-stage'
  | 'no-invoice-chosen'
  | 'no-such-contact-made'
  | 'no-too-long'
  | 'reason-missing';

export function emptyLadder(entity: string): Ladder {
  return {
    ...{ entity, marks: [], named: [], lastMail: null, lastCall: null, lastContact: null, lastFirm: null, last: [] },
    ...{ calls: [], offered: [], start: null, jumps: [], no: [], undo: null, rests: [] },
  };
}

export function ladderOf(ladders: readonly Ladder[], entity: string): Ladder {
  return ladders.find((ladder) => ladder.entity === entity) ?? emptyLadder(entity);
}

/** A written demand by a stage, which keeps its distance to the one before. */
export function isWrittenDemand(stage: Pick<PolicyStage, 'offset'>, channel: ContactChannel | 'task'): boolean {
  return !isNote(stage) && (channel === 'email' || channel === 'letter');
}

/** Index of an invoice's own stage in the policy, -1 for none. A stage for which it would have been too young, by its due date now, counts as the next lower one that fits. */
export function ownStage({ stages }: Pick<Policy, 'stages'>, mark: Mark | undefined, lateThen: (mark: Mark) => number): number {
  if (!mark) return -1;
  const same = stages.findIndex((stage) => stage.key === mark.stage && !isNote(stage));
  const known = same >= 0 ? same : stages.findLastIndex((stage) => !isNote(stage) && stage.offset <= mark.days);
  const late = lateThen(mark);
  if (mark.how === 'jump' || mark.days <= late) return known;
  return stages.findLastIndex((stage, index) => index < known && !isNote(stage) && stage.offset <= late);
}

/** The first of a list that never changes that is about an invoice. */
export const ofInvoice = <Each extends { readonly invoice: string }>(list: readonly Each[], invoice: string): Each | undefined =>
  byInvoice(list).get(invoice) as Each | undefined;

const byInvoice = onceFor(
  (list: readonly { readonly invoice: string }[]) => new Map(list.toReversed().map((each) => [each.invoice, each])),
);
