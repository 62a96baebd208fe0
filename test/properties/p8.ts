import { openHouse } from '../support/house.ts';
import { smtpSink } from '../support/smtp-sink.ts';
import { addDays, chances, offOn, plainBooks } from './p8-books.ts';
import type { World } from './p8-events.ts';
import { Judge, LINES, type Line } from './p8-judge.ts';
import { customers, customersLife, firstLedger } from './p8-life.ts';
import { Office } from './p8-office.ts';
import { operationsOf } from './p8-operations.ts';

const SIZES = {
  test: { accounts: 16, days: 40, from: '2026-01-02' },
  // Spring has the holidays that places do not share.
  control: { accounts: 50, days: 90, from: '2026-03-20' },
  full: { accounts: 500, days: 364, from: '2026-01-02' },
};
/** Our own office keeps the bank holidays of England. */
const OURS = 'GB-ENG';
/** Share of customers that are late when their ledger comes to us. */
const LATE = 0.08;
/** Share of our days off on which somebody works all the same. */
const OVERTIME = 0.35;
const FRIDAY = 5;

/** A simulated year of collecting, judged by what reached the mail server. Faults of every line must be 0. */
export async function p8(size: keyof typeof SIZES, src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const { accounts, days, from } = SIZES[size];
  const random = chances(accounts);
  const books = plainBooks();
  const all = customers(accounts, random);
  const judge = new Judge(books, OURS, from);
  const sink = await smtpSink();
  const house = await openHouse(src, `${from}T06:00:00Z`, firstLedger(all), false);
  let absences = { restarts: 0, outageDays: 0 };
  try {
    const life = customersLife(books, random);
    const world = { house, operations: await operationsOf(house), books, life, judge, random, customers: all };
    billBefore(world, from);
    absences = await year(await Office.open(world, sink), world, from, days);
  } finally {
    await house.close();
    await sink.close();
  }
  const lines = Object.entries(judge.counts);
  if (size === 'full') print(judge);
  const figures = Object.fromEntries(lines.flatMap(([line, { of, faults }]) => [[`${line}Of`, of] as const, [line, faults] as const]));
  return { held: lines.every(([, { faults }]) => faults === 0), figures: { accounts, days, ...absences, ...figures } };
}

/** What was billed before the ledger came to us: some of it is late already. */
function billBefore({ life, random, customers }: World, first: string): void {
  life.night(first, []);
  for (const customer of customers) {
    customer.startOpen = random.of(LATE);
    if (customer.startOpen) life.bill(customer, addDays(first, -70), 30);
    life.bill(customer, addDays(first, -random.from(1, 25)), 30);
  }
}

/** Some days the program does not run, on some nothing is imported; the customers live on. */
async function year(office: Office, world: World, first: string, days: number): Promise<{ restarts: number; outageDays: number }> {
  const { house, life, random, customers } = world;
  const absences = { restarts: 0, outageDays: 0 };
  let outage = 0;
  let missing = 0;
  for (let n = 0; n < days; n += 1) {
    const day = addDays(first, n);
    life.night(day, customers);
    if (n > 5 && outage === 0 && random.of(1 / 60)) outage = random.from(2, 6);
    if (n > 5 && missing === 0 && random.of(1 / 40)) missing = random.from(2, 5);
    if (outage > 0) {
      outage -= 1;
      absences.outageDays += 1;
      continue;
    }
    if (n % 45 === 30) {
      await house.restart();
      absences.restarts += 1;
    }
    await oneDay(office, world, day, missing === 0);
    missing = Math.max(0, missing - 1);
  }
  return absences;
}

/** Times are those of UTC: at 14:10 people are at work in New York, too. */
async function oneDay(office: Office, { house, judge, random, customers }: World, day: string, imports: boolean): Promise<void> {
  const at = (time: string) => {
    house.time.now = Temporal.Instant.from(`${day}T${time}Z`);
  };
  const { events } = office;
  events.today = day;
  at('06:30:00');
  if (imports) await events.import();
  await office.keep();
  judge.morning(day, customers);
  const working = offOn(OURS, day) === null;
  if (working) {
    at('08:30:00');
    await events.catchUp();
    await office.confirmStarts();
    at('09:00:00');
    await office.review(0.75);
    await office.work();
    await office.strike(0.08);
  } else if (random.of(OVERTIME)) {
    at('09:00:00');
    await office.review(0.6);
    await office.work();
  }
  at('09:20:00');
  await office.send();
  at('12:00:00');
  if (working) {
    await office.strike(0.15);
    await events.arrangements.claim(customers);
    await events.courtesies();
  }
  at('14:10:00');
  await office.again();
  if (!working) return;
  // Approved in the evening, sent the next working day of the customer.
  at('18:30:00');
  await office.keep();
  await office.review(new Date(day).getUTCDay() === FRIDAY ? 0.9 : 0.4);
}

/** What one guard less leads to, on 50 accounts in 90 days. */
export const p8Control = (_size: 'test' | 'full', src: string) => p8('control', src);

function print({ counts, examples }: Judge): void {
  console.log(`${'What may never happen'.padEnd(58)} could have   did`);
  for (const [line, words] of Object.entries(LINES)) {
    const { of, faults } = counts[line as Line];
    console.log(`${words.padEnd(58)} ${String(of).padStart(10)} ${String(faults).padStart(5)}`);
  }
  for (const example of examples) console.log(`  ${example}`);
}
