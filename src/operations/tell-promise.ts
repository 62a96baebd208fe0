import type { PromiseOutcome } from '../domain/promise.ts';
import type { RecordedFact } from './ports.ts';
import type { Tell } from './tell-assignment.ts';

/** Kind of the job that takes a promise back to whoever took it. */
export const PROMISE_NEWS = 'promise-news';

export interface PromiseNews {
  readonly account: string;
  readonly promise: string;
}

const GOES_BACK: readonly PromiseOutcome[] = ['broken', 'partly-kept'];

/** Once, as a card, for one that was not kept; a kept one stands in the list and the digest. */
export function promiseTells({ id, aggregate, outcome, promise }: RecordedFact): Tell[] {
  if (!GOES_BACK.includes(outcome as PromiseOutcome)) return [];
  const payload = { account: aggregate.slice('account:'.length), promise } as PromiseNews;
  return [{ id: `${PROMISE_NEWS}:${id}`, kind: PROMISE_NEWS, payload: { ...payload } }];
}
