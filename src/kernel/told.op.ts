import type { RecordedFact } from '../trail/trail.port.ts';

/** A message owed to somebody: a job whose id makes sure that it is said once. */
export interface Tell {
  readonly id: string;
  readonly kind: string;
  readonly payload: Record<string, unknown>;
}

/** By fact type: the messages owed for it, one a person. */
export type Told = Readonly<Record<string, (fact: RecordedFact) => Tell[]>>;

/** Several may owe messages for the same fact: none silences another. */
export function mergeTold(all: readonly Told[]): Told {
  const merged: Record<string, (fact: RecordedFact) => Tell[]> = {};
  for (const [type, tells] of all.flatMap((told) => Object.entries(told))) {
    const before = merged[type];
    merged[type] = before ? (fact) => [...before(fact), ...tells(fact)] : tells;
  }
  return merged;
}
