import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as FiguresModule from '../../src/numbers/figures.ts';
import type * as PeriodModule from '../../src/numbers/period.ts';
import { randomFrom } from '../support/random-from.ts';
import { oracle, type RawLedger } from './p23-oracle.ts';

const LEDGERS = { test: 40, full: 200 };
const DAY = 86_400_000;
const iso = (epoch: number) => new Date(epoch * DAY).toISOString().slice(0, 10);

/** Random ledgers, each reported for a month and a quarter by the product and by the oracle: every figure must be the same. */
export async function p23(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const load = <T>(file: string) => import(pathToFileURL(path.join(src, 'numbers', file)).href) as Promise<T>;
  const [{ FiguresCounter }, { quarterTo, monthTo }] = await Promise.all([
    load<typeof FiguresModule>('figures.ts'),
    load<typeof PeriodModule>('period.ts'),
  ]);
  const seen = { ledgers: 0, figures: 0, differences: 0, values: 0, withoutValue: 0, creditsBefore: 0, reversals: 0, invoices: 0 };
  for (let seed = 1; seed <= LEDGERS[size]; seed += 1) {
    const { raw, to, reversals } = randomLedger(seed);
    seen.ledgers += 1;
    seen.invoices += raw.invoices.length;
    seen.reversals += reversals;
    seen.creditsBefore += raw.receipts.filter(
      ({ credit, on, pays }) => credit && pays.some(({ number }) => raw.invoices.find((each) => each.number === number)!.issued > on),
    ).length;
    for (const period of [quarterTo(to as never), monthTo(to as never)]) {
      const first = raw.invoices.map(({ issued }) => issued).sort()[0]!;
      const counter = new FiguresCounter('EUR', period, first as never);
      for (const invoice of bookInvoices(raw)) counter.addInvoice(invoice as never);
      for (const receipt of bookReceipts(raw)) counter.addReceipt(receipt as never);
      const given = shown(counter.figures());
      for (const [name, wanted] of Object.entries(oracle(raw, period))) {
        seen.figures += 1;
        if (wanted === null) seen.withoutValue += 1;
        else seen.values += 1;
        if (given[name as keyof typeof given] !== wanted) seen.differences += 1;
      }
    }
  }
  return { held: seen.differences === 0 && seen.ledgers === LEDGERS[size], figures: seen };
}

function shown(figures: FiguresModule.Figures) {
  const value = (measure: FiguresModule.Figures['dso']) =>
    'lacking' in measure ? null : measure.more ? `more than ${measure.value}` : measure.value;
  const { end, begin, sales, cash } = figures;
  return {
    ...{ gross: end.gross, credits: end.credits, unapplied: end.unapplied, sales, cash, begin: begin.receivables },
    ...{ dso: value(figures.dso), bestDso: value(figures.bestDso), add: value(figures.add), countBack: value(figures.countBack) },
    ...{ trueDso: value(figures.trueDso), cei: value(figures.cei), daysLate: value(figures.daysLate), daysNet: value(figures.daysNet) },
    paidLateShare: value(figures.paidLateShare),
  };
}

/** One to sixty invoices over up to two years, paid whole, in parts, early, late or never; credit notes, some dated before their invoice; unmatched money. */
function randomLedger(seed: number): { raw: RawLedger; to: string; reversals: number } {
  const random = randomFrom(seed);
  const whole = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const to = whole(20_000, 20_400);
  const span = random() < 0.2 ? whole(5, 60) : whole(100, 700);
  const invoices = Array.from({ length: random() < 0.1 ? 1 : whole(2, 60) }, (_, n) => {
    const issued = to - whole(0, span);
    return { number: `I${n}`, issued: iso(issued), due: iso(issued + whole(0, 60)), total: whole(1, 5_000_000) };
  });
  const receipts: RawLedger['receipts'][number][] = [];
  let reversals = 0;
  for (const { number, issued, total } of invoices) {
    let left = total;
    const from = Math.round(Date.parse(issued) / DAY);
    for (let n = random() < 0.25 ? 0 : whole(1, 3); n > 0 && left > 0; n -= 1) {
      const amount = random() < 0.6 ? left : whole(1, left);
      const credit = random() < 0.15;
      const more = random() < 0.1 ? whole(1, 10_000) : 0;
      // What was reversed counts for nothing, as if it had never come.
      if (random() < 0.05) {
        reversals += 1;
        continue;
      }
      const on = from + whole(credit ? -20 : 0, 120);
      receipts.push({ credit, on: iso(on), amount: amount + more, pays: [{ number, amount }] });
      left -= amount;
    }
  }
  if (random() < 0.5) receipts.push({ credit: random() < 0.5, on: iso(to - whole(0, span)), amount: whole(1, 100_000), pays: [] });
  return { raw: { invoices, receipts }, to: iso(to), reversals };
}

const later = (a: string, b: string) => (a > b ? a : b);

function bookInvoices({ invoices, receipts }: RawLedger) {
  return invoices.map((invoice) => ({
    ...{ ...invoice, account: 'A', entity: 'E', currency: 'EUR', undated: 0, disputed: 0 },
    cuts: receipts
      .flatMap(({ credit, on, pays }) =>
        pays
          .filter(({ number }) => number === invoice.number)
          .map(({ amount }) => ({ on: later(on, invoice.issued), amount, by: credit ? 'credit' : 'cash' })),
      )
      .sort((a, b) => (a.on < b.on ? -1 : 1)),
  }));
}

function bookReceipts({ invoices, receipts }: RawLedger) {
  return receipts.map(({ credit, on, amount, pays }, n) => ({
    ...{ account: 'A', entity: 'E', number: `R${n}`, currency: 'EUR', on, amount, by: credit ? 'credit' : 'cash' },
    takes: pays.map((pay) => ({ on: later(on, invoices.find(({ number }) => number === pay.number)!.issued), amount: pay.amount })),
  }));
}
