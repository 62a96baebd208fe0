import type { Moment } from '../account/moment.ts';
import { type Day, daysBetween } from '../kernel/day.ts';
import { NUMBERS } from './numbers.ts';
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
  readonly start: { readonly stage: string | null; readonly by: string; readonly on: Day; readonly from: Day } | null;
  /** A manager's leaps: the stage that comes next for an invoice. */
  readonly jumps: readonly { readonly invoice: string; readonly stage: string; readonly reason: string; readonly by: string }[];
  /** People said no to a formal step, by currency. */
  readonly no: readonly { readonly currency: string; readonly until: Day; readonly by: string }[];
  /** What the last mail took, as it was before: it counts as not sent when it comes back. */
  readonly undo: {
    readonly on: Day;
    readonly invoices: readonly string[];
    readonly marks: readonly Mark[];
    readonly lastMail: Day | null;
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

const NOTHING_SAID: Said = { firm: false, took: [], named: [] };

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

export type LadderDecision = { readonly ladder: Ladder; readonly facts: readonly LadderFact[] } | { readonly refused: LadderRefusal };

export function decideLadder(before: Ladder, request: LadderRequest, { by, today }: Moment): LadderDecision {
  switch (request.do) {
    case 'record-contact':
      return recordContact(before, request, today);
    case 'take-back-contact':
      return takeBack(before, request);
    case 'offer-call':
      return offerCall(before, request, today);
    case 'confirm-start': {
      const { entity, stage, sent, marks, from } = request;
      if (before.start) return { refused: 'start-confirmed-before' };
      if (sent !== null && sent > today) return { refused: 'contact-in-future' };
      const ladder: Ladder = {
        ...before,
        marks: raise(before.marks, marks),
        lastMail: later(before.lastMail, sent),
        start: { stage: stage?.key ?? null, by, on: today, from },
      };
      const invoices = marks.map(({ invoice }) => invoice);
      return { ladder, facts: [{ type: 'start-confirmed', entity, stage: stage?.key ?? null, sent, invoices }] };
    }
    case 'jump':
      return jump(before, request, by);
    case 'refuse-step': {
      const { entity, currency, until } = request;
      if (daysBetween(today, until) > NUMBERS.longestNo) return { refused: 'no-too-long' };
      const no = [...before.no.filter((each) => each.currency !== currency), { currency, until, by }];
      return { ladder: { ...before, no }, facts: [{ type: 'step-refused', entity, currency, until }] };
    }
    case 'rest-invoice': {
      const { entity, invoice, why, until } = request;
      const rests = [...before.rests.filter((each) => each.invoice !== invoice || each.why !== why), { invoice, until, why }];
      return { ladder: { ...before, rests }, facts: [{ type: 'invoice-rested', entity, invoice, why, until }] };
    }
  }
}

function takeBack(before: Ladder, { entity, on }: Extract<LadderRequest, { do: 'take-back-contact' }>): LadderDecision {
  const { undo } = before;
  if (undo?.on !== on) return { refused: 'no-such-contact-made' };
  const taken = new Set(undo.invoices);
  const ladder: Ladder = {
    ...before,
    marks: [...before.marks.filter(({ invoice }) => !taken.has(invoice)), ...undo.marks],
    named: before.named.filter((each) => each.on !== on),
    lastMail: undo.lastMail,
    undo: null,
  };
  return { ladder, facts: [{ type: 'contact-taken-back', entity, on, invoices: undo.invoices }] };
}

function jump(before: Ladder, request: Extract<LadderRequest, { do: 'jump' }>, by: string): LadderDecision {
  const { entity, invoices, to, order, decision, reason } = request;
  if (!order.includes(to)) return { refused: 'no-such-stage' };
  if (invoices.length === 0) return { refused: 'no-invoice-chosen' };
  if (invoices.some(({ at }) => at !== null && order.indexOf(to) <= order.indexOf(at))) return { refused: 'jump-not-forward' };
  const noticed = (invoice: string) => before.marks.some((mark) => mark.invoice === invoice && mark.notice !== null);
  if (decision && invoices.some(({ invoice }) => !noticed(invoice))) return { refused: 'jump-before-notice' };
  if (reason.trim() === '') return { refused: 'reason-missing' };
  const chosen = new Set(invoices.map(({ invoice }) => invoice));
  const jumps = [
    ...before.jumps.filter((each) => !chosen.has(each.invoice)),
    ...invoices.map(({ invoice }) => ({ invoice, stage: to, reason, by })),
  ];
  const facts = invoices.map(({ invoice, at }): LadderFact => ({ type: 'stage-jumped', entity, invoice, from: at, to, reason }));
  return { ladder: { ...before, jumps }, facts };
}

/** A call comes onto a list; it stands there since the first day. */
function offerCall(before: Ladder, { entity, calls }: Extract<LadderRequest, { do: 'offer-call' }>, today: Day): LadderDecision {
  const known = (each: { invoice: string; stage: string }) =>
    before.offered.some(({ invoice, stage }) => invoice === each.invoice && stage === each.stage);
  const added = calls.filter((each) => !known(each));
  const offered = [...before.offered, ...added.map((each) => ({ ...each, on: today, tries: [] }))];
  const byStage = Map.groupBy(added, ({ stage }) => stage);
  const facts = [...byStage].map(
    ([stage, list]): LadderFact => ({ type: 'call-offered', entity, stage, invoices: list.map(({ invoice }) => invoice) }),
  );
  return { ladder: { ...before, offered }, facts };
}

/** A try that reached nobody; a call that nobody had offered stands on the list from now on. */
export function withTries(ladder: Ladder, calls: readonly Pick<Taken, 'invoice' | 'stage'>[], today: Day): Ladder {
  const same = (one: { invoice: string; stage: string }, other: { invoice: string; stage: string }) =>
    one.invoice === other.invoice && one.stage === other.stage;
  const others = ladder.offered.filter((each) => !calls.some((call) => same(call, each)));
  const tried = calls.map(({ invoice, stage }): OfferedCall => {
    const known = ladder.offered.find((each) => same(each, { invoice, stage }));
    return { invoice, stage, on: known?.on ?? today, tries: [...new Set([...(known?.tries ?? []), today])] };
  });
  return { ...ladder, offered: [...others, ...tried] };
}

/** How long an invoice that is closed keeps its stage: a payment may bounce. */
const REOPENS_WITHIN = 90;
const CALLS_KEPT = 30;

/** Also told afterwards, with the day it was made: it happened, so it is never refused for being too much. */
function recordContact(before: Ladder, request: Extract<LadderRequest, { do: 'record-contact' }>, today: Day): LadderDecision {
  const { entity, on, channel, purpose, stage, invoices, said = NOTHING_SAID } = request;
  const { took, named, firm } = said;
  if (on > today) return { refused: 'contact-in-future' };
  if (purpose === 'stage' && stage === null) return { refused: 'stage-missing' };
  const taken = purpose === 'stage' ? stage : null;
  const isCall = channel === 'call' || channel === 'meeting';
  const written = purpose === 'statement' || (taken !== null && isWrittenDemand(taken, channel));
  const asked = new Set(took.map(({ invoice }) => invoice));
  const open = new Set(request.open);
  const kept = (invoice: string, since: Day) => open.has(invoice) || daysBetween(since, today) <= REOPENS_WITHIN;
  const marks = raise(
    before.marks,
    took.map((each) => markOf(each, on, channel, before.marks)),
  ).filter((mark) => kept(mark.invoice, mark.on));
  const marked = new Set(before.marks.map(({ invoice }) => invoice));
  const spokenOf = { on, stage: taken?.key ?? '', days: taken?.offset ?? 0, invoices: named.filter((each) => marked.has(each)) };
  const ladder: Ladder = {
    ...before,
    marks,
    named: nameAll(before.named, named, on, purpose === 'statement').filter((each) => kept(each.invoice, each.on)),
    lastMail: written ? later(before.lastMail, on) : before.lastMail,
    lastCall: taken && isCall ? later(before.lastCall, on) : before.lastCall,
    lastContact: later(before.lastContact, on),
    lastFirm: written && firm ? later(before.lastFirm, on) : before.lastFirm,
    last: taken ? lastOf(before.last, taken.key, on) : before.last,
    calls: [...before.calls, ...(taken && isCall ? [spokenOf] : [])].filter((each) => daysBetween(each.on, today) <= CALLS_KEPT),
    offered: before.offered.filter((each) => open.has(each.invoice) && !asked.has(each.invoice)),
    jumps: before.jumps.filter((each) => !took.some(({ invoice, stage: to }) => invoice === each.invoice && to === each.stage)),
    undo: written
      ? { on, invoices: [...asked], marks: before.marks.filter(({ invoice }) => asked.has(invoice)), lastMail: before.lastMail }
      : before.undo,
    rests: before.rests.filter((each) => open.has(each.invoice)),
  };
  const fact: LadderFact = { type: 'contact-made', entity, on, channel, purpose, stage: taken?.key ?? null, invoices };
  return { ladder, facts: [took.length > 0 ? { ...fact, took } : fact] };
}

function markOf({ invoice, stage, days, asked, formal, jumped }: Taken, on: Day, channel: ContactChannel, marks: readonly Mark[]): Mark {
  const before = marks.find((mark) => mark.invoice === invoice)?.notice ?? null;
  return { invoice, stage, days, on, asked, how: jumped ? 'jump' : channel, notice: formal ? { on, asked } : before };
}

/** The stages just taken. One that counts as lower by its due date now is replaced, too. */
function raise(marks: readonly Mark[], raised: readonly Mark[]): Mark[] {
  const byInvoice = new Map(marks.map((each) => [each.invoice, each]));
  for (const mark of raised) {
    const known = byInvoice.get(mark.invoice);
    const higher = known !== undefined && known.days > mark.days;
    // Told late, or a notice given again: the stage stays.
    if (higher && (known.on > mark.on || (known.notice && mark.notice?.on === mark.on))) {
      byInvoice.set(mark.invoice, { ...known, notice: mark.notice ?? known.notice });
    } else byInvoice.set(mark.invoice, mark);
  }
  return [...byInvoice.values()];
}

function nameAll(before: Ladder['named'], named: readonly string[], on: Day, statement: boolean): Ladder['named'] {
  const byInvoice = new Map(before.map((each) => [each.invoice, each]));
  for (const invoice of named) {
    const known = byInvoice.get(invoice);
    const statements = statement ? (known?.statements ?? 0) + 1 : 0;
    if (!known || known.on <= on) byInvoice.set(invoice, { invoice, on, statements });
  }
  return [...byInvoice.values()];
}

function lastOf(before: Ladder['last'], stage: string, on: Day): Ladder['last'] {
  const known = before.find((each) => each.stage === stage);
  return [...before.filter((each) => each !== known), { stage, on: later(known?.on ?? null, on) ?? on }];
}

const later = (a: Day | null, b: Day | null): Day | null => (a === null || (b !== null && b > a) ? b : a);
