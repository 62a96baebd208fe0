import type { Moment } from '../account/moment.ts';
import { type Day, daysBetween } from '../kernel/day.ts';
import {
  type ContactChannel,
  isWrittenDemand,
  type Ladder,
  type LadderFact,
  type LadderRefusal,
  type LadderRequest,
  type Mark,
  type OfferedCall,
  type Said,
  type Taken,
} from './ladder.ts';
import { NUMBERS } from './numbers.ts';

const NOTHING_SAID: Said = { firm: false, took: [], named: [] };

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
      const start = { stage: stage?.key ?? null, by, on: today, from, ...(sent === null ? {} : { mailBefore: before.lastMail }) };
      const ladder: Ladder = { ...before, marks: raise(before.marks, marks), lastMail: later(before.lastMail, sent), start };
      const invoices = marks.map(({ invoice }) => invoice);
      return { ladder, facts: [{ type: 'start-confirmed', entity, stage: stage?.key ?? null, sent, invoices }] };
    }
    case 'take-back-start':
      return takeBackStart(before, request.entity);
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
  const { named = [], last = before.last, lastFirm = before.lastFirm, lastContact = before.lastContact, jumps = [] } = undo.before ?? {};
  // What happened since the mail stays.
  const since = new Set(before.marks.filter((mark) => mark.on !== on).map(({ invoice }) => invoice));
  const asWas = (now: Day | null, then: Day | null) => (now === on ? then : now);
  const back = (stage: string) => last.find((each) => each.stage === stage);
  const ladder: Ladder = {
    ...before,
    marks: [...before.marks.filter((mark) => since.has(mark.invoice)), ...undo.marks.filter((mark) => !since.has(mark.invoice))],
    named: [...before.named.filter((each) => each.on !== on), ...named],
    lastMail: asWas(before.lastMail, undo.lastMail),
    lastFirm: asWas(before.lastFirm, lastFirm),
    lastContact: asWas(before.lastContact, lastContact),
    last: before.last.flatMap((each) => (each.on === on ? (back(each.stage) ?? []) : each)),
    jumps: [...before.jumps, ...jumps.filter(({ invoice }) => !before.jumps.some((each) => each.invoice === invoice))],
    undo: null,
  };
  return { ladder, facts: [{ type: 'contact-taken-back', entity, on, invoices: undo.invoices }] };
}

/** Only what the start said goes; once the customer was contacted on it, it stays. */
function takeBackStart(before: Ladder, entity: string): LadderDecision {
  const { start } = before;
  if (start === null) return { refused: 'no-start-to-take-back' };
  if (before.lastContact !== null && before.lastContact >= start.on) return { refused: 'contact-since-start' };
  const said = before.marks.filter(({ how }) => how === 'start');
  const ladder: Ladder = {
    ...before,
    marks: before.marks.filter(({ how }) => how !== 'start'),
    lastMail: start.mailBefore === undefined ? before.lastMail : start.mailBefore,
    start: null,
  };
  return { ladder, facts: [{ type: 'start-taken-back', entity, invoices: said.map(({ invoice }) => invoice) }] };
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
  const takes = (jump: Jump) => took.some((each) => each.invoice === jump.invoice && each.stage === jump.stage);
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
    jumps: before.jumps.filter((each) => !takes(each)),
    undo: written ? undoOf(before, on, asked, new Set(named), takes) : before.undo,
    rests: before.rests.filter((each) => open.has(each.invoice)),
  };
  const fact: LadderFact = { type: 'contact-made', entity, on, channel, purpose, stage: taken?.key ?? null, invoices };
  return { ladder, facts: [took.length > 0 ? { ...fact, took } : fact] };
}

type Jump = Ladder['jumps'][number];

/** What a mail changes, as it was: should it come back from everybody. */
function undoOf(before: Ladder, on: Day, asked: ReadonlySet<string>, named: ReadonlySet<string>, takes: (jump: Jump) => boolean) {
  const { last, lastMail, lastFirm, lastContact } = before;
  const marks = before.marks.filter(({ invoice }) => asked.has(invoice));
  const shown = before.named.filter(({ invoice }) => named.has(invoice));
  return {
    on,
    invoices: [...asked],
    marks,
    lastMail,
    before: { named: shown, last, lastFirm, lastContact, jumps: before.jumps.filter(takes) },
  };
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
