import type { AccountWork } from '../account/account-work.ts';
import type { PastPromise } from '../arrangements/past-promises.ts';
import type { Day } from '../kernel/day.ts';

interface Named {
  /** Of the promise. */
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly currency: string;
  readonly amount: number;
  /** Slack user id. */
  readonly takenBy: string;
}

export type EndedPromise = Named & Pick<PastPromise, 'paid' | 'outcome'>;

/** What a digest says of promises. */
export interface DigestPromises {
  /** For today; those of earlier days that still run through their days of grace are not. */
  readonly due: readonly Named[];
  /** Since the digest before, each told once. */
  readonly ended: readonly EndedPromise[];
}

const byName = (a: Named, b: Named) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** `since`: day of the digest before; what that one told is left out, whatever the hour at which a promise ended. */
export function digestPromises(
  accounts: Iterable<{ readonly id: string; readonly name: string }>,
  work: ReadonlyMap<string, Pick<AccountWork, 'promises' | 'pastPromises'>>,
  today: Day,
  since: Day,
  told: DigestPromises | undefined,
): DigestPromises {
  const before = new Set(told?.ended.map(({ id }) => id));
  const [due, ended]: [Named[], EndedPromise[]] = [[], []];
  for (const { id: account, name } of accounts) {
    const { promises, pastPromises } = work.get(account) ?? { promises: [], pastPromises: [] };
    for (const { id, currency, amount, takenBy, date } of promises)
      if (date === today) due.push({ id, account, name, currency, amount, takenBy });
    for (const { id, currency, amount, paid, outcome, takenBy, closed } of pastPromises)
      if (closed >= since && !before.has(id)) ended.push({ id, account, name, currency, amount, paid, outcome, takenBy });
  }
  return { due: due.sort(byName), ended: ended.sort(byName) };
}
