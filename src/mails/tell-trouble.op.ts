import { RAISE_ALERT } from '../follow-up/tell-alerts.op.ts';
import type { Tell } from '../kernel/told.op.ts';

/** A mail that failed or whose fate is not known, for whoever has to decide: the collector, else who approved it. One alert a try. */
export function troubleTell(draft: string, account: string, fence: number, approvedBy: string | null = null): Tell {
  const named = approvedBy === null ? {} : { named: approvedBy };
  const payload = { id: `mail-trouble:${draft}:${fence}`, cause: 'mail-trouble', account, about: { draft }, ...named };
  return { id: `send-trouble:${draft}:${fence}`, kind: RAISE_ALERT, payload };
}
