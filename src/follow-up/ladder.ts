import type { Moment } from '../account/moment.ts';
import type { Day } from '../kernel/day.ts';
import { isNote, type Policy, type PolicyStage } from './policy.ts';

/** The highest stage that named an invoice. The offset places it in a policy that has no stage of this key any more. */
export interface NamedInvoice {
  readonly invoice: string;
  readonly stage: string;
  readonly offset: number;
  readonly on: Day;
}

/** How far follow-up has gone with an account for one selling entity. */
export interface Ladder {
  readonly entity: string;
  /** Open invoices only. */
  readonly named: readonly NamedInvoice[];
  /** Last written demand; notes, calls, answers, copies and confirmations are none. */
  readonly lastDemand: Day | null;
  readonly lastStage: Day | null;
  /** Last contact by whatever channel, for whatever purpose. */
  readonly lastContact: Day | null;
  /** Where the collector said that invoices already late at the first import begin; null: not said. */
  readonly start: { readonly stage: string | null; readonly by: string; readonly on: Day } | null;
  /** A manager's leap: the stage that comes next while this invoice leads. */
  readonly jump: { readonly invoice: string; readonly stage: string; readonly reason: string; readonly by: string } | null;
}

export type ContactChannel = 'email' | 'call' | 'letter' | 'meeting';
/** 'stage' is the policy's step; the others answer somebody and move no ladder. */
export type ContactPurpose = 'stage' | 'answer' | 'copy' | 'confirmation' | 'other';

export type LadderRequest =
  | {
      readonly do: 'record-contact';
      readonly entity: string;
      readonly on: Day;
      /** 'task': people of ours were asked to decide; no contact with the customer. */
      readonly channel: ContactChannel | 'task';
      readonly purpose: ContactPurpose;
      /** Null unless the purpose is a stage. */
      readonly stage: Pick<PolicyStage, 'key' | 'offset'> | null;
      /** Numbers of the invoices that were asked for. */
      readonly invoices: readonly string[];
      /** Numbers of all open invoices of the entity: what is closed leaves the ladder. */
      readonly open: readonly string[];
    }
  | {
      readonly do: 'confirm-start';
      readonly entity: string;
      /** The last stage that was sent before; null: none, begin with the first. */
      readonly stage: Pick<PolicyStage, 'key' | 'offset'> | null;
      /** When it was sent, where known. */
      readonly sent: Day | null;
      /** Numbers of the invoices it named. */
      readonly invoices: readonly string[];
    }
  | {
      readonly do: 'jump';
      readonly entity: string;
      /** The leading invoice. */
      readonly invoice: string;
      /** Where it stands: key of the highest stage that named it, or null. */
      readonly from: string | null;
      readonly to: string;
      /** Keys of the policy's stages in order. */
      readonly order: readonly string[];
      readonly reason: string;
    };

export type LadderFact =
  | {
      readonly type: 'contact-made';
      readonly entity: string;
      readonly on: Day;
      readonly channel: ContactChannel;
      readonly purpose: ContactPurpose;
      readonly stage: string | null;
      readonly invoices: readonly string[];
    }
  | {
      readonly type: 'steps-proposed';
      readonly entity: string;
      readonly on: Day;
      readonly stage: string;
      readonly invoices: readonly string[];
    }
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
    };

export type LadderRefusal =
  | 'contact-in-future'
  | 'stage-missing'
  | 'start-confirmed-before'
  | 'jump-not-forward'
  | 'no-such-stage'
  | 'reason-missing';

export function ladderOf(ladders: readonly Ladder[], entity: string): Ladder {
  const empty = { entity, named: [], lastDemand: null, lastStage: null, lastContact: null, start: null, jump: null };
  return ladders.find((ladder) => ladder.entity === entity) ?? empty;
}

/** Index of the highest stage that named an invoice, -1 for none. */
export function positionIn({ stages }: Policy, named: NamedInvoice | undefined): number {
  if (!named) return -1;
  const same = stages.findIndex((stage) => stage.key === named.stage);
  return same >= 0 ? same : stages.findLastIndex((stage) => stage.offset <= named.offset);
}

/** No demand stage is skipped; notes lapse. */
export function nextDemand({ stages }: Policy, position: number): PolicyStage | null {
  return stages.find((stage, index) => index > position && !isNote(stage)) ?? null;
}

/** A written demand by a stage, which keeps its distance to the one before. */
export function isWrittenDemand(stage: Pick<PolicyStage, 'offset'>, channel: ContactChannel | 'task'): boolean {
  return !isNote(stage) && (channel === 'email' || channel === 'letter');
}

export type LadderDecision = { readonly ladder: Ladder; readonly fact: LadderFact } | { readonly refused: LadderRefusal };

export function decideLadder(before: Ladder, request: LadderRequest, { by, today }: Moment): LadderDecision {
  switch (request.do) {
    case 'record-contact':
      return recordContact(before, request, today);
    case 'confirm-start': {
      const { entity, stage, sent, invoices } = request;
      if (before.start) return { refused: 'start-confirmed-before' };
      if (sent !== null && sent > today) return { refused: 'contact-in-future' };
      const on = sent ?? today;
      const ladder: Ladder = {
        ...before,
        named: stage ? raise(before.named, invoices, { stage: stage.key, offset: stage.offset, on }) : before.named,
        lastDemand: later(before.lastDemand, sent),
        lastStage: later(before.lastStage, sent),
        start: { stage: stage?.key ?? null, by, on: today },
      };
      return { ladder, fact: { type: 'start-confirmed', entity, stage: stage?.key ?? null, sent, invoices } };
    }
    case 'jump': {
      const { entity, invoice, from, to, order, reason } = request;
      if (!order.includes(to)) return { refused: 'no-such-stage' };
      if (from !== null && order.indexOf(to) <= order.indexOf(from)) return { refused: 'jump-not-forward' };
      if (reason.trim() === '') return { refused: 'reason-missing' };
      return {
        ladder: { ...before, jump: { invoice, stage: to, reason, by } },
        fact: { type: 'stage-jumped', entity, invoice, from, to, reason },
      };
    }
  }
}

/** Also told afterwards, with the day it was made: it happened, so it is never refused for being too much. */
function recordContact(before: Ladder, request: Extract<LadderRequest, { do: 'record-contact' }>, today: Day): LadderDecision {
  const { entity, on, channel, purpose, stage, invoices, open } = request;
  if (on > today) return { refused: 'contact-in-future' };
  if ((purpose === 'stage' || channel === 'task') && stage === null) return { refused: 'stage-missing' };
  const taken = purpose === 'stage' ? stage : null;
  const raised = taken ? raise(before.named, invoices, { stage: taken.key, offset: taken.offset, on }) : before.named;
  const stillOpen = new Set(open);
  const ladder: Ladder = {
    ...before,
    named: raised.filter((each) => stillOpen.has(each.invoice)),
    lastDemand: taken && isWrittenDemand(taken, channel) ? later(before.lastDemand, on) : before.lastDemand,
    lastStage: taken ? later(before.lastStage, on) : before.lastStage,
    lastContact: channel === 'task' ? before.lastContact : later(before.lastContact, on),
    jump: taken && before.jump?.stage === taken.key ? null : before.jump,
  };
  const fact: LadderFact =
    channel === 'task'
      ? { type: 'steps-proposed', entity, on, stage: stage!.key, invoices }
      : { type: 'contact-made', entity, on, channel, purpose, stage: taken?.key ?? null, invoices };
  return { ladder, fact };
}

/** Names invoices at a stage; one that stands higher stays there. */
function raise(named: readonly NamedInvoice[], invoices: readonly string[], at: Omit<NamedInvoice, 'invoice'>): NamedInvoice[] {
  const byInvoice = new Map(named.map((each) => [each.invoice, each]));
  for (const invoice of invoices) {
    const known = byInvoice.get(invoice);
    if (!known || known.offset < at.offset) byInvoice.set(invoice, { invoice, ...at });
  }
  return [...byInvoice.values()];
}

const later = (a: Day | null, b: Day | null): Day | null => (a === null || (b !== null && b > a) ? b : a);
