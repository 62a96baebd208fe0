import { addDays, type Day, daysBetween } from '../kernel/day.ts';
import { inTurns } from '../kernel/in-turns.op.ts';
import { isExact, TOO_LARGE, toDecimal } from '../kernel/money.ts';
import type { Sheet, SheetColumn } from '../kernel/sheet.port.ts';
import { type BookInvoice, openOn } from './book.ts';
import { type Sources, wanted } from './build-report.op.ts';

/** What a figure rests on: the rows it was added up from. */
export const ROW_KINDS = ['open', 'overdue', 'begin', 'sales', 'credits', 'paid', 'cash'] as const;
export type RowKind = (typeof ROW_KINDS)[number];

export interface FigureRow {
  readonly account: string;
  readonly name: string;
  readonly entity: string;
  readonly number: string;
  readonly currency: string;
  readonly issued: Day;
  /** Due day of an invoice; '' for money and credit notes. */
  readonly due: Day | '';
  /** Minor units: what of this row is in the figure. */
  readonly amount: number;
  /** Days after the due day: on the last day of the period, or when it was paid. */
  readonly late: number | null;
  /** When it was paid; '' where that is not what the rows are about. */
  readonly paid: Day | '';
}

/** Each currency by itself, largest first. */
export async function rowsOf(sources: Sources, kind: RowKind): Promise<FigureRow[]> {
  const { book, rows: accounts } = sources;
  const belongs = wanted(sources);
  const rows: FigureRow[] = [];
  const name = (account: string) => accounts.get(account)?.name ?? account;
  for await (const invoice of inTurns(book.invoices)) {
    if (!belongs(invoice)) continue;
    for (const part of partsOf(invoice, kind, sources)) {
      const { account, entity, number, currency, issued, due } = invoice;
      rows.push({ account, name: name(account), entity, number, currency, issued, due, ...part });
    }
  }
  for await (const receipt of inTurns(book.receipts)) {
    const { account, entity, number, currency, on, by } = receipt;
    if (!belongs(receipt) || (by === 'credit') !== (kind === 'credits') || (kind !== 'credits' && kind !== 'cash')) continue;
    if (on < sources.period.from || on > sources.period.to) continue;
    rows.push({
      account,
      name: name(account),
      entity,
      number,
      currency,
      issued: on,
      due: '',
      amount: receipt.amount,
      late: null,
      paid: '',
    });
  }
  return rows.sort((a, b) =>
    a.currency === b.currency ? b.amount - a.amount || (a.number < b.number ? -1 : 1) : a.currency < b.currency ? -1 : 1,
  );
}

function partsOf(invoice: BookInvoice, kind: RowKind, { period }: Sources): Pick<FigureRow, 'amount' | 'late' | 'paid'>[] {
  const { issued, due, total, cuts } = invoice;
  if (kind === 'sales') return issued >= period.from && issued <= period.to ? [{ amount: total, late: null, paid: '' }] : [];
  if (kind === 'paid')
    return cuts
      .filter(({ on, by }) => by !== 'credit' && period.from <= on && on <= period.to)
      .map(({ on, amount }) => ({ amount, late: daysBetween(due, on), paid: on }));
  if (kind === 'begin') {
    const amount = openOn(invoice, addDays(period.from, -1));
    return amount > 0 ? [{ amount, late: daysBetween(due, addDays(period.from, -1)), paid: '' }] : [];
  }
  if (kind !== 'open' && kind !== 'overdue') return [];
  const [amount, late] = [openOn(invoice, period.to), daysBetween(due, period.to)];
  return amount > 0 && (kind === 'open' || late > 0) ? [{ amount, late, paid: '' }] : [];
}

const COLUMNS: readonly SheetColumn[] = [
  ...(['Customer', 'Customer number', 'Company', 'Number', 'Issued', 'Due', 'Paid', 'Currency'] as const).map(
    (title): SheetColumn => ({ title, kind: 'text' }),
  ),
  { title: 'Amount', kind: 'amount' },
  { title: 'Days late', kind: 'count' },
];

/** As a page of a workbook. */
export function rowsSheet(name: string, rows: readonly FigureRow[], numbers: ReadonlyMap<string, { readonly number: string }>): Sheet {
  return {
    name,
    columns: COLUMNS,
    rows: rows.map(({ account, name: of, entity, number, issued, due, paid, currency, amount, late }) => [
      ...[of, numbers.get(account)?.number ?? account, entity, number, issued, due, paid, currency],
      isExact(amount) ? toDecimal({ amount, currency }) : TOO_LARGE,
      late ?? '',
    ]),
  };
}
