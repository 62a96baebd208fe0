import { type Day, epochDay } from '../kernel/day.ts';
import type { BookInvoice } from './book.ts';

/** So many of a customer's last delays count. */
const OWN_LAST = 24;
/** Days after which a delay counts half: customers change (own policy; measured on the backtest). */
const HALF_LIFE = 75;
/**
 * A customer's own habit weighs n / (n + s) against that of its like. How far customers differ is a matter of the ledger: the s that would have foretold
 * past payments best is used.
 */
const SHRINKS = [0.5, 3, 10, 30];
/** A payment was foretold as far as the days around it were: so many before and after. */
const NEAR = 3;
/** Delays outside are counted at the edge: earlier than two months before, or later than two years after the due day. */
const [EARLIEST, LATEST] = [-60, 730];
const BINS = LATEST - EARLIEST + 1;
function recency(on: Day): number {
  return 2 ** ((epochDay(on) - 14_610) / HALF_LIFE);
}

/** Fewer paid invoices than these make no pool of their own: all customers are the pool then. */
const LEAST_POOL = 30;

/** When an invoice was paid: days after its due day, of several payments weighted by their amounts; null while anything is open, or a credit note paid it. */
export function delayOf(
  { due, total, cuts, undated }: Pick<BookInvoice, 'due' | 'total' | 'cuts' | 'undated'>,
  evening: Day,
): number | null {
  if (undated > 0 || total <= 0) return null;
  let [paid, days] = [0, 0];
  for (const { on, amount, by } of cuts) {
    if (on > evening || by === 'credit') return null;
    paid += amount;
    days += amount * (epochDay(on) - epochDay(due));
  }
  return paid >= total ? Math.round(days / paid) : null;
}

/** Key of the pool of all customers; no company and segment have it. */
const ALL = '';

class Histogram {
  readonly counts = new Float64Array(BINS);
  total = 0;
  known = 0;

  /** The smallest delay up to which lies at least that part. */
  quantile(part: number): number {
    let passed = 0;
    const bin = this.counts.findIndex((count) => {
      passed += count;
      return passed >= this.total * part;
    });
    return bin + EARLIEST;
  }

  add(delay: number, weight = 1): void {
    this.counts[binOf(delay)]! += weight;
    this.total += weight;
    this.known += 1;
  }
}

function binOf(delay: number): number {
  return Math.min(BINS - 1, Math.max(0, delay - EARLIEST));
}

/** Who is like whom: customers of one segment and selling company. */
export interface Payer {
  readonly account: string;
  readonly entity: string;
  readonly segment: string;
}

/** How long customers take, from the invoices they paid. Added in the order in which they were paid. */
export class PayHabits {
  private readonly own = new Map<string, { delay: number; weight: number }[]>();
  private readonly pools = new Map<string, Histogram>();
  private readonly all = new Histogram();
  private readonly old = new Map<string, Histogram>();
  private readonly foretold = SHRINKS.map(() => 0);

  add({ account, entity, segment }: Payer, delay: number, on: Day): void {
    const weight = recency(on);
    const mine = this.own.get(account) ?? [];
    this.learn(mine, this.poolOf(entity, segment), delay, weight);
    mine.push({ delay, weight });
    if (mine.length > OWN_LAST) mine.shift();
    this.own.set(account, mine);
    const key = `${entity}\n${segment}`;
    const pool = this.pools.get(key) ?? new Histogram();
    pool.add(delay, weight);
    this.pools.set(key, pool);
    this.all.add(delay, weight);
  }

  /** Paid invoices known altogether. */
  get known(): number {
    return this.all.known;
  }

  ownDelays(account: string): readonly number[] {
    return (this.own.get(account) ?? []).map(({ delay }) => delay);
  }

  /**
   * Open invoices that have taken longer than nearly all that were paid, so that what is paid alone does not make customers look quick: they count as not paid yet at that age.
   * Replaces those given before.
   */
  standing(open: Iterable<Payer & { readonly age: number }>, today: Day): void {
    this.old.clear();
    if (this.all.known === 0) return;
    const usual = Math.max(this.all.quantile(0.5) + this.all.quantile(0.75) - this.all.quantile(0.25), this.all.quantile(0.95));
    const weight = recency(today);
    for (const { entity, segment, age } of open) {
      if (age <= usual) continue;
      for (const key of [`${entity}\n${segment}`, ALL]) {
        const known = this.old.get(key) ?? new Histogram();
        known.add(age, weight);
        this.old.set(key, known);
      }
    }
  }

  /**
   * The chance of each pay day, given that it is unpaid after `age` days past due (negative before the due day): `each` gets the days from today and the
   * chance, which add up to 1 with what is returned: the chance that nothing known says anything about.
   */
  spread({ account, entity, segment }: Payer, age: number, each: (daysFromToday: number, chance: number) => void): number {
    const mine = this.own.get(account) ?? [];
    const ownTotal = mine.reduce((sum, each) => sum + each.weight, 0);
    const pool = this.poolOf(entity, segment);
    const old = this.old.get(pool === this.all ? ALL : `${entity}\n${segment}`);
    const weight = mine.length / (mine.length + this.shrink);
    const from = Math.max(0, age + 1 - EARLIEST);
    let left = 0;
    for (const { delay, weight: each } of mine) if (delay > age) left += (weight * each) / ownTotal;
    for (let bin = from; bin < BINS; bin += 1) left += pool.total > 0 ? ((1 - weight) * pool.counts[bin]!) / pool.total : 0;
    let unpaid = 0;
    for (let bin = from; old && bin < BINS; bin += 1) unpaid += ((1 - weight) * old.counts[bin]!) / pool.total;
    left += unpaid;
    if (left - unpaid <= 1e-9) return 1;
    for (const { delay, weight: of } of mine) if (delay > age) each(delay - age, (weight * of) / ownTotal / left);
    for (let bin = from; bin < BINS; bin += 1) {
      const count = pool.counts[bin]!;
      if (count > 0) each(bin + EARLIEST - age, ((1 - weight) * count) / pool.total / left);
    }
    return unpaid / left;
  }

  private poolOf(entity: string, segment: string): Histogram {
    const near = this.pools.get(`${entity}\n${segment}`);
    return near && near.known >= LEAST_POOL ? near : this.all;
  }

  /** How well each s foretold this payment, before it is known. */
  private learn(
    mine: readonly { readonly delay: number; readonly weight: number }[],
    pool: Histogram,
    delay: number,
    weight: number,
  ): void {
    if (mine.length === 0 || pool.known === 0) return;
    let [own, ownTotal, like] = [0, 0, 0];
    for (const each of mine) {
      ownTotal += each.weight;
      if (Math.abs(each.delay - delay) <= NEAR) own += each.weight;
    }
    for (let bin = binOf(delay - NEAR); bin <= binOf(delay + NEAR); bin += 1) like += pool.counts[bin]!;
    for (const [n, s] of SHRINKS.entries()) {
      const share = mine.length / (mine.length + s);
      this.foretold[n]! += weight * Math.log(0.001 + (share * own) / ownTotal + ((1 - share) * like) / pool.total);
    }
  }

  private get shrink(): number {
    return SHRINKS[this.foretold.indexOf(Math.max(...this.foretold))]!;
  }
}
