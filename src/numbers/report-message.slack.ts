import { createHash } from 'node:crypto';
import type { KnownBlock } from '@slack/types';
import { directChannel } from '../slack/direct.ts';
import type { Renderer } from '../slack/outbound.ts';
import type { Picture, Show } from '../slack/pictures.ts';
import type { SlackWorld } from '../slack/world.ts';
import type { Settings } from '../team/settings.port.ts';
import { drawable } from './figures.ts';
import type { LineChart } from './line-chart.ts';
import { isValue, type Measure } from './measures.ts';
import type { CurrencyReport, Report } from './report.ts';
import { headWords, reportBlocks, trendWords } from './report.view.ts';

/** Kind of the job that posts a report; it carries the figures, so that a picture that comes later changes none of them. */
export const REPORT_JOB = 'report';

export interface ReportJob {
  /** Slack user id for a direct message, or the id of a channel. */
  readonly to: { readonly user: string } | { readonly channel: string };
  readonly report: Report;
}

/** Lines in one chart stay few enough to be told apart. */
const CURRENCIES_DRAWN = 2;

export const companiesOf = ({ senders }: Pick<Settings, 'senders'>): Record<string, string> =>
  Object.fromEntries(Object.entries(senders ?? {}).map(([code, { name }]) => [code, name]));

export function reportRenderer(world: SlackWorld): Renderer {
  return async (payload, show) => {
    const { to, report } = payload as unknown as ReportJob;
    const channel = 'channel' in to ? to.channel : await directChannel(world.client, to.user);
    if (channel === null) return null;
    const settings = await world.settings.read();
    const charts = await reportCharts(world, report, show);
    const companies = companiesOf(settings);
    const blocks = reportBlocks({ report, companies, zone: settings.zone, now: world.clock.now(), charts });
    return { channel, messages: [{ text: `Receivables report: ${headWords(report, companies)}`, blocks }] };
  };
}

/** Ageing, and DSO over thirteen month ends where at least two are known. */
async function reportCharts(world: SlackWorld, { currencies, period }: Report, show: Show): Promise<KnownBlock[]> {
  const pictures: Picture[] = [];
  const open = currencies.filter(({ figures }) => figures.end.gross > 0);
  if (open.length > 0) {
    const drawn = open.map(({ figures: { currency, end, buckets } }) => ({ currency, open: end.gross, buckets }));
    const alt = `Ageing of open invoices on ${period.to}, one bar for each of ${drawn.map(({ currency }) => currency).join(', ')}.`;
    const figures = { currencies: drawn } as unknown as Parameters<SlackWorld['ageingChart']>[0];
    pictures.push({
      ...keyed(world, 'ageing', drawn),
      name: `ageing-${period.to}.png`,
      bytes: () => world.ageingChart(figures),
      alt,
      follows: 'The ageing chart follows.',
    });
  }
  const trends = currencies.filter(({ trend }) => drawable(trend)).slice(0, CURRENCIES_DRAWN);
  if (trends.length > 0) {
    const chart = trendChart(trends);
    const alt = trends.map(trendWords).join(' ');
    pictures.push({
      ...keyed(world, 'dso', chart),
      name: `dso-${period.to}.png`,
      bytes: () => world.lineChart(chart),
      alt,
      follows: 'The DSO chart follows.',
    });
  }
  const blocks: KnownBlock[] = [];
  for (const picture of pictures) {
    const shown = await show(picture);
    if (shown) blocks.push(shown);
  }
  return blocks;
}

/** The same picture has the same key, whoever asks and whenever. */
export function keyed({ homeTeam }: Pick<SlackWorld, 'homeTeam'>, kind: string, drawn: unknown): { key: string } {
  return { key: `${kind}:${homeTeam}:${createHash('sha256').update(JSON.stringify(drawn)).digest('hex').slice(0, 32)}` };
}

export function trendChart(trends: readonly CurrencyReport[]): LineChart {
  const value = (measure: Measure) => (isValue(measure) && !measure.more ? measure.value : null);
  const labels = trends[0]!.trend.map(({ day }) => monthLabel(day));
  return {
    title: 'Days sales outstanding at month end',
    labels,
    unit: 'days',
    lines: trends.flatMap(({ figures: { currency }, trend }) => [
      { name: `DSO ${currency}`, dashed: false, values: trend.map((point) => value(point.dso)) },
      { name: `Best possible DSO ${currency}`, dashed: true, values: trend.map((point) => value(point.bestDso)) },
    ]),
  };
}

function monthLabel(day: string): string {
  return Temporal.PlainDate.from(day).toLocaleString('en-GB', { month: 'short', year: '2-digit' }).replace('Sept', 'Sep');
}
