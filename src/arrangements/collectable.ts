import type { Day } from '../kernel/day.ts';
import type { WorkingDays } from '../kernel/working-days.ts';
import { disputedOf, type OpenDispute } from './dispute.ts';
import { sumOf } from './instalments.ts';
import { awaited, type OpenPromise, promiseLapsed } from './promise.ts';

/** An open invoice as follow-up sees it. `open` is the residual after part payments; minor units. */
export interface LedgerItem {
  readonly entity: string;
  readonly number: string;
  readonly currency: string;
  readonly issued: Day;
  readonly due: Day;
  readonly open: number;
  /** Part of `open` that the ledger marks as disputed. */
  readonly disputed: number;
  /** Reminders of the accounting system before us; left out: it says nothing of them. */
  readonly dunned?: { readonly level: number; readonly on: Day | null };
  /** The accounting system says that nobody is to remind of it. */
  readonly dunningBlock?: string;
  /** Receipts that name it under another customer number or in another currency: it may be paid, and nobody is reminded of it before a person has said. */
  readonly misplaced?: readonly string[];
}

/** Credit not taken off any invoice yet; minor units, positive. */
export interface LedgerCredit {
  readonly entity: string;
  readonly currency: string;
  readonly unappliedCash: number;
  readonly openCredit: number;
}

/** A part of an invoice that a plan, an accepted offer or a credit to be booked covers. */
export interface PlannedPart {
  readonly entity: string;
  readonly invoice: string;
  readonly amount: number;
  /** Given up: no letter and no list speaks of it any more. */
  readonly writtenOff?: true;
}

/** open = writtenOff + disputed + planned + promised + held + ask. */
export interface ItemParts {
  readonly item: LedgerItem;
  readonly writtenOff: number;
  readonly disputed: number;
  readonly planned: number;
  readonly promised: number;
  /** The rest of an invoice that is held back: see LedgerItem. */
  readonly held: number;
  /** What may be asked for. */
  readonly ask: number;
}

export interface PromisedAndDisputed {
  readonly promises: readonly OpenPromise[];
  readonly disputes: readonly OpenDispute[];
}

/** Divides each residual into what rests and what may be asked for. A dispute recorded here and in the ledger is the same one. */
export function divideItems(
  items: readonly LedgerItem[],
  work: PromisedAndDisputed,
  planned: readonly PlannedPart[],
  today: Day,
  calendar: WorkingDays,
  grace: number,
): ItemParts[] {
  const promises = work.promises.filter((promise) => !promiseLapsed(promise, today, calendar, grace));
  return items.map((item) => {
    let ask = item.open;
    const take = (amount: number): number => {
      const taken = Math.min(ask, amount);
      ask -= taken;
      return taken;
    };
    const own = planned.filter((part) => part.entity === item.entity && part.invoice === item.number);
    const writtenOff = take(sumOf(own.filter((part) => part.writtenOff)));
    const disputed = take(Math.max(item.disputed, disputedOf(work.disputes, item.entity, item.number)));
    const inPlan = take(sumOf(own.filter((part) => !part.writtenOff)));
    const promised = take(
      promises
        .filter((promise) => promise.entity === item.entity)
        .flatMap((promise) => promise.parts)
        .reduce((sum, part) => (part.invoice === item.number ? sum + awaited(part, item.open) : sum), 0),
    );
    const held = item.dunningBlock || item.misplaced?.length ? take(ask) : 0;
    return { item, writtenOff, disputed, planned: inPlan, promised, held, ask };
  });
}

/** Residuals of one selling entity's invoices by number, minor units; 0 for what is not open. */
export function residualsOf(items: readonly Pick<LedgerItem, 'entity' | 'number' | 'open'>[], entity: string): (invoice: string) => number {
  const open = new Map(items.filter((item) => item.entity === entity).map((item) => [item.number, item.open]));
  return (invoice) => open.get(invoice) ?? 0;
}
