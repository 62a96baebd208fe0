import type { Day } from '../kernel/day.ts';
import type { Money } from '../kernel/money.ts';
import type { Untrusted } from '../kernel/untrusted.ts';

/** What the script of a call is made of. */
export interface CallScriptFacts {
  readonly byManager: boolean;
  /** IETF tag and country of the customer. */
  readonly language: string;
  readonly country: string;
  readonly caller: string;
  readonly seller: string;
  readonly invoices: readonly Untrusted[];
  readonly totals: readonly Money[];
  readonly oldestDays: number;
  /** `received`: what of it came in, minor units; left out: nothing. */
  readonly brokenPromise: { readonly promised: Money; readonly by: Day; readonly received?: number } | null;
  readonly lastContact: { readonly how: 'wrote' | 'spoke'; readonly on: Day } | null;
}

/** Line by line in the team's language, with the same sentence in the customer's where that is another one. */
export type CallScript = readonly { readonly says: string; readonly customers: string | null }[];
export type CallScripts = (facts: CallScriptFacts) => CallScript;
