import { percent } from '../slack/percent.ts';
import { plain } from '../slack/text.ts';
import { type DatedRate, type Half, KNOWN_RATES, SERIES_NAMES, type Series, SOURCES } from './interest-rates.ts';

/** Of each series, the newest half-years; those that somebody added are always shown. */
const SHOWN = 8;

/** The newest rates of one series, and who publishes them. */
export function seriesText(series: Series, added: readonly (DatedRate & { readonly by?: string })[]): string {
  const own: readonly (DatedRate & { readonly by?: string })[] = [
    ...KNOWN_RATES.filter((known) => !added.some(sameHalf(known))),
    ...added,
  ].filter((rate) => rate.series === series);
  const lines = own
    .toSorted((a, b) => (a.half < b.half ? 1 : -1))
    .filter((rate, index) => index < SHOWN || rate.by)
    .map(
      (rate) => `• ${periodOf(rate.half)}: *${percent(rate.rate)}*${rate.by ? `, added by <@${rate.by}> from ${plain(rate.source)}` : ''}`,
    );
  const asOf = series === 'bank-of-england' ? ' as of the day before each half-year' : '';
  return `*${seriesTitle(series)}*${asOf}\n${lines.length > 0 ? lines.join('\n') : 'No rate is on file.'}\n_Source${own.some((rate) => rate.by) ? ' of the others' : ''}: ${plain(SOURCES[series])}_`;
}

/** 'Main refinancing rate of the European Central Bank'. */
export const seriesTitle = (series: Series) => SERIES_NAMES[series].replace(/^./, (first) => first.toUpperCase());

/** '1 July – 31 December 2026'. */
export function periodOf(half: Half): string {
  return `${half.endsWith('1') ? '1 January – 30 June' : '1 July – 31 December'} ${half.slice(0, 4)}`;
}

const sameHalf = (known: DatedRate) => (rate: DatedRate) => rate.series === known.series && rate.half === known.half;
