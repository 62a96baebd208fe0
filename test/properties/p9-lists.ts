import { type Chance, chance } from '../../src/importing/random.ts';
import { dumpLedger } from '../support/ledger-place.ts';
import { compare, leftOver, type Place, runCommand, type Strikes } from './p9.ts';

/** Lists of everything open on three days, and what they must come to, worked out here without any code of the importer. */
const DAYS = ['2026-03-02', '2026-03-03', '2026-03-09'] as const;
const HEADER = 'entity,account,account_name,number,type,currency,open,issued,due';
const ENTITIES = ['1000', '2000'] as const;

interface Item {
  readonly number: string;
  readonly entity: string;
  /** Minor units; below zero of a credit note or a payment on account. */
  open: number;
}

interface Lists {
  /** Rows by day. */
  readonly rows: readonly (readonly string[])[];
  /** By day: what is open by number, and what money came since the day before, minor units. */
  readonly open: readonly ReadonlyMap<string, number>[];
  readonly cash: readonly number[];
}

function makeLists(items: number, seed: number): Lists {
  const random = chance(seed);
  let now = Array.from({ length: items }, (_, i) => itemOf(i, random));
  const made: Lists & { rows: string[][]; open: Map<string, number>[]; cash: number[] } = { rows: [], open: [], cash: [] };
  for (const [at] of DAYS.entries()) {
    let cash = 0;
    if (at > 0) {
      const left: Item[] = [];
      for (const item of now) {
        // A customer's credits never go on the day on which an invoice of theirs goes, so that nothing is set off.
        const goes = random.of(0.12) && (item.open > 0 ? at === 1 : at === 2);
        const part = item.open > 1 && random.of(0.1) ? random.between(1, item.open - 1) : 0;
        if (goes) cash += Math.max(0, item.open);
        else if (part > 0) {
          cash += part;
          left.push({ ...item, open: item.open - part });
        } else left.push(item);
      }
      now = [...left, ...Array.from({ length: Math.ceil(items / 20) }, (_, i) => itemOf(items * at + i, random))];
    }
    made.rows.push(now.map(rowOf));
    made.open.push(new Map(now.map(({ number, open }) => [number, open])));
    made.cash.push(cash);
  }
  return made;
}

function itemOf(i: number, random: Chance): Item {
  const credit = random.of(0.15);
  return { number: `${credit ? 'G' : 'I'}${i}`, entity: ENTITIES[i % 2]!, open: (credit ? -1 : 1) * random.between(100, 500_000) };
}

function rowOf({ number, entity, open }: Item): string {
  const amount = `${open < 0 ? '-' : ''}${Math.floor(Math.abs(open) / 100)}.${String(Math.abs(open) % 100).padStart(2, '0')}`;
  const account = Number(number.slice(1)) % 37;
  return `${entity},C${account},Name ${account},${number},${open < 0 ? 'Credit Note' : 'Invoice'},EUR,${amount},2026-01-15,2026-02-15`;
}

/** The lists of three days: again, in other orders, cut off and redone, and killed while the second is imported. */
export async function lists(place: Place, full: boolean): Promise<void> {
  const made = makeLists(full ? 1_200 : 160, 7);
  const wanted = await straight(place, 'lists', made, (rows) => rows);
  for (const [at, rows] of made.rows.entries()) if (at === DAYS.length - 1) await again(place, rows, at);
  await compare(place, 'lists', wanted);
  for (let seed = 1; seed <= (full ? 10 : 1); seed += 1) {
    const shuffled = await straight(place, `lists-shuffled${seed}`, made, (rows) => chance(seed).shuffled(rows));
    if (shuffled !== wanted) place.figures.differences += 1;
    place.figures.shuffles += 1;
    await cutOff(place, made, seed);
  }
  if (!full) return killed(place, made, (name) => name === 'update payments', wanted);
  await on(place, 'lists-count', made, 0);
  await command(place, 'lists-count', made, 1);
  const { messages } = place.proxy;
  const count = messages.length;
  for (let n = messages.indexOf('insert importruns'); n < count; n += 1) await killed(place, made, (_, number) => number === n, wanted);
}

async function on(place: Place, database: string, { rows }: Lists, at: number, part: readonly string[] = rows[at]!) {
  return place.import(database, await place.write(`list-${at}`, HEADER, part), 'open-items', true, DAYS[at]!);
}

async function straight(
  place: Place,
  database: string,
  made: Lists,
  order: (rows: readonly string[]) => readonly string[],
): Promise<string> {
  for (const [at, rows] of made.rows.entries()) {
    await on(place, database, made, at, order(rows));
    await check(place, database, made, at);
  }
  return place.look(database, dumpLedger);
}

/** What is open, and what money came, as the lists say. */
async function check(place: Place, database: string, { open, cash }: Lists, at: number): Promise<void> {
  await place.look(database, async (connection) => {
    const held = new Map<string, number>();
    for (const { number, open: left } of await connection
      .collection('invoices')
      .find({ open: { $gt: 0 } })
      .toArray())
      held.set(number, left);
    const receipts = await connection.collection('payments').find({}).toArray();
    for (const { number, unapplied } of await connection
      .collection('creditnotes')
      .find({ unapplied: { $gt: 0 } })
      .toArray())
      held.set(number, -unapplied);
    const wrong = [...open[at]!].filter(([number, amount]) => held.get(number) !== amount).length + Math.abs(held.size - open[at]!.size);
    const derived = receipts.filter((each) => each.derived && each.date === DAYS[at]).reduce((sum, { amount }) => sum + amount, 0);
    place.figures.wrongBalances += wrong + (derived === cash[at] ? 0 : 1);
  });
}

async function again(place: Place, rows: readonly string[], at: number): Promise<void> {
  const file = await place.write(`list-${at}`, HEADER, rows);
  const { new: fresh, changed, closedVanished } = await place.import('lists', file, 'open-items', true, DAYS[at]!);
  if (fresh + changed + closedVanished > 0) place.figures.notIdempotent += 1;
  place.figures.repeats += 1;
}

/** Of the second list only a part arrives first: what it lacks looks cleared, and is open again with the whole. */
async function cutOff(place: Place, made: Lists, seed: number): Promise<void> {
  const database = `lists-cut${seed}`;
  await on(place, database, made, 0);
  await on(place, database, made, 1, made.rows[1]!.slice(0, Math.floor(made.rows[1]!.length * 0.6)));
  await on(place, database, made, 1);
  await check(place, database, made, 1);
  place.figures.cuts += 1;
}

async function killed(place: Place, made: Lists, strikes: Strikes, wanted: string): Promise<void> {
  const database = `lists-killed${place.figures.kills}`;
  await on(place, database, made, 0);
  await command(place, database, made, 1, strikes);
  place.figures.kills += 1;
  for (const at of [1, 2]) await on(place, database, made, at);
  await compare(place, database, wanted);
  place.figures.leftOver += await place.look(database, leftOver);
  await place.drop(database);
}

async function command(place: Place, database: string, { rows }: Lists, at: number, strikes?: Strikes): Promise<void> {
  const file = await place.write(`killed-list-${at}`, HEADER, rows[at]!);
  await runCommand(place, database, ['--file', file, '--map', 'open-items', '--as-of', DAYS[at]!, '--confirm-vanished'], strikes);
}
