import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { openHouse } from '../support/house.ts';
import { smtpSink } from '../support/smtp-sink.ts';
import { addDays, chances, offOn, plainBooks } from './p8-books.ts';
import type { World } from './p8-events.ts';
import { Judge } from './p8-judge.ts';
import { customers, customersLife, firstLedger } from './p8-life.ts';
import { LINES, type Line } from './p8-lines.ts';
import { Office } from './p8-office.ts';
import { operationsOf } from './p8-operations.ts';

const SIZES = {
  test: { accounts: 16, days: 40, parts: 1, strikes: 0.6, from: '2026-01-02' },
  // Spring has the holidays that places do not share.
  control: { accounts: 50, days: 90, parts: 1, strikes: 0.4, from: '2026-03-20' },
  /** Two companies, each with half of the accounts. */
  full: { accounts: 500, days: 364, parts: 2, strikes: 0.15, from: '2026-01-02' },
};
const CHILD = path.resolve(import.meta.dirname, '../support/year-child.ts');
/** Our own office keeps the bank holidays of England. */
const OURS = 'GB-ENG';
/** Share of customers that are late when their ledger comes to us. */
const LATE = 0.08;
/** And of those who do not pay by themselves. */
const LATE_UNPAID = 0.6;
/** Share of our days off on which somebody works all the same. */
const OVERTIME = 0.35;
const FRIDAY = 5;

type Size = keyof typeof SIZES;

/** What happened to one company's customers. */
export interface Part {
  readonly counts: Judge['counts'];
  readonly examples: readonly string[];
  readonly restarts: number;
  readonly outageDays: number;
}

/** A simulated year of collecting, judged by what reached the mail server. Faults of every line must be 0. */
export async function p8(size: Size, src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const { accounts, days, parts } = SIZES[size];
  const numbers = Array.from({ length: parts }, (_, part) => part);
  const done = await Promise.all(numbers.map((part) => (size === 'test' ? simulate(size, part, src) : inAnotherProcess(size, part, src))));
  const sum = (of: (each: Part) => number) => done.reduce((total, each) => total + of(each), 0);
  const lines = (Object.keys(LINES) as Line[]).map((line) => {
    return { line, of: sum(({ counts }) => counts[line].of), faults: sum(({ counts }) => counts[line].faults) };
  });
  if (size === 'full')
    print(
      lines,
      done.flatMap(({ examples }) => examples),
    );
  const figures = Object.fromEntries(lines.flatMap(({ line, of, faults }) => [[`${line}Of`, of] as const, [line, faults] as const]));
  const absences = { restarts: sum(({ restarts }) => restarts), outageDays: sum(({ outageDays }) => outageDays) };
  return { held: lines.every(({ faults }) => faults === 0), figures: { accounts, days, ...absences, ...figures } };
}

/** One company's share of the accounts, with an office, a program and a store of its own. */
export async function simulate(size: Size, part: number, src: string): Promise<Part> {
  const { accounts, days, from, parts, strikes } = SIZES[size];
  const random = chances(accounts + part);
  const books = plainBooks();
  const all = customers(accounts / parts, random);
  const judge = new Judge(books, OURS, from);
  const sink = await smtpSink();
  const house = await openHouse(src, `${from}T06:00:00Z`, firstLedger(all), false);
  try {
    const life = customersLife(books, random);
    const world = { house, operations: await operationsOf(house), books, life, judge, random, strikes, customers: all };
    billBefore(world, from);
    const absences = await year(await Office.open(world, sink), world, from, days);
    return { counts: judge.counts, examples: judge.examples, ...absences };
  } finally {
    await house.close();
    await sink.close();
  }
}

/** So that every core has its share. */
async function inAnotherProcess(size: Size, part: number, src: string): Promise<Part> {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, size, String(part), src], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n{') + 1));
}

/** What was billed before the ledger came to us: some of it is late already. */
function billBefore({ life, random, customers }: World, first: string): void {
  life.night(first, []);
  for (const customer of customers) {
    const unpaid = customer.slowness === 4;
    customer.startOpen = random.of(unpaid ? LATE_UNPAID : LATE);
    customer.warned = customer.startOpen && random.of(unpaid ? 0.8 : 0.2);
    if (customer.startOpen) life.bill(customer, addDays(first, customer.warned ? -105 : -70), 30);
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
async function oneDay(office: Office, { house, judge, random, customers, strikes }: World, day: string, imports: boolean): Promise<void> {
  const at = (time: string) => {
    house.time.now = Temporal.Instant.from(`${day}T${time}Z`);
  };
  const { events } = office;
  events.today = day;
  at('06:30:00');
  if (imports) await events.import();
  const { decisions } = office;
  await decisions.absences();
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
    await decisions.round();
    await office.strike(strikes / 2);
  } else if (random.of(OVERTIME)) {
    at('09:00:00');
    await office.review(0.6);
    await office.work();
  }
  at('09:20:00');
  await office.send();
  at('12:00:00');
  if (working) {
    await office.strike(strikes);
    await events.arrangements.claim(customers);
    await events.courtesies();
    await events.escalations.ask(customers);
    await decisions.round();
    await decisions.strike();
    // A letter besides the ladder may go out on the day of another contact only when it answers.
    await office.review(0.7);
  }
  at('14:10:00');
  await decisions.carryOut();
  await office.again();
  await decisions.carryOut();
  if (!working) return;
  await decisions.post();
  await decisions.carryOut();
  await decisions.again();
  // Approved in the evening, sent the next working day of the customer.
  at('18:30:00');
  await office.keep();
  await office.review(new Date(day).getUTCDay() === FRIDAY ? 0.9 : 0.4);
}

/** What one guard less leads to, on 50 accounts in 90 days. */
export const p8Control = (_size: 'test' | 'full', src: string) => p8('control', src);

function print(lines: readonly { line: Line; of: number; faults: number }[], examples: readonly string[]): void {
  console.log(`${'What may never happen'.padEnd(60)} could have   did`);
  for (const { line, of, faults } of lines)
    console.log(`${LINES[line].padEnd(60)} ${String(of).padStart(10)} ${String(faults).padStart(5)}`);
  for (const example of examples) console.log(`  ${example}`);
}
