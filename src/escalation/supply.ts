import type { Moment } from '../account/moment.ts';
import { type CreditFile, withLimit } from '../credit/credit-file.ts';
import type { Day } from '../kernel/day.ts';

/** Whether the customer is still supplied, and whether sales operations have followed. */
export interface Supply {
  readonly stopped: boolean;
  readonly since: Day;
  /** The case that decided it. */
  readonly case: string;
  /** Who has told the order system; null while that is still to be done. */
  readonly doneBy: string | null;
}

/** Our own ceiling for what is open, by currency; minor units. */
export type CreditLimits = Readonly<Record<string, number>>;

export type SupplyRequest =
  | { readonly do: 'stop-supply'; readonly case: string; readonly reason: string }
  | { readonly do: 'release-supply'; readonly case: string; readonly reason: string }
  /** Sales operations have put it into the order system. */
  | { readonly do: 'supply-done'; readonly case: string }
  | { readonly do: 'set-credit-limit'; readonly case: string; readonly currency: string; readonly amount: number };

export type SupplyFact =
  | { readonly type: 'supply-stopped'; readonly case: string; readonly reason: string }
  | { readonly type: 'supply-released'; readonly case: string; readonly reason: string }
  | { readonly type: 'supply-done'; readonly case: string; readonly stopped: boolean }
  | {
      readonly type: 'credit-limit-set';
      readonly case: string;
      readonly currency: string;
      readonly from: number | null;
      readonly amount: number;
    };

export type SupplyRefusal = 'supply-stopped-already' | 'supply-not-stopped' | 'supply-task-done';

export interface Supplied {
  readonly supply: Supply | null;
  readonly creditLimits: CreditLimits;
  readonly creditFile: CreditFile;
}

export type SupplyDecision<Work> = { readonly work: Work; readonly facts: readonly SupplyFact[] } | { readonly refused: SupplyRefusal };

export function decideSupply<Work extends Supplied>(work: Work, request: SupplyRequest, { by, today }: Moment): SupplyDecision<Work> {
  const { supply, creditLimits, creditFile } = work;
  const since = (stopped: boolean) => ({ ...work, supply: { stopped, since: today, case: request.case, doneBy: null } });
  switch (request.do) {
    case 'stop-supply':
      if (supply?.stopped) return { refused: 'supply-stopped-already' };
      return { work: since(true), facts: [{ type: 'supply-stopped', case: request.case, reason: request.reason }] };
    case 'release-supply':
      if (!supply?.stopped) return { refused: 'supply-not-stopped' };
      return { work: since(false), facts: [{ type: 'supply-released', case: request.case, reason: request.reason }] };
    case 'supply-done':
      if (supply?.case !== request.case || supply.doneBy !== null) return { refused: 'supply-task-done' };
      return {
        work: { ...work, supply: { ...supply, doneBy: by } },
        facts: [{ type: 'supply-done', case: request.case, stopped: supply.stopped }],
      };
    case 'set-credit-limit': {
      const { currency, amount } = request;
      const from = creditLimits[currency] ?? null;
      const decided = withLimit(creditFile, { scope: 'account', currency, amount, until: null }, request.case, today);
      return {
        work: { ...work, creditLimits: { ...creditLimits, [currency]: amount }, creditFile: decided },
        facts: [{ type: 'credit-limit-set', case: request.case, currency, from, amount }],
      };
    }
  }
}
