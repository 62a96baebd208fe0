import { alertTell } from '../follow-up/tell-alerts.op.ts';
import type { Tell } from '../kernel/told.op.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import type { PromiseOutcome } from './promise.ts';

const GOES_BACK: readonly PromiseOutcome[] = ['broken', 'partly-kept'];

/** One that was not kept goes back to whoever took it; a kept one stands in the list and the digest. */
export function promiseTells(fact: RecordedFact): Tell[] {
  if (!GOES_BACK.includes(fact.outcome as PromiseOutcome)) return [];
  return [alertTell(fact, 'promise-broken', { promise: String(fact.promise) }, { named: String(fact.takenBy) })];
}
