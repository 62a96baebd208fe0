import type { Day } from '../kernel/day.ts';
import { type CreditFile, type CreditLimit, limitOn } from './credit-file.ts';

/** A customer and the company it belongs to, if any. */
export interface Related {
  readonly id: string;
  readonly parent: string | null;
}

interface Item {
  readonly currency: string;
  readonly open: number;
}
interface Credit {
  readonly currency: string;
  readonly unappliedCash: number;
  readonly openCredit: number;
}

/** What customers owe, in minor units by currency. */
export type Amounts = ReadonlyMap<string, number>;

export interface Exposures {
  /**
   * By account: open invoices, due and not due, less unapplied cash and open credit. Negative: we owe the customer. What a plan or promise puts
   * off is still open, and counts once.
   */
  readonly own: ReadonlyMap<string, Amounts>;
  /** By the account at the top, for groups of at least two: the sum over its members. One company's credit is not set off against another's debt. */
  readonly groups: ReadonlyMap<string, Amounts>;
  /** The account at the top of each account's group. */
  readonly top: ReadonlyMap<string, string>;
}

/** Exposure of every account and group. Parents that are not known, and circles of parents, end a group there. */
export function exposuresOf(
  accounts: readonly Related[],
  items: ReadonlyMap<string, readonly Item[]>,
  credits: ReadonlyMap<string, readonly Credit[]>,
): Exposures {
  const own = new Map<string, Map<string, number>>();
  const top = topsOf(accounts);
  const members = Map.groupBy(accounts, ({ id }) => top.get(id)!);
  for (const { id } of accounts) {
    const sums = new Map<string, number>();
    for (const { currency, open } of items.get(id) ?? []) put(sums, currency, open);
    for (const { currency, unappliedCash, openCredit } of credits.get(id) ?? []) put(sums, currency, -unappliedCash - openCredit);
    own.set(id, sums);
  }
  const groups = new Map<string, Map<string, number>>();
  for (const [id, of] of members) {
    if (of.length < 2) continue;
    const sums = new Map<string, number>();
    for (const member of of) for (const [currency, amount] of own.get(member.id)!) put(sums, currency, Math.max(0, amount));
    groups.set(id, sums);
  }
  return { own, groups, top };
}

function topsOf(accounts: readonly Related[]): Map<string, string> {
  const parents = new Map(accounts.map(({ id, parent }) => [id, parent]));
  return new Map(
    accounts.map(({ id }) => {
      const seen = [id];
      for (let at = parents.get(id); at && parents.has(at); at = parents.get(at)) {
        // A circle: the one of its members that sorts first is the top of all of them.
        if (seen.includes(at)) return [id, seen.slice(seen.indexOf(at)).sort()[0]!];
        seen.push(at);
      }
      return [id, seen.at(-1)!];
    }),
  );
}

const put = (sums: Map<string, number>, currency: string, amount: number) => sums.set(currency, (sums.get(currency) ?? 0) + amount);

/** What a limit leaves, of an account or of its group; all in minor units of `currency`. */
export interface Headroom {
  readonly of: 'account' | 'group';
  readonly currency: string;
  readonly limit: CreditLimit;
  /** What counts of it today: 0 when it has expired; at most what the insurer's share covers. */
  readonly amount: number;
  readonly expired: boolean;
  readonly exposure: number;
  /** Negative: passed. A customer in credit has no more than the limit. */
  readonly left: number;
}

/** Of one account today: its own limits, and those of the group at whose top `groupFile` is. None without a limit: no limit is not a limit of 0. */
export function headroomOf(account: string, file: CreditFile, groupFile: CreditFile | null, exposures: Exposures, today: Day): Headroom[] {
  const own = Object.entries(file.limits).map(([currency, limit]) =>
    roomIn(
      'account',
      currency,
      limit,
      limitOn(limit, file.insured, currency, today),
      exposures.own.get(account)?.get(currency) ?? 0,
      today,
    ),
  );
  const group = exposures.groups.get(exposures.top.get(account) ?? account);
  const shared = Object.entries(group && groupFile ? groupFile.groupLimits : {}).map(([currency, limit]) =>
    roomIn('group', currency, limit, limitOn(limit, null, currency, today), group!.get(currency) ?? 0, today),
  );
  return [...own, ...shared];
}

function roomIn(of: Headroom['of'], currency: string, limit: CreditLimit, amount: number, exposure: number, today: Day): Headroom {
  const expired = limit.until !== null && limit.until < today;
  return { of, currency, limit, amount, expired, exposure, left: amount - Math.max(0, exposure) };
}

/** The least that is left in a currency, of the account's own limit and its group's; null: no limit in that currency. */
export function leastLeft(rooms: readonly Headroom[], currency: string): number | null {
  const left = rooms.filter((room) => room.currency === currency).map((room) => room.left);
  return left.length === 0 ? null : Math.min(...left);
}

/** Percent of a limit at which people are told; the second once the limit is passed. */
export const THRESHOLDS = [80, 100] as const;
export type Threshold = (typeof THRESHOLDS)[number];

/** The highest threshold that an exposure has reached; null: none. A limit of 0 is cash in advance: any open amount passes it. */
export function reached({ exposure, amount }: Pick<Headroom, 'exposure' | 'amount'>): Threshold | null {
  if (exposure > amount) return 100;
  return amount > 0 && BigInt(exposure) * 100n >= BigInt(amount) * 80n ? 80 : null;
}

/** Names an alert: once for each account or group, currency, threshold and version of the limit. */
export const limitAlertId = (id: string, { of, currency, limit }: Headroom, threshold: Threshold): string =>
  `limit:${of}:${id}:${currency}:${threshold}:${limit.version}`;
