import path from 'node:path';
import { NO_CREDIT_FILE } from '../../src/credit/credit-file.ts';
import { chance } from '../../src/importing/random.ts';
import { day } from '../../src/kernel/day.ts';

type Rules = typeof import('../../src/credit/exposure.ts');

const TODAY = day('2026-11-30');

interface Made {
  readonly accounts: { id: string; parent: string | null }[];
  readonly items: { account: string; currency: string; open: number }[];
  readonly credits: { account: string; currency: string; unappliedCash: number; openCredit: number }[];
}

/** Exposure of accounts and groups is what an independent sum says, and each alert comes once for a limit's version however often it is looked at. */
export async function p24(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const rules = (await import(path.join(src, 'credit/exposure.ts'))) as Rules;
  const figures = { ledgers: 0, accounts: 0, groups: 0, differences: 0, alerts: 0, again: 0, missed: 0, wrong: 0 };
  for (let seed = 1; seed <= (size === 'full' ? 5_000 : 150); seed += 1) {
    const made = makeLedger(seed);
    const by = <T extends { account: string }>(rows: T[]) => Map.groupBy(rows, ({ account }) => account);
    const found = rules.exposuresOf(made.accounts, by(made.items), by(made.credits));
    figures.ledgers += 1;
    figures.accounts += made.accounts.length;
    figures.groups += found.groups.size;
    for (const { id } of made.accounts) {
      for (const currency of ['EUR', 'GBP']) {
        if ((found.own.get(id)?.get(currency) ?? 0) !== ownSum(made, id, currency)) figures.differences += 1;
        const members = groupOf(made, id);
        const shared = members.reduce((sum, member) => sum + Math.max(0, ownSum(made, member, currency)), 0);
        const group = found.groups.get(found.top.get(id)!);
        if (members.length > 1 ? (group?.get(currency) ?? 0) !== shared : group !== undefined) figures.differences += 1;
      }
    }
    watch(rules, made, found, seed, figures);
  }
  const { differences, again, missed, wrong } = figures;
  return { held: differences + again + missed + wrong === 0, figures };
}

/** Looks at growing books three times each, as each import and hour does. */
function watch(rules: Rules, made: Made, found: ReturnType<Rules['exposuresOf']>, seed: number, figures: Record<string, number>): void {
  const { between } = chance(seed + 1_000_000);
  const told = new Set<string>();
  const { id } = made.accounts[between(0, made.accounts.length - 1)]!;
  let version = 1;
  for (let round = 0; round < 6; round += 1) {
    if (round === 3) version = 2;
    const amount = between(0, 6) * 20_000;
    const limit = { amount, until: round === 5 ? day('2026-11-29') : null, by: 'U1', on: TODAY, version };
    const file = { ...NO_CREDIT_FILE, limits: { EUR: limit }, groupLimits: { EUR: limit } };
    const rooms = rules.headroomOf(id, file, file, found, TODAY);
    const members = groupOf(made, id);
    if (rooms.length !== (members.length > 1 ? 2 : 1)) figures.missed! += 1;
    for (const room of rooms) {
      const sum =
        room.of === 'account'
          ? ownSum(made, id, 'EUR')
          : members.reduce((all, member) => all + Math.max(0, ownSum(made, member, 'EUR')), 0);
      const counts = round === 5 ? 0 : amount;
      const expected = sum > counts ? 100 : counts > 0 && sum * 5 >= counts * 4 ? 80 : null;
      const came = rules.reached(room);
      if (came !== expected || room.left !== counts - Math.max(0, sum)) figures.wrong! += 1;
      if (came === null) continue;
      const name = rules.limitAlertId(id, room, came);
      const wanted = `${room.of} ${came} ${version}`;
      // Told again under another name for the same threshold and version, or not told because a name repeats one of another.
      const before = [...told].filter((each) => each.endsWith(`|${wanted}`));
      if (before.some((each) => !each.startsWith(`${name}|`))) figures.again! += 1;
      if ([...told].some((each) => each.startsWith(`${name}|`) && !each.endsWith(`|${wanted}`))) figures.missed! += 1;
      if (before.length === 0) figures.alerts! += 1;
      told.add(`${name}|${wanted}`);
    }
  }
}

/** In whole cents, one row after the other, as a person with a calculator would. */
function ownSum({ items, credits }: Made, id: string, currency: string): number {
  let sum = 0n;
  for (const item of items) if (item.account === id && item.currency === currency) sum += BigInt(item.open);
  for (const each of credits)
    if (each.account === id && each.currency === currency) sum -= BigInt(each.unappliedCash) + BigInt(each.openCredit);
  return Number(sum);
}

/** Everybody who can be reached over parents, up and down. */
function groupOf({ accounts }: Made, id: string): string[] {
  const known = new Set(accounts.map((each) => each.id));
  const members = new Set([id]);
  for (let grown = -1; grown !== members.size; ) {
    grown = members.size;
    for (const { id: each, parent } of accounts) {
      if (!parent || !known.has(parent)) continue;
      if (members.has(each)) members.add(parent);
      if (members.has(parent)) members.add(each);
    }
  }
  return [...members];
}

function makeLedger(seed: number): Made {
  const { between, of, pick } = chance(seed);
  const ids = Array.from({ length: between(1, 12) }, (_, n) => `a${n}`);
  const accounts = ids.map((id, n) => {
    // Chains of parents, parents that are not known, and now and then a circle.
    const parent = of(0.5) && n > 0 ? pick(ids.slice(0, n)) : of(0.05) ? 'gone' : of(0.03) ? pick(ids) : null;
    return { id, parent: parent === id ? null : parent };
  });
  const currency = () => (of(0.8) ? 'EUR' : 'GBP');
  const items = Array.from({ length: between(0, 40) }, () => ({ account: pick(ids), currency: currency(), open: between(1, 60_000) }));
  const credits = Array.from({ length: between(0, 8) }, () => ({
    ...{ account: pick(ids), currency: currency(), unappliedCash: between(0, 30_000), openCredit: between(0, 30_000) },
  }));
  return { accounts, items, credits };
}
