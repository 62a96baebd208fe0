import { addDays, type Day } from '../kernel/day.ts';
import type { InvoiceRecord } from '../ledger/ledger-record.ts';
import type { Chance } from './random.ts';
import type { SampleAccount } from './sample-accounts.ts';

/** What became of an invoice, worst last. */
type Fate = 'paid' | 'current' | '1-30' | '31-60' | '61-90' | '90+';

/** 500 invoices, 55% paid. */
const FATES: readonly (readonly [Fate, number])[] = [
  ['paid', 275],
  ['current', 95],
  ['1-30', 55],
  ['31-60', 30],
  ['61-90', 20],
  ['90+', 25],
];
/** Days past due, from and to. */
const AGES: Readonly<Record<Fate, readonly [number, number]>> = {
  paid: [-5, 170],
  current: [-40, 0],
  '1-30': [1, 30],
  '31-60': [31, 60],
  '61-90': [61, 90],
  '90+': [91, 210],
};
const LARGEST: Readonly<Record<string, number>> = { large: 48_000, medium: 12_000, small: 2_400 };

export interface SampleInvoice {
  readonly account: SampleAccount;
  readonly record: InvoiceRecord;
  readonly paid: boolean;
}

export function sampleInvoices(accounts: readonly SampleAccount[], today: Day, random: Chance): SampleInvoice[] {
  const fates = FATES.flatMap(([fate, count], badness) =>
    Array.from({ length: count }, () => ({ fate, order: badness + random.between(0, 300) / 100 })),
  );
  const slots = fates
    .map((_, i) => accounts[i % accounts.length]!)
    .map((account) => ({ account, order: account.slowness + random.between(0, 150) / 100 }));
  fates.sort((a, b) => a.order - b.order);
  // Slow payers get the worse fates.
  slots.sort((a, b) => a.order - b.order);
  return slots.map(({ account }, i) => sampleInvoice(account, fates[i]!.fate, i, today, random));
}

function sampleInvoice(account: SampleAccount, fate: Fate, index: number, today: Day, random: Chance): SampleInvoice {
  const [youngest, oldest] = AGES[fate];
  const due = addDays(today, -random.between(Math.max(youngest, -account.terms), oldest));
  const { part, currency, terms } = account;
  const number = `${part.entity.slice(2)}-${String(24_000 + index)}`;
  const total = amount(part.segment, random);
  const overdue = fate !== 'paid' && fate !== 'current';
  const record: InvoiceRecord = {
    kind: 'invoice',
    account: { number: part.number },
    entity: part.entity,
    number,
    currency,
    total,
    issued: addDays(due, -terms),
    due,
    stated: 0,
    settled: '',
    disputed: overdue && random.of(0.07) ? random.pick([total, Math.round(total / 4)]) : 0,
    cancelled: fate === 'paid' && random.of(0.015),
    purchaseOrder: random.of(0.7) ? `PO-${random.between(10_000, 99_999)}` : '',
    payLink: random.of(0.5) ? `https://pay.northwind-trading.example/${number.toLowerCase()}` : '',
  };
  return { account, record, paid: fate === 'paid' && !record.cancelled };
}

/** Minor units; small amounts are more common than large ones. */
function amount(segment: string, random: Chance): number {
  const largest = LARGEST[segment] ?? 5_000;
  const share = (random.between(1, 1000) / 1000) ** 3;
  return Math.round((120 + share * largest) * 100) + random.between(0, 99);
}
