import type { KnownBlock } from '@slack/types';
import { AGEING_BUCKETS } from '../ledger/ageing.ts';
import { contextLine, freshnessLine, nameOf, shortDay } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import { clip, counted, money, plain } from '../slack/text.ts';
import { BENCHMARK, daysWords, decimal, indexWords, percentWords, periodWords, sinceWords } from './measure-words.view.ts';
import type { CurrencyReport, Report } from './report.ts';
import type { RowKind } from './report-rows.op.ts';

/** As many currencies in a message; the workbook has all of them. */
const CURRENCIES_SHOWN = 4;

export interface ReportView {
  readonly report: Report;
  /** Names of the selling companies by their code. */
  readonly companies: Readonly<Record<string, string>>;
  readonly zone: string;
  readonly now: Temporal.Instant;
  /** The charts, or the lines in their place. */
  readonly charts: readonly KnownBlock[];
}

/** The report as one message: six figures a currency, what they rest on, the charts. */
export function reportBlocks({ report, companies, zone, now, charts }: ReportView): KnownBlock[] {
  const { currencies, asOf, sample } = report;
  const at = asOf === null ? null : Temporal.Instant.from(asOf);
  const head: KnownBlock[] = [
    { type: 'header', text: { type: 'plain_text', text: 'Receivables report' } },
    contextLine(headWords(report, companies), freshnessLine(at, sample, zone, now)),
  ];
  if (currencies.length === 0)
    return [...head, section('Nothing was invoiced here. Import invoices, or ask for the whole company: `report`.')];
  const left = currencies.length - CURRENCIES_SHOWN;
  const lacks = currencies.some(({ figures }) => 'lacking' in figures.dso);
  return [
    ...head,
    ...currencies.slice(0, CURRENCIES_SHOWN).flatMap((each) => currencyBlocks(each)),
    ...(left > 0 ? [contextLine(`${counted(left, 'more currency', 'more currencies')} in the workbook.`)] : []),
    ...charts,
    actions(report),
    ...(lacks ? [contextLine(sinceWords(currencies[0]!.figures.since))] : []),
    contextLine(BENCHMARK),
  ];
}

export function headWords({ asked, period }: Pick<Report, 'asked' | 'period'>, companies: Readonly<Record<string, string>>): string {
  const of = [
    asked.entity === undefined ? '' : plain(companies[asked.entity] || asked.entity),
    asked.collector === undefined
      ? ''
      : asked.collector === 'nobody'
        ? 'accounts without a collector'
        : `accounts of ${nameOf(asked.collector)}`,
    asked.segment === undefined ? '' : `segment ${plain(asked.segment)}`,
  ].filter(Boolean);
  return [periodWords(period), ...of].join(' · ');
}

function currencyBlocks({ figures, promises, writtenOff, recovered, badDebt, disputes }: CurrencyReport): KnownBlock[] {
  const { currency, end, buckets } = figures;
  const amount = (minor: number) => money(minor, currency);
  const apart = [
    end.credits > 0 ? `credit notes ${amount(end.credits)}` : '',
    end.unapplied > 0 ? `unapplied cash ${amount(end.unapplied)} (not subtracted)` : '',
  ].filter(Boolean);
  const shares = AGEING_BUCKETS.filter((bucket) => buckets[bucket] > 0).map(
    (bucket) => `${bucket === 'current' ? 'not due' : `${bucket.replace('-', '–')} days`} ${amount(buckets[bucket])}`,
  );
  const tiles: [string, string][] = [
    ['DSO', daysWords(figures.dso)],
    ['Best possible DSO', daysWords(figures.bestDso)],
    ['Average days delinquent', daysWords(figures.add)],
    [`CEI (N = ${figures.period.n})`, indexWords(figures.cei)],
    ['Paid late by, on average', daysWords(figures.daysLate)],
    ['Overdue', percentWords(figures.overdueShare)],
  ];
  const kept =
    promises.count === 0
      ? ''
      : `Promises kept: ${promises.kept} of ${promises.count}${'value' in promises.byAmount ? `, ${percentWords(promises.byAmount)} by amount` : ''}`;
  const more = [
    `Count-back DSO: ${daysWords(figures.countBack)}`,
    `Sales-weighted DSO: ${daysWords(figures.trueDso)}`,
    `Paid late: ${percentWords(figures.paidLateShare)} of the amount`,
    kept,
    disputes.open > 0 ? `Disputed: ${amount(disputes.amount)}, ${percentWords(disputes.rate)} of what is open` : '',
    writtenOff > 0 ? `Written off: ${amount(writtenOff)}, recovered ${amount(recovered)}, ${percentWords(badDebt)} of sales` : '',
  ].filter(Boolean);
  return [
    { type: 'divider' },
    section(
      `*${currency}: ${amount(end.receivables)} outstanding*${apart.length > 0 ? ` (invoices ${amount(end.gross)}, ${apart.join(', ')})` : ''}\n` +
        `Sold ${amount(figures.sales)} · received ${amount(figures.cash)}\n${shares.join(' · ')}`,
    ),
    { type: 'section', fields: tiles.map(([name, value]) => ({ type: 'mrkdwn', verbatim: true, text: `${name}\n*${value}*` })) },
    contextLine(...more),
  ];
}

const ROW_WORDS: { readonly [Kind in RowKind]: string } = {
  open: 'Open invoices',
  overdue: 'Overdue invoices',
  begin: 'Open the evening before',
  sales: 'Invoices of the period',
  credits: 'Credit notes of the period',
  paid: 'Paid in the period',
  cash: 'Cash received',
};
export const rowWords = (kind: RowKind): string => ROW_WORDS[kind];

function actions({ asked, period }: Report): KnownBlock {
  return {
    type: 'actions',
    elements: [
      ...(Object.keys(ROW_WORDS) as RowKind[]).map((kind) =>
        button('report-rows', kind, ROW_WORDS[kind], { a: asked, k: kind, p: 0, d: period.to }),
      ),
      { ...button('report-download', 'xlsx', 'Download XLSX', { a: asked, d: period.to }), style: 'primary' as const },
    ],
  };
}

/** The lines of a month-end chart in words, for those who cannot see it. */
export function trendWords({ figures, trend }: CurrencyReport): string {
  const known = trend.flatMap(({ day, dso }) => ('value' in dso ? [`${shortDay(day)}: ${decimal(dso.value)}`] : []));
  return clip(`DSO in ${figures.currency} at month ends, in days. ${known.join(', ')}`, 1900);
}
