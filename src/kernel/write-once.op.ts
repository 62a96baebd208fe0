import { type Stamped, stamp } from './fact.ts';
import type { Recorded } from './house-store.port.ts';

interface Change<S, D extends { readonly facts: readonly { readonly type: string }[] }, R> {
  /** 'team', `account:${id}`, ...: the name under which its facts are counted. */
  readonly aggregate: string;
  readonly by: string;
  readonly command: string;
  readonly now: Temporal.Instant;
  /** Somebody else may be faster so many times less one. */
  readonly tries?: number;
  readonly load: () => Promise<(S & Recorded) | null>;
  /** Said when there is nothing to load. */
  readonly absent?: R;
  readonly decide: (stored: S & Recorded) => D | { readonly refused: R };
  /** ONE guarded update of state and facts; false when the version has moved on. */
  readonly save: (stored: S & Recorded, decision: D, facts: Stamped<D['facts'][number]>[]) => Promise<boolean>;
}

export type Written<S, D, R> =
  /** `decision`: null when the command had been carried out before. */
  | { readonly done: true; readonly stored: S; readonly decision: D | null }
  | { readonly done: false; readonly refused: R | 'changed-meanwhile' };

/** One decision, written once: what moved on meanwhile is read and decided again; a command that was carried out before does nothing. */
export async function writeOnce<S, D extends { readonly facts: readonly { readonly type: string }[] }, R>({
  tries = 2,
  ...change
}: Change<S, D, R>): Promise<Written<S, D, R>> {
  const { aggregate, by, command, now } = change;
  for (let left = tries; left > 0; left -= 1) {
    const stored = await change.load();
    if (!stored) return { done: false, refused: change.absent as R };
    if (stored.commands.includes(command)) return { done: true, stored, decision: null };
    const decision = change.decide(stored);
    if ('refused' in decision) return { done: false, refused: decision.refused };
    const facts = stamp(decision.facts, aggregate, stored.facts, by, command, now);
    if (await change.save(stored, decision, facts)) return { done: true, stored, decision };
  }
  return { done: false, refused: 'changed-meanwhile' };
}
