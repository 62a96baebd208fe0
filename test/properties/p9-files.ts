import { type Chance, chance } from '../../src/importing/random.ts';

/** Three files of one ledger, and what it must come to, worked out here without any code of the importer. */
export interface Files {
  readonly header: Readonly<Record<Kind, string>>;
  readonly rows: Readonly<Record<Kind, readonly string[]>>;
  /** Minor units by invoice number, of every invoice that must be there. */
  readonly open: ReadonlyMap<string, number>;
  /** Cash and credit that no invoice took, minor units. */
  readonly unapplied: number;
}

export const KINDS = ['invoices', 'payments', 'credit-notes'] as const;
export type Kind = (typeof KINDS)[number];

export const AS_OF = '2026-03-31';
const HEADER = {
  invoices: 'account,account_name,number,currency,total,issued,due,purchase_order',
  payments: 'account,number,currency,amount,received,invoice,allocated,reversed',
  'credit-notes': 'account,number,currency,amount,issued,invoice,allocated,cancelled',
};
const ACCOUNTS = 40;

export function makeFiles(invoices: number, seed: number): Files {
  const random = chance(seed);
  const total = new Map<string, number>();
  const rows: Record<Kind, string[]> = { invoices: [], payments: [], 'credit-notes': [] };
  for (let i = 0; i < invoices; i += 1) invoiceRows(i, random, rows.invoices, total);
  const receipts = [
    ...receiptsOf('payments', invoices, random, rows.payments),
    ...receiptsOf('credit-notes', Math.ceil(invoices / 5), random, rows['credit-notes']),
  ];
  const claimed = new Map<string, number>();
  let received = 0;
  for (const { amount, allocations } of receipts) {
    received += amount;
    for (const [invoice, part] of allocations) claimed.set(invoice, (claimed.get(invoice) ?? 0) + part);
  }
  const open = new Map([...total].map(([number, amount]) => [number, Math.max(0, amount - (claimed.get(number) ?? 0))]));
  const applied = [...total].reduce((sum, [number, amount]) => sum + amount - open.get(number)!, 0);
  return { header: HEADER, rows, open, unapplied: received - applied };
}

/** The account follows from the number, so that a payment can find its invoice. */
const accountOf = (i: number) => `C${i % ACCOUNTS}`;
const money = (amount: number) => `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;

function invoiceRows(i: number, random: Chance, rows: string[], total: Map<string, number>): void {
  const number = `I${i}`;
  const amount = random.between(0, 500_000);
  const issued = `2026-0${random.between(1, 3)}-${random.between(10, 28)}`;
  const row = (over: { number?: string; total?: string; issued?: string; due?: string } = {}) =>
    [
      accountOf(i),
      `Name ${random.between(1, 3)}`,
      over.number ?? number,
      'EUR',
      over.total ?? money(amount),
      over.issued ?? issued,
      over.due ?? '2026-05-31',
      `PO ${i}`,
    ].join(',');
  switch (i % 50) {
    case 1:
      rows.push(row({ total: '12.345' }));
      return;
    case 2:
      rows.push(row({ due: '2026-02-30' }));
      return;
    case 3:
      rows.push(row({ number: '' }));
      return;
    case 4:
      // Issued after the date of the import: left for later.
      rows.push(row({ issued: '2026-04-01' }));
      return;
    case 5:
      // They contradict each other: neither may be taken, in whatever order they stand.
      rows.push(row(), row({ total: money(amount + 1) }));
      return;
    case 6: {
      const twice = row();
      rows.push(twice, twice);
      break;
    }
    default:
      rows.push(row());
  }
  total.set(number, amount);
}

interface Receipt {
  readonly amount: number;
  readonly allocations: readonly (readonly [string, number])[];
}

/** Many name invoices of their account, which may be paid too much, be rejected, or never come. */
function receiptsOf(kind: Kind, count: number, random: Chance, rows: string[]): Receipt[] {
  const made: Receipt[] = [];
  for (let i = 0; i < count; i += 1) {
    const account = random.between(0, ACCOUNTS - 1);
    const parts = random.pick([0, 1, 1, 1, 2, 3]);
    const allocations = Array.from(
      { length: parts },
      (_, part) => [`I${account + ACCOUNTS * (random.between(0, 60) * 3 + part)}`, random.between(1, 300_000)] as const,
    );
    const amount = allocations.reduce((sum, [, part]) => sum + part, 0) + random.pick([0, 0, 0, 700, 12_345]);
    const annulled = random.of(0.06);
    const head = [accountOf(account), `${kind === 'payments' ? 'P' : 'N'}${i}`, 'EUR', money(amount), `2026-03-${random.between(10, 28)}`];
    const cells = parts === 0 ? [['', '']] : allocations.map(([invoice, part]) => [invoice, money(part)]);
    for (const [invoice, part] of cells) rows.push([...head, invoice, part, annulled ? 'yes' : 'no'].join(','));
    if (!annulled) made.push({ amount, allocations });
  }
  return made;
}
