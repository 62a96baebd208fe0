import { isExact, TOO_LARGE, toDecimal } from '../kernel/money.ts';
import type { Sheet } from '../kernel/sheet.port.ts';
import type { OverdueList } from './list-overdue.op.ts';

const COLUMNS: Sheet['columns'] = [
  { title: 'Customer number', kind: 'text' },
  { title: 'Customer', kind: 'text' },
  { title: 'Currency', kind: 'text' },
  { title: 'Overdue', kind: 'amount' },
  { title: 'Invoices', kind: 'count' },
  { title: 'Days past due of the oldest', kind: 'count' },
  { title: 'Collector', kind: 'text' },
];

/** The whole list, one row per account and currency. `names`: of collectors by Slack user id. */
export function overdueSheet({ rows }: OverdueList, names: ReadonlyMap<string, string>): Sheet {
  return {
    name: 'Overdue',
    columns: COLUMNS,
    rows: rows.map(({ number, name, currency, overdue, invoices, oldest, collector }) => [
      number,
      name,
      currency,
      isExact(overdue) ? toDecimal({ amount: overdue, currency }) : TOO_LARGE,
      invoices,
      oldest,
      collector === null ? '' : (names.get(collector) ?? collector),
    ]),
  };
}
