import { type Day, epochDay } from '../kernel/day.ts';
import type { Payer, PayHabits } from './pay-habits.ts';

export const WEEKS = 13;
/** Draws for the band. */
const DRAWS = 1000;
const DRAWN_ALONE = 1000;
/** Of what no habit reaches, so much comes in a week: a debt older than anything that was ever paid is paid seldom. */
const SELDOM = 0.02;

/** What is expected of one open amount: the chance of each week, 0 the first; what is missing to 1 comes later or never. */
export type Chances = Float64Array;

/** From habit alone: when customers like this pay, given that it is unpaid on the evening of `today`. Weeks of seven days from tomorrow. */
export function byHabit(
  debt: Payer & { readonly due: Day },
  habits: PayHabits,
  today: Day,
  /** The day on which money that is ready leaves, for customers with a pay run. */
  leaves: (day: number) => number = (day) => day,
): Chances {
  const chances = new Float64Array(WEEKS);
  const now = epochDay(today);
  const unknown = habits.spread(debt, now - epochDay(debt.due), (days, chance) => {
    const week = Math.floor((leaves(now + days) - now - 1) / 7);
    if (week < WEEKS) chances[week]! += chance;
  });
  for (let [week, left] = [0, unknown]; unknown > 0 && week < WEEKS; week += 1) {
    chances[week]! += left * SELDOM;
    left *= 1 - SELDOM;
  }
  return chances;
}

/** All of the amount in one week; a day that is over counts as tomorrow. Days since 1970. */
export function onDay(payDay: number, today: number): Chances {
  const chances = new Float64Array(WEEKS);
  const week = Math.floor((Math.max(payDay, today + 1) - today - 1) / 7);
  if (week < WEEKS) chances[week] = 1;
  return chances;
}

export interface Expected {
  readonly amount: number;
  readonly chances: Chances;
}

export interface WeekForecast {
  /** Minor units, rounded. */
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

/** The sum of each week with the range in which four out of five draws fall. The same day draws the same. */
export function sumWeeks(expected: readonly Expected[], seed: number): WeekForecast[] {
  const means = new Float64Array(WEEKS);
  for (const { amount, chances } of expected) for (let week = 0; week < WEEKS; week += 1) means[week]! += amount * chances[week]!;
  const sums = draws(expected, seed);
  return Array.from({ length: WEEKS }, (_, week) => {
    const drawn = sums[week]!.sort();
    const [low, high] = [drawn[Math.floor(DRAWS * 0.1)]!, drawn[Math.ceil(DRAWS * 0.9) - 1]!];
    const mean = Math.round(means[week]!);
    return { expected: mean, low: Math.min(mean, Math.round(low)), high: Math.max(mean, Math.round(high)) };
  });
}

/** The largest amounts are drawn one by one; the many small ones behind them together, by their mean and variance, as the central limit theorem has it. */
function draws(expected: readonly Expected[], seed: number): Float64Array[] {
  const sums = Array.from({ length: WEEKS }, () => new Float64Array(DRAWS));
  const random = randomFrom(seed);
  const inOrder = [...expected].sort((a, b) => b.amount - a.amount);
  for (const { amount, chances } of inOrder.slice(0, DRAWN_ALONE)) {
    for (let draw = 0; draw < DRAWS; draw += 1) {
      let at = random();
      for (let week = 0; week < WEEKS; week += 1) {
        at -= chances[week]!;
        if (at >= 0) continue;
        sums[week]![draw]! += amount;
        break;
      }
    }
  }
  const small = inOrder.slice(DRAWN_ALONE);
  if (small.length === 0) return sums;
  for (let week = 0; week < WEEKS; week += 1) {
    let [mean, variance] = [0, 0];
    for (const { amount, chances } of small) {
      mean += amount * chances[week]!;
      variance += amount ** 2 * chances[week]! * (1 - chances[week]!);
    }
    for (let draw = 0; draw < DRAWS; draw += 1) sums[week]![draw]! += mean + Math.sqrt(variance) * bell(random);
  }
  return sums;
}

/** Normal, by Box and Muller. */
function bell(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Mulberry32: small, fast, the same everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
