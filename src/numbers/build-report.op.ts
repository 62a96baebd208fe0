import type { AccountWork } from '../account/account-work.ts';
import { type Day, dayIn } from '../kernel/day.ts';
import { inTurns } from '../kernel/in-turns.op.ts';
import { calendarAround, workingDayAfter } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import type { AccountRow } from '../ledger/ledger.port.ts';
import { type Book, type BookInvoice, type BookReceipt, KnownFrom, openOn } from './book.ts';
import { FiguresCounter, trendCounter } from './figures.ts';
import { share } from './measures.ts';
import { monthEnds, monthTo, type Period, quarterTo } from './period.ts';
import {
  type Asked,
  type CurrencyReport,
  contactDays,
  disputeFigures,
  type GroupFigures,
  type GroupKind,
  isAfterContact,
  promisesKept,
  type Report,
} from './report.ts';

export type ReportNeeds = Pick<World, 'clock' | 'settings' | 'ledger' | 'accounts' | 'policies' | 'holidays'>;

/** Everything a report is made of, read once. */
export interface Sources {
  readonly asked: Asked;
  readonly today: Day;
  readonly period: Period;
  readonly book: Book;
  readonly rows: ReadonlyMap<string, AccountRow>;
  readonly works: ReadonlyMap<string, AccountWork>;
  readonly known: ReadonlyMap<string, Day>;
}

/** `to`: the last day, left out: today. */
export async function readSources(world: ReportNeeds, asked: Asked, to?: Day): Promise<Sources> {
  const { zone } = await world.settings.read();
  const today = to ?? dayIn(zone, world.clock.now());
  const [book, rows, works] = await Promise.all([world.ledger.book(zone), world.ledger.accounts(), world.accounts.all()]);
  const period = asked.period === 'month' ? monthTo(today) : quarterTo(today);
  const known = new KnownFrom(book.firstImport);
  for await (const invoice of inTurns(book.invoices)) known.add(invoice);
  return { asked, today, period, book, rows: new Map(rows.map((row) => [row.id, row])), works, known: known.days() };
}

/** Whether a row belongs to what was asked for. */
export function wanted({ asked, rows }: Pick<Sources, 'asked' | 'rows'>): (of: { account: string; entity: string }) => boolean {
  const segment = asked.segment?.toLowerCase();
  return ({ account, entity }) => {
    if (asked.entity !== undefined && entity !== asked.entity) return false;
    if (asked.collector === undefined && segment === undefined) return true;
    const row = rows.get(account);
    if (segment !== undefined && row?.segment.toLowerCase() !== segment) return false;
    return asked.collector === undefined || (row?.collector ?? 'nobody') === asked.collector;
  };
}

/** The figures of a period, each currency by itself. 100,000 invoices are added up in slices, so that others are answered meanwhile. */
export async function buildReport(world: ReportNeeds, asked: Asked, to?: Day): Promise<Report> {
  const sources = await readSources(world, asked, to);
  return reportOf(world, sources);
}

export async function reportOf(world: ReportNeeds, sources: Sources): Promise<Report> {
  const { asked, period, works, book } = sources;
  const [freshness, settings, { rules }] = await Promise.all([world.ledger.freshness(), world.settings.read(), world.policies.read()]);
  const belongs = wanted(sources);
  const counting = counters(sources);
  for await (const invoice of inTurns(book.invoices)) if (belongs(invoice)) counting.addInvoice(invoice);
  for await (const receipt of inTurns(book.receipts)) if (belongs(receipt)) counting.addReceipt(receipt);
  const calendar = calendarAround(world.holidays, settings, period.to);
  const lapses = (date: Day) => workingDayAfter(date, rules.promiseGrace, calendar);
  const decided = [...works].filter(([account]) => sources.rows.has(account));
  const ofWork = decided.map(([account, work]) => ({ account, work }));
  const currencies = counting.done().map(({ currency, groups, ...counted }): CurrencyReport => {
    const { figures } = counted;
    const mine = <T extends { readonly entity: string; readonly currency: string }>(of: (work: AccountWork) => readonly T[]) =>
      ofWork.flatMap(({ account, work }) =>
        of(work).filter((each) => each.currency === currency && belongs({ account, entity: each.entity })),
      );
    const writeOffs = mine((work) => work.writeOffs);
    const inPeriod = writeOffs.filter(({ on }) => period.from <= on && on <= period.to);
    const writtenOff = inPeriod.reduce((sum, { parts }) => sum + parts.reduce((all, part) => all + part.amount, 0), 0);
    const recovered = inPeriod.reduce((sum, each) => sum + each.received, 0);
    return {
      ...counted,
      groups,
      promises: promisesKept(
        mine((work) => work.pastPromises),
        currency,
        period,
        lapses,
      ),
      ...{ writtenOff, recovered, badDebt: share(writtenOff - recovered, figures.sales) },
      disputes: disputeFigures(
        mine((work) => work.disputes),
        figures.end.gross,
        period.to,
      ),
    };
  });
  // Amounts of different currencies have no order: the one with the most open invoices first.
  currencies.sort((a, b) => b.figures.openInvoices - a.figures.openInvoices);
  return { asked, period, asOf: freshness.asOf?.toString() ?? null, sample: freshness.sample, currencies };
}

interface Counted {
  readonly whole: FiguresCounter;
  readonly trend: ReturnType<typeof trendCounter>;
  readonly groups: Map<string, { readonly kind: GroupKind; readonly key: string; readonly counter: FiguresCounter; afterContact: number }>;
}

/** One set of sums a currency, and in it one for each group. */
function counters({ period, today, known, rows, works, asked }: Sources) {
  const since = sinceOf(known, asked.entity);
  const contacts = contactDays(works.values());
  const steps = stepsOf(works);
  const currencies = new Map<string, Counted>();
  const inCurrency = (currency: string): Counted => {
    let counted = currencies.get(currency);
    if (!counted) {
      const trend = trendCounter(monthEnds(today), quarterTo, since);
      counted = { whole: new FiguresCounter(currency, period, since), trend, groups: new Map() };
      currencies.set(currency, counted);
    }
    return counted;
  };
  const group = ({ groups }: Counted, currency: string, kind: GroupKind, key: string) => {
    let found = groups.get(`${kind}\n${key}`);
    if (!found) {
      const from = kind === 'entity' ? (known.get(key) ?? null) : since;
      found = { kind, key, counter: new FiguresCounter(currency, period, from), afterContact: 0 };
      groups.set(`${kind}\n${key}`, found);
    }
    return found;
  };
  const kinds = ({ account, entity }: { account: string; entity: string }): [GroupKind, string][] => {
    const row = rows.get(account);
    return [
      ['entity', entity],
      ['collector', row?.collector ?? ''],
      ['segment', row?.segment ?? ''],
    ];
  };
  return {
    addInvoice(invoice: BookInvoice): void {
      const counted = inCurrency(invoice.currency);
      counted.whole.addInvoice(invoice);
      counted.trend.addInvoice(invoice);
      const after = afterContact(invoice, period, contacts);
      const groups = kinds(invoice);
      if (openOn(invoice, period.to) > 0) groups.push(['step', steps.get(`${invoice.entity}\n${invoice.number}`) ?? '']);
      for (const [kind, key] of groups) {
        const mine = group(counted, invoice.currency, kind, key);
        mine.counter.addInvoice(invoice);
        mine.afterContact += after;
      }
    },
    addReceipt(receipt: BookReceipt): void {
      const counted = inCurrency(receipt.currency);
      counted.whole.addReceipt(receipt);
      counted.trend.addReceipt(receipt);
      for (const [kind, key] of kinds(receipt)) group(counted, receipt.currency, kind, key).counter.addReceipt(receipt);
    },
    done: () =>
      [...currencies]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([currency, { whole, trend, groups }]) => ({
          currency,
          figures: whole.figures(),
          trend: trend.points(),
          groups: [...groups.values()].map(
            ({ kind, key, counter, afterContact: after }): GroupFigures => ({ kind, key, figures: counter.figures(), afterContact: after }),
          ),
        })),
  };
}

/** Where several selling companies are added up, all of them must be known. */
export function sinceOf(known: ReadonlyMap<string, Day>, entity?: string): Day | null {
  if (entity !== undefined) return known.get(entity) ?? null;
  return [...known.values()].sort().at(-1) ?? null;
}

function afterContact({ entity, number, cuts }: BookInvoice, { from, to }: Period, contacts: ReadonlyMap<string, Day[]>): number {
  const days = contacts.get(`${entity}\n${number}`);
  if (!days) return 0;
  const counts = cuts.filter(({ on, by }) => by !== 'credit' && from <= on && on <= to && isAfterContact(on, days));
  return counts.reduce((sum, { amount }) => sum + amount, 0);
}

/** The step at which each invoice was asked for last, by its selling company and number. */
function stepsOf(works: ReadonlyMap<string, AccountWork>): Map<string, string> {
  const steps = new Map<string, string>();
  for (const { ladders } of works.values())
    for (const { entity, marks } of ladders) for (const { invoice, stage } of marks) steps.set(`${entity}\n${invoice}`, stage);
  return steps;
}
