import type { KnownBlock } from '@slack/types';
import { addDays } from '../kernel/day.ts';
import { contextLine, freshnessLine, shortDay } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import { andMore, counted, figure, money, plain } from '../slack/text.ts';
import type { Method, Score } from './backtest.ts';
import { BASES, type Basis } from './expected-cash.ts';
import type { Slipped, SlipReason } from './follow-forecast.op.ts';
import { WEEKS } from './forecast.ts';
import type { CurrencyForecast, ExpectedInvoice, MadeForecast } from './forecast-kept.ts';
import type { ForecastScore } from './forecast-score.ts';

const BASIS_WORDS: { readonly [Name in Basis]: string } = {
  promised: 'promised',
  planned: 'payment plans',
  'direct-debit': 'direct debit',
  habit: 'habit, not due yet',
  overdue: 'habit, overdue',
  disputed: 'disputed',
  none: 'not expected',
};
const SLIP_WORDS: { readonly [Reason in SlipReason]: string } = {
  'promise-broken': 'promise broken',
  disputed: 'in dispute',
  'on-hold': 'on hold',
  placed: 'with an agency or law firm',
  stopped: 'contact is stopped',
  'part-paid': 'part paid',
  'not-paid': 'not paid, no reason recorded',
};
const CURRENCIES_SHOWN = 3;
const SLIPPED_SHOWN = 5;
const BIGGEST_SHOWN = 5;

export interface ForecastView {
  readonly forecast: MadeForecast;
  readonly scores: readonly ForecastScore[];
  readonly slipped: readonly Slipped[];
  /** By currency: how it would have done; null: not enough history. */
  readonly tried: Readonly<Record<string, Record<Method, Score> | null>>;
  readonly asOf: string | null;
  readonly sample: boolean;
  readonly zone: string;
  readonly now: Temporal.Instant;
  readonly charts: readonly KnownBlock[];
}

/** Thirteen weeks of each currency, what they rest on, what slipped, and how good earlier forecasts were. */
export function forecastBlocks({ forecast, scores, slipped, tried, asOf, sample, zone, now, charts }: ForecastView): KnownBlock[] {
  const { currencies, evening } = forecast;
  const at = asOf === null ? null : Temporal.Instant.from(asOf);
  const through = addDays(evening, 7 * WEEKS);
  const left = currencies.length - CURRENCIES_SHOWN;
  return [
    { type: 'header', text: { type: 'plain_text', text: 'Cash forecast' } },
    contextLine(
      `13 weeks, ${shortDay(addDays(evening, 1))} to ${shortDay(through)}. Open items only: invoices not issued yet are left out.`,
    ),
    contextLine(freshnessLine(at, sample, zone, now)),
    ...(currencies.length === 0 ? [section('Nothing is outstanding, so nothing is expected.')] : []),
    ...currencies.slice(0, CURRENCIES_SHOWN).flatMap((each) => currencyBlocks(each, forecast, scores, tried[each.currency])),
    ...(left > 0 ? [contextLine(`${counted(left, 'more currency', 'more currencies')} in the workbook.`)] : []),
    ...charts,
    ...slippedBlocks(slipped),
    { type: 'actions', elements: [button('forecast-download', 'xlsx', 'Download XLSX', {})] },
  ];
}

function currencyBlocks(
  of: CurrencyForecast,
  { evening }: MadeForecast,
  scores: readonly ForecastScore[],
  tried: Record<Method, Score> | null | undefined,
): KnownBlock[] {
  const { currency, weeks, open, later, biggest } = of;
  const rows = weeks.map(({ expected, low, high }, week) => {
    const from = shortDay(addDays(evening, 7 * week + 1)).replace(/ \d{4}$/, '');
    return `${from.padEnd(7)}${figure(expected, currency).padStart(16)}${`${figure(low, currency)} – ${figure(high, currency)}`.padStart(32)}`;
  });
  const head = `${'From'.padEnd(7)}${'Expected'.padStart(16)}${'80% of the time between'.padStart(32)}`;
  const four = weeks.slice(0, 4).reduce((sum, { expected }) => sum + expected, 0);
  const score = scores.find((each) => each.currency === currency);
  return [
    { type: 'divider' },
    section(
      `*${currency}: ${money(four, currency)} expected in 4 weeks* of ${money(open, currency)} outstanding\n\`\`\`${[head, ...rows].join('\n')}\`\`\``,
    ),
    contextLine(`Later or not at all: ${money(later, currency)}`, `The next 4 weeks rest on: ${basisWords(of)}`),
    ...(biggest.length > 0
      ? [
          section(
            `*Largest invoices*\n${biggest
              .slice(0, BIGGEST_SHOWN)
              .map((each) => biggestLine(each, of, evening))
              .join('\n')}`,
          ),
        ]
      : []),
    contextLine(
      score ? scoreWords(score) : 'No earlier forecast to compare with yet. The first score comes next Monday.',
      triedWords(tried),
    ),
  ];
}

/** 'promised €1,200.00, habit, overdue €800.00': of the first four weeks. */
function basisWords({ currency, weeks }: CurrencyForecast): string {
  const sums = BASES.map((basis) => [basis, weeks.slice(0, 4).reduce((sum, { by }) => sum + (by[basis] ?? 0), 0)] as const);
  return (
    sums
      .filter(([, sum]) => sum > 0)
      .map(([basis, sum]) => `${BASIS_WORDS[basis]} ${money(sum, currency)}`)
      .join(', ') || 'nothing'
  );
}

function biggestLine(
  { name, number, amount, basis, week }: ExpectedInvoice,
  { currency }: CurrencyForecast,
  evening: MadeForecast['evening'],
): string {
  const when = week === null ? 'later or not at all' : `most likely in the week from ${shortDay(addDays(evening, 7 * week + 1))}`;
  return `• *${plain(name)}* ${plain(number)}  ${money(amount, currency)} · ${when} (${BASIS_WORDS[basis]})`;
}

const percent = (part: number | null) => (part === null ? 'nothing came' : `${Math.round(part * 100)}%`);

/** 'Last week: €1,000.00 expected, €950.00 came (…). Error …' */
export function scoreWords({ currency, last, weeks, error, inside }: ForecastScore): string {
  const week = last
    ? `Last week: ${money(last.expected, currency)} expected (${money(last.low, currency)} – ${money(last.high, currency)}), ${money(last.came, currency)} came; ` +
      `by due date ${money(last.byDue, currency)}, by each customer’s median ${money(last.byMedian, currency)}. `
    : '';
  return (
    `${week}Error by week over ${counted(weeks, 'scored week')}: forecast ${percent(error.forecast)}, due date ${percent(error.due)}, ` +
    `customer’s median ${percent(error.median)}. ${inside} of ${weeks} weeks lay in the band.`
  );
}

function triedWords(tried: Record<Method, Score> | null | undefined): string {
  if (!tried || !Number.isFinite(tried.habit.wapeByWeek)) return 'Tried on your own past: not enough history (under 8 weeks of payments).';
  const { habit, due, median } = tried;
  return `Tried on your own last ${counted(habit.origins, 'week')}: error by week ${percent(habit.wapeByWeek)}, by due date ${percent(due.wapeByWeek)}, by customer’s median ${percent(median.wapeByWeek)}.`;
}

function slippedBlocks(slipped: readonly Slipped[]): KnownBlock[] {
  if (slipped.length === 0) return [];
  const lines = slipped
    .slice(0, SLIPPED_SHOWN)
    .map(
      ({ name, number, open, currency, reason }) => `• *${plain(name)}* ${plain(number)}  ${money(open, currency)}: ${SLIP_WORDS[reason]}`,
    );
  const title = `*Slipped since last week: ${counted(slipped.length, 'invoice')}*`;
  return [section([title, ...lines, ...andMore(slipped.length - lines.length)].join('\n'))];
}
