import type { LedgerRecord } from '../../src/ledger/ledger-record.ts';
import type { House } from '../support/house.ts';
import { Arrangements } from './p8-arrangements.ts';
import { addDays, type Bill, type Books, type Chances, type Customer } from './p8-books.ts';
import { Escalations } from './p8-escalations.ts';
import type { Judge } from './p8-judge.ts';
import type { Life } from './p8-life.ts';
import type { Operations } from './p8-operations.ts';

export interface World {
  readonly house: House;
  readonly operations: Operations;
  readonly books: Books;
  readonly life: Life;
  readonly judge: Judge;
  readonly random: Chances;
  /** Share of approved mails before whose sending something happens to the customer. */
  readonly strikes: number;
  readonly customers: readonly Customer[];
}

/** What can happen to a customer between a mail's approval and its sending. */
export const STRIKES = [
  'payment',
  'creditNote',
  'moneyOnAccount',
  'promise',
  'dispute',
  'hold',
  'status',
  'reply',
  'doNotContact',
  'plan',
  'settlement',
] as const;
/** What customers do about a mail, other than paying or not. */
export const REACTIONS = [
  'promise',
  'promise',
  'promise',
  'dispute',
  'dispute',
  'reply',
  'reply',
  'hold',
  'status',
  'doNotContact',
  'plan',
  'plan',
  'plan',
  'settlement',
  'settlement',
] as const;

/** Chance of a customer on a day to be thanked, and to ask for a copy. */
const COURTESY = 0.004;
/** And of one that we contacted on that day. */
const COURTESY_AT_ONCE = 0.25;

/** Things that happen and are recorded: by the verb behind the button, and in the plain books. */
export class Events {
  today = '';
  readonly ids: ReadonlyMap<string, string>;
  readonly arrangements: Arrangements;
  readonly escalations: Escalations;
  #world: World;
  #later = new Map<string, (() => Promise<void>)[]>();
  #commands = 0;

  /** `ids`: of the accounts, by customer number. */
  constructor(world: World, ids: ReadonlyMap<string, string>) {
    this.#world = world;
    this.ids = ids;
    this.arrangements = new Arrangements(world, this);
    this.escalations = new Escalations(world, this);
  }

  command = () => `c${++this.#commands}`;
  localDay = ({ zone }: Customer) => this.#world.house.time.now.toZonedDateTimeISO(zone).toPlainDate().toString();

  later(low: number, high: number, happens: () => Promise<void>): void {
    const day = addDays(this.today, this.#world.random.from(low, high));
    this.#later.set(day, [...(this.#later.get(day) ?? []), happens]);
  }

  /** What was going to happen by now: promises fall due, disputes are settled, answers given. */
  async catchUp(): Promise<void> {
    for (const day of [...this.#later.keys()].filter((each) => each <= this.today).sort()) {
      const all = this.#later.get(day)!;
      this.#later.delete(day);
      for (const happens of all) await happens();
    }
  }

  /** Whatever the accounting system has to tell since the last time; the last word on each thing counts. */
  async import(): Promise<void> {
    const { house, life, books } = this.#world;
    const entries = life.take();
    const latest = new Map<string, LedgerRecord>();
    for (const { key, record } of entries) latest.set(key, record);
    await house.importRecords([...latest.values()], 'books');
    for (const { book } of entries) book(this.today);
    books.importedOn = this.today;
  }

  async change(customer: Customer, request: object): Promise<boolean> {
    const { house, operations } = this.#world;
    const id = this.ids.get(customer.number)!;
    return (await operations.changeAccount(house.ports, id, request as never, 'U0MARA', this.command())).done;
  }

  plan = (bill: Bill) => this.arrangements.plan(bill);
  settlement = (bill: Bill) => this.arrangements.settlement(bill);

  async promise(bill: Bill): Promise<void> {
    const { house, operations, books, life, random, judge } = this.#world;
    const { customer, entity, number } = bill;
    const free = books.ask(number, this.localDay(customer));
    if (free <= 0) return;
    const amount = random.of(0.3) ? Math.ceil(free / 2) : free;
    const [id, date, openThen] = [this.command(), addDays(this.today, random.from(3, 12)), books.open(number)];
    const account = this.ids.get(customer.number)!;
    const asked = {
      id,
      account,
      invoices: [{ entity, number }],
      amount: amount === free ? null : amount,
      date: date as never,
      saidBy: 'AP',
    };
    if (!(await operations.recordPromise(house.ports, asked, 'U0MARA', this.command())).done) return;
    books.pledge(id, { bill: number, amount, openThen, date });
    if (random.of(0.5)) await this.arrangements.write(customer, 'promise-confirmation', id, await this.#said(customer, 'will-pay'));
    const kept = random.of(0.5);
    this.later(2, 3, async () => void (kept && life.pay(bill, amount / Math.max(amount, life.left(bill)))));
    this.later(16, 22, async () => {
      const missing = books.open(number) > openThen - amount;
      const outcome = missing ? 'broken' : 'kept';
      if (!(await this.change(customer, { do: 'close-promise', id, outcome, paid: missing ? 0 : amount, note: '' }))) return;
      books.endPledge(number, id);
      if (!missing) return;
      judge.broke(customer, amount, bill.currency);
      if (random.of(0.4)) await this.arrangements.write(customer, 'promise-broken', id);
    });
  }

  async dispute(bill: Bill): Promise<void> {
    const { house, operations, books, life, random } = this.#world;
    const { customer, entity, number } = bill;
    const free = books.open(number) - books.disputed(number);
    if (free <= 0) return;
    const amount = random.of(0.5) ? Math.ceil(free / 3) : free;
    const id = this.command();
    const account = this.ids.get(customer.number)!;
    const asked = { id, account, invoice: { entity, number }, amount, reason: 'price' as const, note: 'price', owner: 'U0MARA' };
    if (!(await operations.recordDispute(house.ports, asked, 'U0MARA', this.command())).done) return;
    books.contest(id, number, amount);
    if (random.of(0.5)) await this.arrangements.write(customer, 'dispute-received', id, await this.#said(customer, 'dispute'));
    if (random.of(0.3))
      this.later(3, 5, async () => {
        await this.change(customer, { do: 'extend-dispute', id, until: addDays(this.today, 40), reason: 'the carrier looks for it' });
      });
    this.later(6, 25, async () => {
      // Nobody credits more than is owed, whatever the ledger has not heard of yet.
      const credited = Math.min(random.pick([0, Math.ceil(amount / 2), amount]), life.left(bill));
      const parts = [
        { outcome: 'credit' as const, amount: credited },
        { outcome: random.pick(['rejected', 'paid'] as const), amount: amount - credited },
      ].filter((part) => part.amount > 0);
      const closed = { account, id, parts, note: 'settled' };
      if (!(await operations.closeDispute(house.ports, closed, 'U0MARA', this.command())).done) return;
      // What is to be credited rests until the ledger shows the credit note.
      books.endContest(number, id);
      books.settledOn.set(number, this.localDay(customer));
      if (credited === 0) return;
      books.contest(id, number, credited);
      life.credit(bill, credited);
      await this.import();
      await operations.watchDisputes(house.ports);
      books.endContest(number, id);
    });
  }

  async hold({ customer }: Bill): Promise<void> {
    const until = addDays(this.today, this.#world.random.from(4, 20));
    if (await this.change(customer, { do: 'hold', until, reason: 'they asked us to wait' })) customer.holdUntil = until;
  }

  async status({ customer }: Bill): Promise<void> {
    const status = this.#world.random.pick(['insolvent', 'represented', 'ceased-trading', 'do-not-contact']);
    if (!(await this.change(customer, { do: 'set-status', status, reason: 'as reported' }))) return;
    customer.status = status;
    this.later(20, 60, async () => {
      if (await this.change(customer, { do: 'set-status', status: 'active', reason: 'settled' })) customer.status = 'active';
    });
  }

  async reply({ customer }: Bill): Promise<void> {
    const { house, operations, random, judge } = this.#world;
    const [id, account] = [this.command(), this.ids.get(customer.number)!];
    const text = { untrusted: 'Which invoice do you mean?' };
    const asked = { id, account, kind: 'other' as const, received: this.localDay(customer) as never, from: 'AP', text };
    if (!(await operations.recordReply(house.ports, asked, 'U0MARA', this.command())).done) return;
    customer.waiting.add(id);
    this.later(1, 6, async () => {
      const how = random.pick(['mail', 'call', 'none-needed']);
      if (!(await this.change(customer, { do: 'answer-reply', id, how }))) return;
      customer.waiting.delete(id);
      if (how !== 'none-needed') judge.contacted(customer, this.localDay(customer), true);
    });
  }

  /** Half of what customers tell us they write, and it waits for its answer: the letter, or a person's word. */
  async #said(customer: Customer, kind: 'will-pay' | 'dispute'): Promise<string | null> {
    const { house, operations, random } = this.#world;
    if (!random.of(0.5)) return null;
    const [id, account] = [this.command(), this.ids.get(customer.number)!];
    const asked = { id, account, kind, received: this.localDay(customer) as never, from: 'AP', text: { untrusted: 'As we said.' } };
    if (!(await operations.recordReply(house.ports, asked, 'U0MARA', this.command())).done) return null;
    customer.waiting.add(id);
    this.later(4, 8, async () => {
      if (await this.change(customer, { do: 'answer-reply', id, how: 'none-needed' })) customer.waiting.delete(id);
    });
    return id;
  }

  /** A few of those who paid are thanked, and some ask for copies. */
  async courtesies(): Promise<void> {
    const { house, books, judge, random, customers } = this.#world;
    for (const customer of customers) {
      const chance = judge.wasContacted(customer, this.localDay(customer)) ? COURTESY_AT_ONCE : COURTESY;
      if (random.of(COURTESY)) {
        const [payment] = await house.ports.ledger.payments(this.ids.get(customer.number)!, 1);
        if (payment) await this.arrangements.write(customer, 'thanks', payment.id);
      }
      if (!random.of(chance)) continue;
      const bill = books.billsOf(customer).find(({ number }) => books.open(number) > 0);
      if (bill) await this.arrangements.write(customer, 'invoice-copy', '', null, [bill]);
    }
  }

  async payment(bill: Bill): Promise<void> {
    this.#world.life.pay(bill, this.#world.random.of(0.5) ? 1 : 0.4);
    await this.import();
  }

  async creditNote(bill: Bill): Promise<void> {
    this.#world.life.credit(bill, Math.ceil(this.#world.life.left(bill) / 4));
    await this.import();
  }

  async moneyOnAccount(bill: Bill): Promise<void> {
    this.#world.life.onAccount(bill, Math.ceil(this.#world.books.open(bill.number) / this.#world.random.pick([1, 3])));
    await this.import();
  }

  async doNotContact({ customer }: Bill, to: string): Promise<void> {
    const person = customer.people.find(({ email }) => email === to);
    if (!person) return;
    this.#world.life.contact(customer, person, true);
    await this.import();
    this.later(10, 40, async () => this.#world.life.contact(customer, person, false));
  }
}
