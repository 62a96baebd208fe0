import { type Day, daysBetween } from '../kernel/day.ts';
import { type Ask, askOf } from './ask.ts';
import type { EntityCase } from './claim.ts';
import { type Message, messageOf } from './message.ts';
import { type PassedWhy, type Worked, workedOut } from './next-stage.ts';
import { type ProposedStep, proposalsOf } from './proposals.ts';
import { nothingLate, type Reason, reasonsOf } from './reasons.ts';

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
  /** Oldest first. */
  readonly invoices: readonly InvoiceStand[];
  /** None: ready. */
  readonly reasons: readonly Reason[];
}

export interface Standing {
  readonly stand: EntityStand;
  readonly message: Message | null;
  readonly proposals: readonly ProposedStep[];
  /** The oldest invoice of the message. */
  readonly leading: LeadingInvoice | null;
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
  const reasons = message ? [] : entityReasons(of, invoices);
  const [first] = ask?.invoices ?? [];
  const leading = first ? { invoice: first.number, due: first.due, daysPastDue: daysBetween(first.due, of.today) } : null;
  return {
    stand: { entity: of.entity, invoices, reasons },
    message,
    proposals: proposalsOf(of),
    leading,
    ask: () => ask!,
  };
}

/** Each reason of its invoices once, with the first day on which one of them ends. */
function entityReasons(of: Worked, invoices: readonly InvoiceStand[]): Reason[] {
  const found = new Map<string, Reason>();
  for (const reason of invoices.flatMap(({ reasons }) => reasons)) {
    const known = found.get(reason.code);
    if (!known || (reason.until !== null && (known.until === null || reason.until < known.until))) found.set(reason.code, reason);
  }
  return found.size > 0 ? [...found.values()] : nothingLate(of);
}
