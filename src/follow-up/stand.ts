import { type Day, daysBetween } from '../kernel/day.ts';
import { type Ask, askOf } from './ask.ts';
import type { EntityCase } from './claim.ts';
import { type Message, messageOf } from './message.ts';
import { type PassedWhy, type Worked, workedOut } from './next-stage.ts';
import { type ProposedStep, proposalsOf } from './proposals.ts';
import { ENTITY_REASONS, type EntityReason, type Reason, reasonsOf } from './reasons.ts';

export interface LeadingInvoice {
  readonly invoice: string;
  readonly due: Day;
  /** Negative before the due date. */
  readonly daysPastDue: number;
}

/** Where one late invoice stands. */
export interface InvoiceStand extends LeadingInvoice {
  readonly currency: string;
  /** Collectable, less credit; minor units. */
  readonly ask: number;
  /** Key of its own stage, null for none, and since when. */
  readonly at: string | null;
  readonly since: Day | null;
  /** Key of the stage that comes next; null: none. */
  readonly next: string | null;
  readonly jumped: boolean;
  readonly passed: readonly { readonly stage: string; readonly why: PassedWhy }[];
  /** In formal process. */
  readonly formal: boolean;
  /** None: it is asked for today, if its entity has its turn. */
  readonly reasons: readonly Reason[];
}

/** Where follow-up stands for one selling entity. */
export interface EntityStand {
  readonly entity: string;
  /** The oldest invoice of today's message, else the oldest that can be asked for; null: none. */
  readonly leading: LeadingInvoice | null;
  /** Where that one stands: keys of its own stage and of the one that comes next. */
  readonly at: string | null;
  readonly next: string | null;
  /** A manager's leap, not the order of the policy, makes `next` come next. */
  readonly jumped: boolean;
  /** What is late, oldest first. */
  readonly invoices: readonly InvoiceStand[];
  /** Of its invoices, each once. None: ready. */
  readonly reasons: readonly EntityReason[];
}

export interface Standing {
  readonly stand: EntityStand;
  readonly message: Message | null;
  readonly proposals: readonly ProposedStep[];
  /** Worked out only for the entity whose turn it is. */
  readonly ask: () => Ask;
}

export function standingOf(entity: EntityCase): Standing {
  const of = workedOut(entity);
  const message = messageOf(of);
  const ask = message && askOf(of, message);
  const named = new Set(ask?.said.named);
  const late = of.claims.filter((claim) => claim.late > 0);
  const invoices = late.map((claim): InvoiceStand => {
    const next = of.nexts.get(claim.number);
    const { stages } = of.policy;
    return {
      ...{ invoice: claim.number, due: claim.due, daysPastDue: claim.late, currency: claim.currency, ask: claim.ask },
      ...{ at: stages[claim.own]?.key ?? null, since: claim.own >= 0 ? claim.mark!.on : null },
      ...{ next: next?.index == null ? null : stages[next.index]!.key, jumped: next?.jumped ?? false, formal: claim.formal },
      passed: (next?.passed ?? []).map(({ index, why }) => ({ stage: stages[index]!.key, why })),
      reasons: named.has(claim.number) ? [] : reasonsOf(of, claim),
    };
  });
  const reasons = message ? [] : entityReasons(invoices);
  return {
    stand: { entity: of.entity, ...leadOf(of, message, ask, invoices), invoices, reasons },
    message,
    proposals: proposalsOf(of),
    ask: () => ask!,
  };
}

function leadOf(of: Worked, message: Message | null, ask: Ask | null, invoices: readonly InvoiceStand[]) {
  const [first] = ask?.invoices ?? [];
  const stand = first ? invoices.find(({ invoice }) => invoice === first.number) : invoices.find((each) => each.ask > 0);
  const noted = first && { invoice: first.number, due: first.due, daysPastDue: daysBetween(first.due, of.today) };
  const leading = stand ? { invoice: stand.invoice, due: stand.due, daysPastDue: stand.daysPastDue } : (noted ?? null);
  const next = message?.kind === 'note' ? message.stage.key : (stand?.next ?? null);
  return { leading, at: stand?.at ?? null, next, jumped: stand?.jumped ?? false };
}

function entityReasons(invoices: readonly InvoiceStand[]): EntityReason[] {
  const found = new Set(invoices.flatMap(({ reasons }) => reasons.map(({ code }) => code)));
  return found.size > 0 ? ENTITY_REASONS.filter((code) => found.has(code)) : ['nothing-overdue'];
}
