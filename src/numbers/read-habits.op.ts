import { addDays, type Day, dayIn } from '../kernel/day.ts';
import { inTurns } from '../kernel/in-turns.op.ts';
import type { World } from '../kernel/world.port.ts';
import type { OpenBooks } from '../ledger/ledger.port.ts';
import { type PaymentHabit, paymentHabit } from './payment-habit.ts';

type Needs = Pick<World, 'clock' | 'settings' | 'ledger'>;

/** One customer's, as it is known on the evening of yesterday; null below three paid invoices. */
export async function habitOf(world: Needs, account: string): Promise<PaymentHabit | null> {
  const { zone } = await world.settings.read();
  const { invoices } = await world.ledger.book(zone, account);
  return paymentHabit(invoices, addDays(dayIn(zone, world.clock.now()), -1));
}

/** The books are the same object for as long as nobody writes the ledger, so that habits are worked out once after each import and each midnight. */
const known = new WeakMap<OpenBooks, { readonly today: Day; readonly habits: Promise<ReadonlyMap<string, PaymentHabit>> }>();

/** Of every customer with something open and at least three paid invoices. */
export async function habitsToday(world: Needs): Promise<ReadonlyMap<string, PaymentHabit>> {
  const [books, { zone }] = await Promise.all([world.ledger.openBooks(), world.settings.read()]);
  const today = dayIn(zone, world.clock.now());
  const found = known.get(books);
  if (found?.today === today) return found.habits;
  const habits = readHabits(world, books, zone, today);
  known.set(books, { today, habits });
  habits.catch(() => known.delete(books));
  return habits;
}

async function readHabits({ ledger }: Needs, { items }: OpenBooks, zone: string, today: Day): Promise<Map<string, PaymentHabit>> {
  const { invoices } = await ledger.book(zone);
  const habits = new Map<string, PaymentHabit>();
  for await (const [account, own] of inTurns(Map.groupBy(invoices, (invoice) => invoice.account))) {
    if (!items.has(account)) continue;
    const habit = paymentHabit(own, addDays(today, -1));
    if (habit) habits.set(account, habit);
  }
  return habits;
}
