import { isExact, TOO_LARGE, toDecimal } from '../kernel/money.ts';
import type { Sheet, SheetColumn } from '../kernel/sheet.port.ts';
import { AGEING_BUCKETS } from '../ledger/ageing.ts';
import type { Figures } from './figures.ts';
import type { Measure } from './measures.ts';
import { daysOf } from './period.ts';
import type { CurrencyReport, GroupKind, Report } from './report.ts';

type Cell = string | number;
const text = (title: string): SheetColumn => ({ title, kind: 'text' });
const amount = (title: string): SheetColumn => ({ title, kind: 'amount' });
const count = (title: string): SheetColumn => ({ title, kind: 'count' });
const decimal = (minor: number, currency: string): string => (isExact(minor) ? toDecimal({ amount: minor, currency }) : TOO_LARGE);

const WHY = { history: 'not enough data', sales: 'no sales', 'nothing-due': 'nothing was due', few: 'fewer than 10', large: TOO_LARGE };
const cell = (measure: Measure): string => {
  if ('lacking' in measure) return WHY[measure.lacking];
  return measure.more ? `more than ${measure.value}` : measure.value.toFixed(2);
};

/** Pages of the workbook but for the rows: each figure with its formula and what goes into it, the parts of the company, the month ends. */
export function reportSheets({ currencies }: Report, names: (kind: GroupKind, key: string) => string): Sheet[] {
  return [figuresSheet(currencies), ageingSheet(currencies), groupsSheet(currencies, names), trendSheet(currencies)];
}

function figuresSheet(currencies: readonly CurrencyReport[]): Sheet {
  return {
    name: 'Figures',
    columns: [text('Currency'), text('Figure'), amount('Value'), text('Unit'), text('Formula'), text('What goes into it')],
    rows: currencies.flatMap((each) => figureRows(each).map((row): Cell[] => [each.figures.currency, ...row])),
  };
}

const figureRows = (of: CurrencyReport): Cell[][] => [...owedRows(of), ...paidRows(of)];

function owedRows({ figures }: CurrencyReport): Cell[][] {
  const { currency, end, begin, sales, period } = figures;
  const of = (minor: number) => decimal(minor, currency);
  const receivables = `receivables ${of(end.receivables)}`;
  const sold = `credit sales ${of(sales)}`;
  const days = `days ${daysOf(period)}`;
  const current = `not due ${of(end.current)}`;
  const cei = `begin ${of(begin.receivables)}; ${sold}; N ${period.n}; end ${of(end.receivables)}; ${current}`;
  return [
    ['Open invoices', of(end.gross), currency, 'what is open of invoices on the last evening', counted(figures)],
    ['Open credit notes', of(end.credits), currency, 'credit notes not taken off an invoice yet', ''],
    ['Unapplied cash', of(end.unapplied), currency, 'payments not matched yet; not subtracted', ''],
    ['Receivables', of(end.receivables), currency, 'open invoices - open credit notes', ''],
    [
      'Credit sales',
      of(sales),
      currency,
      'invoices issued - credit notes issued',
      `invoices ${of(figures.invoiced)}; credit notes ${of(figures.credited)}`,
    ],
    ['DSO', cell(figures.dso), 'days', 'receivables / credit sales x days', `${receivables}; ${sold}; ${days}`],
    ['Best possible DSO', cell(figures.bestDso), 'days', 'not due / credit sales x days', `${current}; ${sold}; ${days}`],
    ['Average days delinquent', cell(figures.add), 'days', 'DSO - best possible DSO', `${receivables}; ${current}; ${sold}; ${days}`],
    ['Count-back DSO', cell(figures.countBack), 'days', 'sales taken off month by month until the receivables are used up', receivables],
    ['Sales-weighted DSO', cell(figures.trueDso), 'days', 'sum of age x open amount / sales of its month', ''],
    ['CEI', cell(figures.cei), '', '(begin + sales/N - end) / (begin + sales/N - not due) x 100', cei],
  ];
}

function paidRows({ figures, promises, writtenOff, recovered, badDebt }: CurrencyReport): Cell[][] {
  const { currency, end } = figures;
  const of = (minor: number) => decimal(minor, currency);
  const current = `not due ${of(end.current)}`;
  return [
    [
      'Days late of what was paid',
      cell(figures.daysLate),
      'days',
      'sum(amount x max(0, paid - due)) / sum(amount)',
      `paid ${of(figures.paid)}`,
    ],
    ['Days from due to paid', cell(figures.daysNet), 'days', 'sum(amount x (paid - due)) / sum(amount)', `paid ${of(figures.paid)}`],
    [
      'Paid late',
      cell(figures.paidLateShare),
      '%',
      'paid after the due day / paid',
      `late ${of(figures.paidLate)}; paid ${of(figures.paid)}`,
    ],
    ['Cash received', of(figures.cash), currency, 'payments received in the period, matched or not', ''],
    ['Overdue', cell(figures.overdueShare), '%', 'overdue / open invoices', `open ${of(end.gross)}; ${current}`],
    ['More than 90 days overdue', cell(figures.over90Share), '%', 'over 90 days / open invoices', ''],
    [
      'Promises kept by number',
      cell(promises.byNumber),
      '%',
      'kept in full and in time / promises',
      `kept ${promises.kept}; promises ${promises.count}`,
    ],
    [
      'Promises kept by amount',
      cell(promises.byAmount),
      '%',
      'paid of them / promised',
      `paid ${of(promises.paid)}; promised ${of(promises.amount)}`,
    ],
    [
      'Bad debt',
      cell(badDebt),
      '%',
      '(written off - recovered) / credit sales',
      `written off ${of(writtenOff)}; recovered ${of(recovered)}`,
    ],
  ];
}

const counted = ({ openInvoices }: Figures) => `${openInvoices} invoices`;

function ageingSheet(currencies: readonly CurrencyReport[]): Sheet {
  return {
    name: 'Ageing',
    columns: [
      text('Currency'),
      text('Days overdue'),
      amount('Open'),
      text('Rolls into'),
      amount('In it at month start'),
      amount('Rolled on by month end'),
      amount('Roll rate %'),
    ],
    rows: currencies.flatMap(({ figures: { currency, buckets, rolls } }) =>
      AGEING_BUCKETS.map((bucket, n): Cell[] => {
        const { into, begin, rolled, share } = rolls[n]!;
        return [
          currency,
          bucket,
          decimal(buckets[bucket], currency),
          into,
          decimal(begin, currency),
          decimal(rolled, currency),
          cell(share),
        ];
      }),
    ),
  };
}

function groupsSheet(currencies: readonly CurrencyReport[], names: (kind: GroupKind, key: string) => string): Sheet {
  const rows = currencies.flatMap(({ groups }) => groups);
  const titles = ['Open invoices', 'Overdue', 'Receivables', 'Credit sales', 'Cash received', 'Cash after a contact'];
  return {
    name: 'By part',
    columns: [
      ...[text('Part'), text('Which'), text('Currency'), count('Invoices'), ...titles.map(amount)],
      ...['DSO', 'Average days delinquent', 'CEI', 'Days late of what was paid', 'Paid late %', 'Overdue %'].map(amount),
    ],
    rows: rows
      .map(({ kind, key, figures, afterContact }): Cell[] => {
        const { currency, end, sales, cash } = figures;
        // A step is known of what is open now: what was sold and paid has none.
        const measures =
          kind === 'step'
            ? ['', '', '', '', '']
            : [figures.dso, figures.add, figures.cei, figures.daysLate, figures.paidLateShare].map(cell);
        const amounts = [end.gross, end.gross - end.current, end.receivables, sales, cash, afterContact].map((minor) =>
          decimal(minor, currency),
        );
        if (kind === 'step') amounts.splice(3, 3, '', '', '');
        return [kind, names(kind, key), currency, figures.openInvoices, ...amounts, ...measures, cell(figures.overdueShare)];
      })
      .sort((a, b) => (`${a[0]}${a[2]}${a[1]}` < `${b[0]}${b[2]}${b[1]}` ? -1 : 1)),
  };
}

function trendSheet(currencies: readonly CurrencyReport[]): Sheet {
  return {
    name: 'Month ends',
    columns: [
      text('Currency'),
      text('Evening of'),
      amount('Receivables'),
      amount('Not due'),
      amount('Credit sales of 91 days'),
      amount('DSO'),
      amount('Best possible DSO'),
    ],
    rows: currencies.flatMap(({ figures: { currency }, trend }) =>
      trend.map(({ day, receivables, current, sales, dso, bestDso }): Cell[] => [
        ...[currency, day, decimal(receivables, currency), decimal(current, currency), decimal(sales, currency)],
        ...[cell(dso), cell(bestDso)],
      ]),
    ),
  };
}
