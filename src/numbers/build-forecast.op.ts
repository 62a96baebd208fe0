import { divideItems } from '../arrangements/collectable.ts';
import { planDay } from '../follow-up/plan-day.op.ts';
import { addDays, type Day, dayIn, epochDay } from '../kernel/day.ts';
import { inTurns } from '../kernel/in-turns.op.ts';
import type { World } from '../kernel/world.port.ts';
import { median, standingOf } from './backtest.ts';
import type { Book, BookInvoice } from './book.ts';
import { type Basis, type ExpectedPart, expectedOf } from './expected-cash.ts';
import { type Chances, onDay, sumWeeks, WEEKS } from './forecast.ts';
import type { CurrencyForecast, ExpectedInvoice, MadeForecast } from './forecast-kept.ts';
import { delayOf, PayHabits } from './pay-habits.ts';
import { type PaymentHabit, paymentHabit, payRunDay } from './payment-habit.ts';

const FIRST_KEPT = 200;
const BIGGEST = 10;

/** What is expected of everything that is open, for thirteen weeks from today on. */
export async function buildForecast(world: World, evening?: Day): Promise<MadeForecast> {
  const { zone } = await world.settings.read();
  const yesterday = evening ?? addDays(dayIn(zone, world.clock.now()), -1);
  const [plan, book] = await Promise.all([planDay(world), world.ledger.book(zone)]);
  const segments = new Map(plan.accounts.map(({ row }) => [row.id, row.segment]));
  const habits = await habitsOf(book, yesterday, (account) => segments.get(account) ?? '');
  const byAccount = Map.groupBy(book.invoices, ({ account }) => account);
  const parts: ExpectedPart[] = [];
  for await (const { row, work, day } of inTurns(plan.accounts)) {
    const divided = divideItems(day.items, work, day.planned, day.today, day.calendar, day.rules.promiseGrace);
    const habit = paymentHabit(byAccount.get(row.id) ?? [], yesterday);
    const customer = {
      ...{ account: row.id, name: row.name, segment: row.segment, autopay: row.autopay, work, parts: divided, evening: yesterday },
      disputeDays: day.rules.disputeDays,
      ...leavesOn(habit),
    };
    parts.push(...expectedOf(customer, habits));
  }
  const currencies = [...Map.groupBy(parts, ({ currency }) => currency)].sort(([, a], [, b]) => b.length - a.length);
  return { evening: yesterday, currencies: currencies.map(([currency, own]) => currencyForecast(currency, own, habits, yesterday)) };
}

const leavesOn = (habit: PaymentHabit | null) => (habit?.payRun ? { leaves: (day: number) => payRunDay(habit.payRun!, day) } : {});

/** From every invoice that was paid by an evening, in the order in which they were. */
export async function habitsOf(book: Book, evening: Day, segment: (account: string) => string): Promise<PayHabits> {
  const paid: { invoice: BookInvoice; delay: number; on: Day }[] = [];
  for await (const invoice of inTurns(book.invoices)) {
    const delay = delayOf(invoice, evening);
    if (delay !== null) paid.push({ invoice, delay, on: invoice.cuts.at(-1)!.on });
  }
  paid.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const habits = new PayHabits();
  for await (const { invoice, delay, on } of inTurns(paid)) {
    const { account, entity } = invoice;
    habits.add({ account, entity, segment: segment(account) }, delay, on);
  }
  habits.standing(standingOf(book.invoices, evening, segment), evening);
  return habits;
}

function currencyForecast(currency: string, parts: readonly ExpectedPart[], habits: PayHabits, evening: Day): CurrencyForecast {
  const today = epochDay(evening);
  const sums = sumWeeks(parts, today);
  const by = Array.from({ length: WEEKS }, (): Partial<Record<Basis, number>> => ({}));
  const plain = (chances: (part: ExpectedPart) => Chances) => {
    const weeks = new Array<number>(WEEKS).fill(0);
    for (const part of parts) for (const [week, chance] of chances(part).entries()) weeks[week]! += part.amount * chance;
    return weeks.map(Math.round);
  };
  for (const { amount, basis, chances } of parts)
    for (const [week, chance] of chances.entries()) by[week]![basis] = (by[week]![basis] ?? 0) + amount * chance;
  const rounded = by.map((of) =>
    Object.fromEntries(
      Object.entries(of)
        .map(([basis, sum]) => [basis, Math.round(sum)])
        .filter(([, sum]) => sum !== 0),
    ),
  );
  const open = parts.reduce((sum, { amount }) => sum + amount, 0);
  const inOrder = [...parts].sort((a, b) => b.amount - a.amount).map(expectedInvoice);
  return {
    ...{ currency, open },
    weeks: sums.map((week, n) => ({ ...week, by: rounded[n]! })),
    byDue: plain(({ due }) => onDay(epochDay(due), today)),
    byMedian: plain(({ account, due }) => {
      const own = habits.ownDelays(account);
      return onDay(epochDay(due) + (own.length > 0 ? Math.round(median(own)) : 0), today);
    }),
    later: open - sums.reduce((sum, { expected }) => sum + expected, 0),
    first: inOrder.filter(({ week }) => week === 0).slice(0, FIRST_KEPT),
    biggest: inOrder.slice(0, BIGGEST),
  };
}

function expectedInvoice({ account, name, entity, number, amount, basis, chances }: ExpectedPart): ExpectedInvoice {
  const within = chances.reduce((sum, chance) => sum + chance, 0);
  const most = chances.indexOf(Math.max(...chances));
  return { account, name, entity, number, amount, basis, week: within < 0.5 ? null : most };
}
