import type { KnownBlock } from '@slack/types';
import { addDays, dayIn } from '../kernel/day.ts';
import { isExact, TOO_LARGE, toDecimal } from '../kernel/money.ts';
import type { Sheet } from '../kernel/sheet.port.ts';
import { directChannel } from '../slack/direct.ts';
import type { Subject } from '../slack/listeners.ts';
import type { Renderer } from '../slack/outbound.ts';
import { sendFile } from '../slack/private-file.ts';
import { sentence } from '../slack/reply.ts';
import { money } from '../slack/text.ts';
import type { SlackWorld } from '../slack/world.ts';
import { buildForecast } from './build-forecast.op.ts';
import { BASES } from './expected-cash.ts';
import { ownBacktest, scoresOf, slippedSince, sundayBefore } from './follow-forecast.op.ts';
import { type ForecastView, forecastBlocks } from './forecast.view.ts';
import type { CurrencyForecast, MadeForecast } from './forecast-kept.ts';
import type { LineChart } from './line-chart.ts';
import { keyed } from './report-message.slack.ts';

/** Kind of the job that posts a forecast with what it said. */
export const FORECAST_JOB = 'cash-forecast';

type Shown = Omit<ForecastView, 'zone' | 'now' | 'charts'>;
export interface ForecastJob {
  readonly to: { readonly user: string } | { readonly channel: string };
  readonly shown: Shown;
}

/** The forecast of today with the scores of those before it. `made`: one that is made already. */
export async function forecastShown(world: SlackWorld, made?: MadeForecast): Promise<Shown> {
  const { zone } = await world.settings.read();
  const yesterday = addDays(dayIn(zone, world.clock.now()), -1);
  const forecast = made ?? (await buildForecast(world));
  const [book, works, customers, freshness] = await Promise.all([
    world.ledger.book(zone),
    world.accounts.all(),
    world.ledger.customers(),
    world.ledger.freshness(),
  ]);
  const segments = new Map(customers.map(({ id, segment }) => [id, segment]));
  const last = await world.keptFigures.latest<MadeForecast>('forecast', addDays(sundayBefore(dayIn(zone, world.clock.now())), -7));
  return {
    forecast,
    scores: await scoresOf(world, book, yesterday),
    slipped: last ? slippedSince(last.body, book, works, yesterday).slice(0, 50) : [],
    tried: Object.fromEntries(await ownBacktest(book, (account) => segments.get(account) ?? '', yesterday)),
    asOf: freshness.asOf?.toString() ?? null,
    sample: freshness.sample,
  };
}

export async function postForecast(world: SlackWorld, id: string, job: ForecastJob): Promise<void> {
  await world.jobs.add({ id, kind: FORECAST_JOB, payload: slim(job) as never, dueAt: world.clock.now() });
  world.postSoon();
}

/** What only the comparison of next week needs stays with the kept forecast. */
function slim({ to, shown }: ForecastJob): ForecastJob {
  const currencies = shown.forecast.currencies.map((each) => ({ ...each, first: [] }));
  return { to, shown: { ...shown, forecast: { ...shown.forecast, currencies } } };
}

/** /collections forecast: by direct message, with a chart for each of the first currencies. */
export function forecastSubject(world: SlackWorld): Subject {
  const make = async (user: string) => {
    const shown = await forecastShown(world);
    await postForecast(world, `${FORECAST_JOB}:${user}:${world.clock.now().epochMilliseconds}`, { to: { user }, shown });
    const lines = shown.forecast.currencies.map(({ currency, weeks }) => {
      const sum = weeks.slice(0, 4).reduce((all, { expected }) => all + expected, 0);
      return `*${currency}*: ${money(sum, currency)} expected in the next 4 weeks`;
    });
    const said = lines.length > 0 ? lines.join('\n') : 'Nothing is outstanding, so nothing is expected.';
    return sentence(`${said}\nThe forecast with its weeks and scores is in your direct messages with me.`);
  };
  return {
    parts: {
      forecast: {
        may: 'manage',
        usage: 'forecast',
        help: 'cash expected in the next 13 weeks, what it rests on, and how good earlier forecasts were',
        run: async ({ asker, answer }) => answer(await make(asker.user)),
      },
    },
    clicks: {
      'forecast-now': { may: 'manage', run: async ({ asker, answer }) => answer(await make(asker.user)) },
      'forecast-download': {
        may: 'manage',
        async run({ asker, client, answer }) {
          const forecast = await buildForecast(world);
          const name = `forecast-${addDays(forecast.evening, 1)}.xlsx`;
          const bytes = await world.workbook([weeksSheet(forecast), invoicesSheet(forecast)]);
          await sendFile(client, asker.user, { name, bytes, title: name, comment: 'Each week with its band and what it rests on.' });
          if (asker.channel !== '') await answer(sentence(`:white_check_mark: ${name} is in your direct messages with me.`));
        },
      },
    },
  };
}

export function forecastRenderer(world: SlackWorld): Renderer {
  return async (payload, show) => {
    const { to, shown } = payload as unknown as ForecastJob;
    const channel = 'channel' in to ? to.channel : await directChannel(world.client, to.user);
    if (channel === null) return null;
    const { zone } = await world.settings.read();
    const charts: KnownBlock[] = [];
    for (const each of shown.forecast.currencies.filter(({ open }) => open > 0).slice(0, 3)) {
      const chart = fanChart(each, shown.forecast);
      const alt = `Cash expected by week in ${each.currency}, with the range in which four weeks of five should lie.`;
      const picture = {
        ...keyed(world, 'forecast', chart),
        name: `forecast-${each.currency}.png`,
        bytes: () => world.lineChart(chart),
        alt,
        follows: `The chart for ${each.currency} follows.`,
      };
      const block = await show(picture);
      if (block) charts.push(block);
    }
    const blocks = forecastBlocks({ ...shown, zone, now: world.clock.now(), charts });
    return { channel, messages: [{ text: 'Cash forecast for 13 weeks', blocks }] };
  };
}

function fanChart({ currency, weeks }: CurrencyForecast, { evening }: MadeForecast): LineChart {
  const major = (minor: number) => (isExact(minor) ? Number(toDecimal({ amount: minor, currency })) : 0);
  return {
    title: `Cash expected by week, ${currency}`,
    labels: weeks.map((_, week) =>
      Temporal.PlainDate.from(addDays(evening, 7 * week + 1))
        .toLocaleString('en-GB', { day: 'numeric', month: 'short' })
        .replace('Sept', 'Sep'),
    ),
    unit: currency,
    lines: [{ name: 'Expected', dashed: false, values: weeks.map(({ expected }) => major(expected)) }],
    band: { name: '80% of the time between', low: weeks.map(({ low }) => major(low)), high: weeks.map(({ high }) => major(high)) },
  };
}

const decimal = (amount: number, currency: string) => (isExact(amount) ? toDecimal({ amount, currency }) : TOO_LARGE);

function weeksSheet({ currencies, evening }: MadeForecast): Sheet {
  const amounts = ['Expected', 'Low (10%)', 'High (90%)', 'By due date', 'By customer’s median', ...BASES.map((basis) => `Of it ${basis}`)];
  return {
    name: 'Weeks',
    columns: [
      { title: 'Currency', kind: 'text' },
      { title: 'Week from', kind: 'text' },
      ...amounts.map((title) => ({ title, kind: 'amount' as const })),
    ],
    rows: currencies.flatMap(({ currency, weeks, byDue, byMedian }) =>
      weeks.map(({ expected, low, high, by }, week) => [
        ...[currency, addDays(evening, 7 * week + 1)],
        ...[expected, low, high, byDue[week]!, byMedian[week]!, ...BASES.map((basis) => by[basis] ?? 0)].map((amount) =>
          decimal(amount, currency),
        ),
      ]),
    ),
  };
}

function invoicesSheet({ currencies, evening }: MadeForecast): Sheet {
  return {
    name: 'Largest invoices',
    columns: [
      ...['Currency', 'Customer', 'Company', 'Number', 'Rests on', 'Most likely week from'].map((title) => ({
        title,
        kind: 'text' as const,
      })),
      { title: 'Amount', kind: 'amount' },
    ],
    rows: currencies.flatMap(({ currency, first, biggest }) =>
      [...new Map([...biggest, ...first].map((each) => [`${each.entity}\n${each.number}\n${each.basis}`, each])).values()].map((each) => [
        ...[
          currency,
          each.name,
          each.entity,
          each.number,
          each.basis,
          each.week === null ? 'later or not at all' : addDays(evening, 7 * each.week + 1),
        ],
        decimal(each.amount, currency),
      ]),
    ),
  };
}
