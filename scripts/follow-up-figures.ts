/**
 * `node scripts/follow-up-figures.ts LEDGER.csv [ROOT]`: how soon and how often customers hear of what they owe, for docs/follow-up.md.
 * LEDGER is the public IBM sample of accounts receivable; ROOT is a checkout whose rule is measured, this one when left out. Everything is
 * approved on its day, and every call reaches somebody.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { LedgerItem } from '../src/arrangements/collectable.ts';
import { addDays, type Day, day, daysBetween } from '../src/kernel/day.ts';
import { weekendOf, workingDaysSince } from '../src/kernel/working-days.ts';
import type { Walk as WalkClass } from '../test/support/account-days.ts';
import { randomFrom } from '../test/support/random-from.ts';

interface Sold {
  readonly item: LedgerItem;
  readonly paid: Day;
}

const [file = '', root = path.resolve(import.meta.dirname, '..')] = process.argv.slice(2);
const { Walk } = (await import(path.resolve(root, 'test/support/account-days.ts'))) as { Walk: typeof WalkClass };
const calendar = { weekend: weekendOf('GB'), holidays: new Set<Day>() };

/** Customers of the sample by their id; amounts as they are, or a hundred times that. */
function sample(times: number): Sold[][] {
  const us = (text: string): Day => {
    const [month, date, year] = text.split('/').map((part) => part.padStart(2, '0'));
    return day(`${year}-${month}-${date}`);
  };
  const rows = fs.readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(1);
  const sold = rows.map((row) => {
    const [, customer = '', , number = '', issued = '', due = '', amount = '', , settled = ''] = row.split(',');
    const open = Math.round(Number(amount) * 100) * times;
    return { customer, item: itemOf(number, us(issued), us(due), open), paid: us(settled) };
  });
  return [...Map.groupBy(sold, ({ customer }) => customer).values()];
}

const itemOf = (number: string, issued: Day, due: Day, open: number): LedgerItem => ({
  ...{ entity: 'E', number, currency: 'USD', issued, due, open, disputed: 0 },
});

/** A hundred customers who are billed each week for a year and pay 38 to 44 days late. */
function chronic(): Sold[][] {
  return Array.from({ length: 100 }, (_, n) => {
    const random = randomFrom(n + 1);
    const between = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
    return Array.from({ length: 52 }, (_, week) => {
      const due = addDays(day('2026-01-05'), week * 7 + between(0, 4));
      return { item: itemOf(`I${week}`, addDays(due, -30), due, between(60, 3_000) * 100), paid: addDays(due, between(38, 44)) };
    });
  });
}

const firsts: number[] = [];
const silences: number[] = [];
let contacts = 0;
const months = new Set<string>();

function live(customer: number, sold: readonly Sold[]): void {
  const from = sold.map(({ item }) => item.issued).sort()[0]!;
  const to = sold
    .map(({ paid }) => paid)
    .sort()
    .at(-1)!;
  const walk = new Walk(from, []);
  const heard = new Map<string, Day>();
  for (; walk.today <= to; walk.today = addDays(walk.today, 1)) {
    const { today } = walk;
    walk.items = sold.filter(({ item, paid }) => item.issued <= today && paid > today).map(({ item }) => item);
    const late = walk.items.filter(({ due }) => due < today);
    if (late.length > 0) months.add(`${customer} ${today.slice(0, 7)}`);
    const action = walk.act();
    const named = new Set(
      action && action.stage.channel !== 'task' && action.stage.offset > 0
        ? (action.said?.named ?? action.invoices.map(({ number }) => number))
        : [],
    );
    if (named.size > 0) contacts += 1;
    for (const { number, due } of late) {
      if (named.has(number)) {
        if (!heard.has(number)) firsts.push(daysBetween(due, today));
        heard.set(number, today);
      } else if (daysBetween(due, today) > 3) silences.push(workingDaysSince(heard.get(number) ?? addDays(due, 3), today, calendar, 999));
    }
  }
}

function measure(name: string, accounts: readonly (readonly Sold[])[]): void {
  firsts.length = 0;
  silences.length = 0;
  contacts = 0;
  months.clear();
  for (const [n, sold] of accounts.entries()) live(n, sold);
  firsts.sort((a, b) => a - b);
  const at = (share: number) => firsts[Math.min(firsts.length - 1, Math.floor(firsts.length * share))];
  const longest = silences.reduce((most, each) => Math.max(most, each), 0);
  console.log(
    JSON.stringify({
      ...{ name, named: firsts.length, median: at(0.5), p95: at(0.95), latest: firsts.at(-1), longestSilence: longest },
      ...{ contactsAMonth: Number((contacts / months.size).toFixed(2)) },
    }),
  );
}

if (file !== '') {
  measure('sample', sample(1));
  measure('sample x 100', sample(100));
}
measure('chronic', chronic());
