import { addDays, type Day, daysBetween } from '../kernel/day.ts';
import { AGEING_BUCKETS, type AgeingBucket, bucketOf } from '../ledger/ageing.ts';
import { type BookInvoice, type BookReceipt, leftOn, openOn } from './book.ts';
import {
  averageDaysDelinquent,
  collectionEffectiveness,
  countBack,
  dso,
  isValue,
  lacking,
  type Measure,
  salesWeighted,
  share,
  weightedDays,
} from './measures.ts';
import { daysInMonth, daysOf, monthBefore, monthEndAt, monthOf, type Period } from './period.ts';

/** Amounts on one evening, minor units of one currency. */
export interface Evening {
  /** Open invoices. */
  readonly gross: number;
  /** Of them, not due yet. */
  readonly current: number;
  /** Credit notes not taken off an invoice yet. */
  readonly credits: number;
  /** Payments not matched to an invoice yet; they are shown and not subtracted. */
  readonly unapplied: number;
  /** gross - credits: what every measure counts as receivables. */
  readonly receivables: number;
}

/** Share of what was in one bucket at the beginning of the last full month that was in the next at its end; 90+ stays in 90+. */
export interface Roll {
  readonly bucket: AgeingBucket;
  readonly into: AgeingBucket;
  readonly begin: number;
  readonly rolled: number;
  readonly share: Measure;
}

/** The figures of one currency and one part of the company for one period. Amounts in minor units, days and shares with two decimals. */
export interface Figures {
  readonly currency: string;
  readonly period: Period;
  /** From when the ledger is complete; what needs earlier days has no figure. */
  readonly since: Day | null;
  readonly end: Evening;
  readonly begin: Evening;
  readonly openInvoices: number;
  readonly buckets: Readonly<Record<AgeingBucket, number>>;
  readonly overdueShare: Measure;
  readonly over90Share: Measure;
  readonly rolls: readonly Roll[];
  /** Invoiced in the period, and credit notes issued in it. */
  readonly invoiced: number;
  readonly credited: number;
  readonly sales: number;
  readonly dso: Measure;
  readonly bestDso: Measure;
  readonly add: Measure;
  readonly countBack: Measure;
  readonly trueDso: Measure;
  /** With the months of the period as N. */
  readonly cei: Measure;
  /** Cash received in the period, matched or not. */
  readonly cash: number;
  /** What was paid of invoices in the period. */
  readonly paid: number;
  readonly paidLate: number;
  readonly daysLate: Measure;
  /** The same with early payments as days below zero. */
  readonly daysNet: Measure;
  readonly paidLateShare: Measure;
}

interface Sums {
  gross: number;
  current: number;
  credits: number;
  unapplied: number;
}
const nothing = (): Sums => ({ gross: 0, current: 0, credits: 0, unapplied: 0 });
const evening = (sums: Sums): Evening => ({ ...sums, receivables: sums.gross - sums.credits });
const noBuckets = () => Object.fromEntries(AGEING_BUCKETS.map((bucket) => [bucket, 0])) as Record<AgeingBucket, number>;

/** Adds up one currency of one part of the company. */
export class FiguresCounter {
  private readonly currency: string;
  private readonly period: Period;
  /** From when what it is given is complete (knownFrom). */
  private readonly since: Day | null;
  private readonly before: Day;
  private readonly floor: Day;
  private readonly roll: { readonly from: Day; readonly to: Day };
  private readonly end = nothing();
  private readonly begin = nothing();
  private readonly buckets = noBuckets();
  private readonly rollBegin = noBuckets();
  private readonly rolled = noBuckets();
  private readonly salesBy = new Map<Day, number>();
  private readonly openBy = new Map<Day, { open: number; openDays: number }>();
  private readonly sums = { openInvoices: 0, invoiced: 0, credited: 0, cash: 0, paid: 0, paidLate: 0, lateDays: 0, netDays: 0 };

  constructor(currency: string, period: Period, since: Day | null) {
    this.currency = currency;
    this.period = period;
    this.since = since;
    this.before = addDays(period.from, -1);
    const lastFull = monthEndAt(period.to);
    this.roll = { from: addDays(monthOf(lastFull), -1), to: lastFull };
    this.floor = this.before < this.roll.from ? this.before : this.roll.from;
  }

  addInvoice(invoice: BookInvoice): void {
    const { issued, total, due } = invoice;
    if (this.within(issued)) this.sums.invoiced += total;
    this.addSales(issued, total);
    // Paid before anything that is looked at: most of a long history.
    if (issued <= this.floor && openOn(invoice, this.floor) === 0) return;
    this.addOpen(invoice);
    const was = openOn(invoice, this.before);
    this.begin.gross += was;
    if (due >= this.before) this.begin.current += was;
    this.addRoll(invoice);
    this.addPaid(invoice);
  }

  addReceipt(receipt: BookReceipt): void {
    const { by, on, amount } = receipt;
    const field = by === 'credit' ? 'credits' : 'unapplied';
    this.end[field] += leftOn(receipt, this.period.to);
    this.begin[field] += leftOn(receipt, this.before);
    if (by === 'credit') this.addSales(on, -amount);
    if (this.within(on)) this.sums[by === 'credit' ? 'credited' : 'cash'] += amount;
  }

  figures(): Figures {
    const { currency, period, since, buckets, sums } = this;
    const [end, begin] = [evening(this.end), evening(this.begin)];
    const sales = sums.invoiced - sums.credited;
    const known = (from: Day, measure: () => Measure) => (since !== null && since <= from ? measure() : lacking('history'));
    const inPeriod = (measure: () => Measure) => known(period.from, measure);
    const days = daysOf(period);
    const collected = { begin: begin.receivables, sales, end: end.receivables, current: end.current, n: period.n };
    return {
      ...{ currency, period, since, end, begin, buckets, sales },
      ...{ openInvoices: sums.openInvoices, invoiced: sums.invoiced, credited: sums.credited },
      ...{ cash: sums.cash, paid: sums.paid, paidLate: sums.paidLate },
      overdueShare: share(end.gross - end.current, end.gross),
      over90Share: share(buckets['90+'], end.gross),
      rolls: this.rolls((measure) => known(this.roll.from, measure)),
      dso: inPeriod(() => dso(end.receivables, sales, days)),
      bestDso: inPeriod(() => dso(end.current, sales, days)),
      add: inPeriod(() => averageDaysDelinquent(end.receivables, end.current, sales, days)),
      countBack: countBack(end.receivables, monthsBack(period.to, since, this.salesBy)),
      trueDso: weighted(this.openBy, since, this.salesBy),
      cei: known(this.before, () => collectionEffectiveness(collected)),
      daysLate: inPeriod(() => weightedDays(sums.lateDays, sums.paid)),
      daysNet: inPeriod(() => weightedDays(sums.netDays, sums.paid)),
      paidLateShare: inPeriod(() => share(sums.paidLate, sums.paid)),
    };
  }

  private within(on: Day): boolean {
    return this.period.from <= on && on <= this.period.to;
  }

  private addSales(on: Day, amount: number): void {
    if (on <= this.period.to) this.salesBy.set(monthOf(on), (this.salesBy.get(monthOf(on)) ?? 0) + amount);
  }

  private addOpen(invoice: BookInvoice): void {
    const { to } = this.period;
    const open = openOn(invoice, to);
    if (open === 0) return;
    this.sums.openInvoices += 1;
    this.end.gross += open;
    if (invoice.due >= to) this.end.current += open;
    this.buckets[bucketOf(daysBetween(invoice.due, to))] += open;
    const month = this.openBy.get(monthOf(invoice.issued)) ?? { open: 0, openDays: 0 };
    month.open += open;
    month.openDays += open * daysBetween(invoice.issued, to);
    this.openBy.set(monthOf(invoice.issued), month);
  }

  private addRoll(invoice: BookInvoice): void {
    const was = openOn(invoice, this.roll.from);
    if (was === 0) return;
    const bucket = bucketOf(daysBetween(invoice.due, this.roll.from));
    this.rollBegin[bucket] += was;
    if (bucketOf(daysBetween(invoice.due, this.roll.to)) === nextBucket(bucket)) this.rolled[bucket] += openOn(invoice, this.roll.to);
  }

  private rolls(known: (measure: () => Measure) => Measure): Roll[] {
    return AGEING_BUCKETS.map((bucket) => {
      const of = { bucket, into: nextBucket(bucket), begin: this.rollBegin[bucket], rolled: this.rolled[bucket] };
      return { ...of, share: known(() => share(of.rolled, of.begin)) };
    });
  }

  private addPaid({ due, cuts }: BookInvoice): void {
    for (const { on, amount, by } of cuts) {
      if (by === 'credit' || !this.within(on)) continue;
      const late = daysBetween(due, on);
      this.sums.paid += amount;
      this.sums.netDays += amount * late;
      if (late <= 0) continue;
      this.sums.paidLate += amount;
      this.sums.lateDays += amount * late;
    }
  }
}

function nextBucket(bucket: AgeingBucket): AgeingBucket {
  return AGEING_BUCKETS[AGEING_BUCKETS.indexOf(bucket) + 1] ?? '90+';
}

/** Months from the newest, as far back as each is known as a whole; the newest counts the days that have passed. */
function monthsBack(to: Day, since: Day | null, sales: ReadonlyMap<Day, number>) {
  const months: { sales: number; days: number }[] = [];
  for (let month = monthOf(to); since !== null && month >= since; month = monthBefore(month))
    months.push({ sales: sales.get(month) ?? 0, days: month === monthOf(to) ? daysBetween(month, to) + 1 : daysInMonth(month) });
  return months;
}

/** Only where each month in which something open was issued is known as a whole. */
function weighted(
  openBy: ReadonlyMap<Day, { readonly open: number; readonly openDays: number }>,
  since: Day | null,
  sales: ReadonlyMap<Day, number>,
): Measure {
  if (since === null || [...openBy.keys()].some((month) => month < since)) return lacking('history');
  return salesWeighted([...openBy].map(([month, of]) => ({ sales: sales.get(month) ?? 0, ...of })));
}

/** One month end of a chart. */
export interface TrendPoint {
  readonly day: Day;
  readonly receivables: number;
  readonly current: number;
  readonly sales: number;
  readonly dso: Measure;
  readonly bestDso: Measure;
}

/** Receivables and DSO on several evenings, each over the days of a period of that length. */
export function trendCounter(ends: readonly Day[], periodTo: (to: Day) => Period, since: Day | null) {
  const points = ends.map((day) => ({ day, from: periodTo(day).from, days: daysOf(periodTo(day)), sums: nothing(), sales: 0 }));
  return {
    addInvoice(invoice: BookInvoice): void {
      let closed = false;
      for (const point of points) {
        if (invoice.issued > point.day) continue;
        if (invoice.issued >= point.from) point.sales += invoice.total;
        const open: number = closed ? 0 : openOn(invoice, point.day);
        // Days are in order: what is closed stays closed.
        closed = open === 0;
        if (closed) continue;
        point.sums.gross += open;
        if (invoice.due >= point.day) point.sums.current += open;
      }
    },
    addReceipt(receipt: BookReceipt): void {
      if (receipt.by !== 'credit') return;
      for (const point of points) {
        point.sums.credits += leftOn(receipt, point.day);
        if (point.from <= receipt.on && receipt.on <= point.day) point.sales -= receipt.amount;
      }
    },
    points: (): TrendPoint[] =>
      points.map(({ day, from, days, sums, sales }) => {
        const { receivables, current } = evening(sums);
        const known = (measure: () => Measure) => (since !== null && since <= from ? measure() : lacking('history'));
        return {
          day,
          receivables,
          current,
          sales,
          dso: known(() => dso(receivables, sales, days)),
          bestDso: known(() => dso(current, sales, days)),
        };
      }),
  };
}

/** Whether anything of a trend can be drawn. */
export function drawable(points: readonly TrendPoint[]): boolean {
  return points.filter((point) => isValue(point.dso)).length > 1;
}
