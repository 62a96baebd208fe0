import { openHouse } from '../support/house.ts';
import { smtpSink } from '../support/smtp-sink.ts';
import { addDays, chances, offOn, plainBooks } from './p8-books.ts';
import { LINES, type Line, plainJudge } from './p8-judge.ts';
import { customers, customersLife, firstLedger } from './p8-life.ts';
import { office } from './p8-office.ts';

const SIZES = { test: { accounts: 24, days: 45 }, control: { accounts: 50, days: 90 }, full: { accounts: 500, days: 364 } };
const FIRST_DAY = '2026-01-02';
/** Our own office keeps the bank holidays of England. */
const OURS = 'GB-ENG';
const LATE = 0.08;

/** A simulated year of collecting, judged by what reached the mail server. Faults of every line must be 0. */
export async function p8(size: keyof typeof SIZES, src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const { accounts, days } = SIZES[size];
  const random = chances(accounts);
  const books = plainBooks();
  const all = customers(accounts, random);
  const judge = plainJudge(books, OURS, FIRST_DAY);
  const sink = await smtpSink();
  const house = await openHouse(src, `${FIRST_DAY}T06:00:00Z`, firstLedger(all));
  const figures = { accounts, days, restarts: 0, outageDays: 0 };
  try {
    const life = customersLife(books, random);
    const people = await office({ house, sink, books, life, judge, random, customers: all });
    life.night(FIRST_DAY, []);
    for (const customer of all) {
      customer.startOpen = random.of(LATE);
      if (customer.startOpen) life.bill(customer, addDays(FIRST_DAY, -70), 30);
      life.bill(customer, addDays(FIRST_DAY, -random.from(1, 25)), 30);
    }
    const at = (day: string, time: string) => {
      house.time.now = Temporal.Instant.from(`${day}T${time}Z`);
    };
    let outage = 0;
    let missing = 0;
    for (let n = 0; n < days; n += 1) {
      const day = addDays(FIRST_DAY, n);
      life.night(day, all);
      if (n > 5 && outage === 0 && random.of(1 / 60)) outage = random.from(2, 6);
      if (outage > 0) {
        outage -= 1;
        figures.outageDays += 1;
        continue;
      }
      if (n % 45 === 30) {
        await house.restart();
        figures.restarts += 1;
      }
      people.dayBegins(day);
      at(day, '06:30:00');
      if (n > 5 && missing === 0 && random.of(1 / 40)) missing = random.from(2, 5);
      if (missing > 0) missing -= 1;
      else await people.import();
      await people.keep();
      judge.morning(day, all);
      const working = offOn(OURS, day) === null;
      if (working) {
        at(day, '08:30:00');
        await people.catchUp();
        await people.confirmStarts();
        at(day, '09:00:00');
        await people.review(0.9);
        await people.work();
        await people.strike(0.08);
      }
      at(day, '09:20:00');
      await people.send();
      if (working) {
        at(day, '12:00:00');
        await people.strike(0.15);
      }
      at(day, '14:10:00');
      await people.again();
      if (!working) continue;
      at(day, '18:30:00');
      await people.keep();
      await people.review(0.3);
    }
  } finally {
    await house.close();
    await sink.close();
  }
  const lines = Object.keys(LINES) as Line[];
  const held = lines.every((line) => judge.counts[line].faults === 0);
  if (size === 'full') print(judge.counts);
  if (size === 'full') for (const example of judge.examples) console.error(example);
  return {
    held,
    figures: {
      ...figures,
      ...Object.fromEntries(
        lines.flatMap((line) => [
          [`${line}Of`, judge.counts[line].of],
          [line, judge.counts[line].faults],
        ]),
      ),
    },
  };
}

/** What one guard less leads to, on 50 accounts in 90 days. */
export const p8Control = (_size: 'test' | 'full', src: string) => p8('control', src);

function print(counts: Record<Line, { of: number; faults: number }>): void {
  console.log(`${'What may never happen'.padEnd(58)} could have   did`);
  for (const [line, words] of Object.entries(LINES)) {
    const { of, faults } = counts[line as Line];
    console.log(`${words.padEnd(58)} ${String(of).padStart(10)} ${String(faults).padStart(5)}`);
  }
}
