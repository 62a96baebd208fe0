import type { AccountWork } from '../account/account-work.ts';
import { digestDue } from '../kernel/calendar.ts';
import { addDays, type Day, dayIn } from '../kernel/day.ts';
import { inTurns } from '../kernel/in-turns.op.ts';
import { calendarAround, weekdayOf } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import { Backtest, type Method, type Score } from './backtest.ts';
import { type Book, type BookInvoice, openOn } from './book.ts';
import { buildForecast } from './build-forecast.op.ts';
import type { ExpectedInvoice, MadeForecast } from './forecast-kept.ts';
import { cameIn, type ForecastScore, scoreForecasts } from './forecast-score.ts';

/** Forecasts of half a year are scored. */
const SCORED_DAYS = 26 * 7;
/** Fewer weeks of history say nothing of how well a forecast would have done. */
const LEAST_WEEKS = 8;

/** The Sunday before the week of a day. */
export function sundayBefore(today: Day): Day {
  return addDays(today, -weekdayOf(today));
}

/**
 * Keeps the week's forecast once, on the first working day from Monday's digest hour on, with what is known up to Sunday evening. Returns it when this call
 * kept it, else null.
 */
export async function keepForecast(world: World): Promise<MadeForecast | null> {
  const settings = await world.settings.read();
  const now = world.clock.now();
  const today = dayIn(settings.zone, now);
  if (!digestDue(now, { hour: settings.digestHour, zone: settings.zone }, calendarAround(world.holidays, settings, today)).due) return null;
  const evening = sundayBefore(today);
  const known = await world.keptFigures.latest<MadeForecast>('forecast', evening);
  if (known?.day === evening) return null;
  if ((await world.ledger.freshness()).asOf === null) return null;
  const body = await buildForecast(world, addDays(today, -1));
  const made = { ...body, evening };
  return (await world.keptFigures.keep({ id: `forecast:${evening}`, kind: 'forecast', day: evening, body: made })) ? made : null;
}

/** Kept forecasts of the last half year against what came by yesterday evening. */
export async function scoresOf(world: Pick<World, 'keptFigures'>, book: Book, through: Day): Promise<ForecastScore[]> {
  const kept = await world.keptFigures.between<MadeForecast>('forecast', addDays(through, -SCORED_DAYS), through);
  const made: { forecast: MadeForecast; came: Map<string, number[]> }[] = [];
  for await (const { body } of inTurns(kept)) made.push({ forecast: body, came: cameIn(book.invoices, body.evening, through) });
  return scoreForecasts(made, through);
}

/** How the forecast of each of the last 26 weeks would have done; null where the history is shorter than eight weeks. */
export async function ownBacktest(
  book: Book,
  segment: (account: string) => string,
  evening: Day,
): Promise<Map<string, Record<Method, Score> | null>> {
  const results = new Map<string, Record<Method, Score> | null>();
  for await (const [currency, invoices] of inTurns([...Map.groupBy(book.invoices, (invoice) => invoice.currency)].sort())) {
    const first = firstCut(invoices);
    const origins: Day[] = [];
    for (
      let at = addDays(evening, -28);
      first !== null && origins.length < 26 && at >= addDays(first, LEAST_WEEKS * 7);
      at = addDays(at, -7)
    )
      origins.unshift(at);
    const trial = new Backtest({ invoices, segment, origins });
    for await (const _ of inTurns(trial.steps()));
    results.set(currency, origins.length === 0 ? null : trial.scores());
  }
  return results;
}

function firstCut(invoices: readonly BookInvoice[]): Day | null {
  return invoices.reduce<Day | null>((least, { cuts }) => (cuts[0] && (least === null || cuts[0].on < least) ? cuts[0].on : least), null);
}

export const SLIP_REASONS = ['promise-broken', 'disputed', 'on-hold', 'placed', 'stopped', 'part-paid', 'not-paid'] as const;
export type SlipReason = (typeof SLIP_REASONS)[number];

export interface Slipped extends ExpectedInvoice {
  readonly currency: string;
  /** Still open, minor units. */
  readonly open: number;
  readonly reason: SlipReason;
}

/** What the forecast of a week ago expected in its first week and is open still, with what is known of why. Largest first. */
export function slippedSince(last: MadeForecast, book: Book, works: ReadonlyMap<string, AccountWork>, evening: Day): Slipped[] {
  const open = new Map(book.invoices.map((invoice) => [`${invoice.entity}\n${invoice.number}`, openOn(invoice, evening)]));
  return last.currencies
    .flatMap(({ currency, first }) =>
      first.flatMap((each): Slipped[] => {
        const left = open.get(`${each.entity}\n${each.number}`) ?? 0;
        return left > 0 ? [{ ...each, currency, open: left, reason: reasonOf(each, left, works.get(each.account), evening) }] : [];
      }),
    )
    .sort((a, b) => (a.currency === b.currency ? b.open - a.open : a.currency < b.currency ? -1 : 1));
}

function reasonOf({ number, entity, amount }: ExpectedInvoice, left: number, work: AccountWork | undefined, evening: Day): SlipReason {
  if (!work) return 'not-paid';
  const mine = (each: { readonly entity: string; readonly invoices: readonly string[] }) =>
    each.entity === entity && each.invoices.includes(number);
  if (work.status === 'insolvent' || work.status === 'ceased-trading') return 'stopped';
  if (work.placements.some((each) => each.state !== 'recalled' && mine(each))) return 'placed';
  if (work.disputes.some((each) => each.entity === entity && each.invoice === number)) return 'disputed';
  if (work.pastPromises.some((each) => mine(each) && each.outcome !== 'kept' && each.closed > addDays(evening, -14)))
    return 'promise-broken';
  if (work.hold && work.hold.until >= evening) return 'on-hold';
  return left < amount ? 'part-paid' : 'not-paid';
}
