import { addDays, type Bill, type Customer, offOn } from './p8-books.ts';
import type { Events, World } from './p8-events.ts';
import type { Fee } from './p8-fees.ts';
import type { Offer, Plan, Term } from './p8-terms.ts';

/** Somebody else approves a plan above this and what gives up more; minor units. */
const APPROVE_ABOVE = 500_000;
const LAW: Readonly<Record<string, string>> = { GB: 'UK', DE: 'DE', FR: 'FR', ES: 'EU:ES', NL: 'EU:NL', US: 'other' };
/** How often the office looks whether a missing instalment is to be noticed. */
const NOTICE_TRIES = 4;
/** Chance of a late customer on a day that somebody claims interest and fees. */
const CLAIMS = 0.012;

/** Plans, settlements, fees and letters besides the ladder, as people record them. */
export class Arrangements {
  #world: World;
  #events: Events;

  constructor(world: World, events: Events) {
    this.#world = world;
    this.#events = events;
  }

  /** What was signed with each customer before the year. */
  async agree(customers: readonly Customer[]): Promise<void> {
    for (const customer of customers) {
      const amounts = { GBP: 1500, EUR: 1500, USD: 1500 };
      const terms = {
        law: LAW[customer.place.slice(0, 2)],
        ...{ terms: 30, notice: noticeOf(customer), interestRate: null, disputeClause: '', insuranceDeadline: null, document: null },
        feeClause: customer.feeAgreed ? { amounts, from: 'reminder' } : null,
        acceleration: customer.accelerates,
      };
      if (!(await this.#events.change(customer, { do: 'set-agreement', seen: 0, terms }))) throw new Error('an agreement was refused');
    }
  }

  async plan(bill: Bill): Promise<void> {
    const { house, operations, books, random } = this.#world;
    const { customer, entity, number } = bill;
    const today = this.#events.localDay(customer);
    const amount = books.ask(number, today);
    if (amount < 1000 || books.terms.busy(number)) return;
    const count = random.from(2, 4);
    const first = addDays(today, random.from(4, 10));
    const instalments = Array.from({ length: count }, (_, n) => {
      const agreed = addDays(first, 14 * n);
      const part = Math.floor(amount / count) + (n < amount % count ? 1 : 0);
      return { agreed, date: workingDayFrom(customer.place, agreed), amount: part };
    });
    const [id, account] = [this.#events.command(), this.#account(customer)];
    const asked = { id, account, invoices: [{ entity, number }], amount: null, agreedWith: 'AP', instalments: () => instalments as never };
    if (!(await operations.recordPlan(house.ports, asked, 'U0MARA', this.#events.command())).done) return;
    const state = amount > APPROVE_ABOVE ? 'proposed' : 'active';
    const openThen = books.open(number);
    const plan: Plan = { id, bill, amount, openThen, instalments, accelerates: customer.accelerates, state, noticeUntil: '' };
    books.terms.plans.set(id, plan);
    if (state === 'proposed')
      this.#events.later(1, 2, async () => {
        if (await this.#events.change(customer, { do: 'approve-plan', id, approvers: ['U0PAUL'] })) plan.state = 'active';
      });
    else await this.write(customer, 'plan-offer', id);
    this.#live(plan, random.from(1, 3) === 1 ? count : random.from(0, count - 1));
  }

  /** The first instalments are paid; of the next one the office gives notice. */
  #live(plan: Plan, kept: number): void {
    const { life } = this.#world;
    const { bill, instalments } = plan;
    for (const { date, amount } of instalments.slice(0, kept)) {
      const days = (Date.parse(date) - Date.parse(this.#events.today)) / 86_400_000;
      this.#events.later(days, days, async () => life.pay(bill, amount / Math.max(amount, life.left(bill))));
    }
    const missed = instalments[kept];
    if (!missed) return;
    const days = (Date.parse(missed.date) - Date.parse(this.#events.today)) / 86_400_000;
    this.#events.later(days + 5, days + 6, () => this.#notice(plan, NOTICE_TRIES));
  }

  async #notice(plan: Plan, tries: number): Promise<void> {
    const { books, judge } = this.#world;
    const { bill, id } = plan;
    const on = this.#events.localDay(bill.customer);
    if (tries === 0 || books.terms.missed(plan, on) === 0 || plan.state !== 'active') return;
    const until = workingDayFrom(bill.customer.place, addDays(on, 9));
    const free = !judge.wasContacted(bill.customer, on);
    const given = free && (await this.#events.change(bill.customer, { do: 'give-plan-notice', id, on, until, method: 'post' }));
    if (!given) return this.#events.later(1, 2, () => this.#notice(plan, tries - 1));
    plan.noticeUntil = until;
    judge.contacted(bill.customer, on);
  }

  async settlement(bill: Bill): Promise<void> {
    const { house, operations, books, life, random } = this.#world;
    const { customer, entity, number } = bill;
    const today = this.#events.localDay(customer);
    const amount = books.ask(number, today);
    if (amount < 1000 || books.terms.busy(number)) return;
    const pay = Math.floor(amount * random.pick([0.7, 0.8, 0.95]));
    const until = addDays(today, random.from(4, 12));
    const [id, account] = [this.#events.command(), this.#account(customer)];
    const asked = { id, account, kind: 'settlement' as const, invoices: [{ entity, number }], terms: { pay }, until: until as never };
    if (!(await operations.recordSettlement(house.ports, asked, 'U0MARA', this.#events.command())).done) return;
    const state = amount - pay > APPROVE_ABOVE ? 'proposed' : 'offered';
    const offer: Offer = { id, bill, amount, openThen: books.open(number), pay, until, paidThen: books.paidBy(bill), state };
    books.terms.offers.set(id, offer);
    if (state === 'proposed')
      this.#events.later(1, 1, async () => {
        if (await this.#events.change(customer, { do: 'approve-offer', id, approvers: ['U0PAUL'] })) offer.state = 'offered';
      });
    if (random.of(0.8))
      this.#events.later(2, 3, async () => {
        if (await this.#events.change(customer, { do: 'accept-offer', id, acceptedBy: 'AP' })) offer.state = 'accepted';
      });
    const comes = random.pick([3, 3, 24]);
    this.#events.later(comes, comes, async () => life.pay(bill, pay / Math.max(pay, life.left(bill))));
  }

  /** What the clock made of plans and settlements, against what is plain. */
  async sync(): Promise<void> {
    const { house, books, life } = this.#world;
    const works = await house.ports.accounts.all();
    const { terms } = books;
    const workOf = ({ bill }: Term) => works.get(this.#account(bill.customer))!;
    for (const plan of terms.plans.values())
      this.#syncPlan(
        plan,
        workOf(plan).plans.find(({ id }) => id === plan.id),
      );
    for (const offer of terms.offers.values()) {
      const { id, bill, openThen } = offer;
      if (workOf(offer).offers.some((each) => each.id === id)) continue;
      terms.offers.delete(id);
      const today = this.#events.localDay(bill.customer);
      const settled = offer.state !== 'proposed' && books.paidBy(bill, offer.until) - offer.paidThen >= offer.pay;
      this.#ended(offer, settled || books.lapsed(bill, offer.until, today));
      const amount = terms.awaited(offer);
      if (!settled || amount === 0) continue;
      terms.credits.set(id, { id, bill, amount, openThen: openThen - (openThen - books.open(bill.number)) });
      this.#events.later(2, 8, async () => life.credit(bill, amount));
    }
    for (const credit of terms.credits.values()) {
      if (workOf(credit).postings.some(({ id }) => id === `posting:${credit.id}`)) continue;
      terms.credits.delete(credit.id);
      this.#ended(credit, terms.awaited(credit) === 0);
    }
  }

  #syncPlan(plan: Plan, now: { state: string; notice: { until: string } | null } | undefined): void {
    const { terms } = this.#world.books;
    const today = this.#events.localDay(plan.bill.customer);
    const over = plan.noticeUntil !== '' && plan.noticeUntil < today && terms.missed(plan, today) > 0;
    if (!now) {
      terms.plans.delete(plan.id);
      this.#ended(plan, terms.awaited(plan) === 0 || (plan.accelerates && over));
      return;
    }
    if (plan.state === 'active' && now.state === 'in-default') {
      this.#ended(plan, over && !plan.accelerates);
      plan.state = 'in-default';
    } else if (plan.state === 'in-default' && now.state === 'active') plan.state = 'active';
    plan.noticeUntil = now.notice?.until ?? '';
  }

  #ended(term: Term, right: boolean): void {
    const { judge } = this.#world;
    judge.could('ended');
    if (!right)
      judge.fault(
        'ended',
        `${term.bill.customer.number} ${term.bill.number} ${this.#events.today}: ${JSON.stringify({ ...term, bill: '' })}`,
      );
  }

  /** A letter that belongs to no step, on a person's word. */
  async write(customer: Customer, kind: string, about: string, answers: string | null = null, bills: readonly Bill[] = []): Promise<void> {
    const { house, operations } = this.#world;
    const asked = { kind, about, answers, invoices: bills.map(({ number }) => number), entity: bills[0]?.entity ?? '' };
    await operations.writeCorrespondence(house.ports, this.#account(customer), asked as never, 'U0MARA');
  }

  /** Somebody claims what late bills bear, and a colleague does the same at once; some of it is waived again. */
  async claim(customers: readonly Customer[]): Promise<void> {
    for (const customer of customers) {
      if (!this.#world.random.of(CLAIMS)) continue;
      const account = this.#account(customer);
      const read = await this.#world.operations.readCharges(this.#world.house.ports, account);
      for (const { entity, invoice, interest, compensation, fees } of read?.debts ?? []) {
        const asked = { account, entity, invoice, inBusiness: false };
        const bill = this.#world.books.bill(invoice)!;
        if ('toClaim' in interest) await this.#claimed(bill, { ...asked, what: 'interest', seen: interest.toClaim });
        if ('amount' in compensation) await this.#claimed(bill, { ...asked, what: 'compensation', seen: compensation.amount });
        for (const { stage, amount } of fees) await this.#claimed(bill, { ...asked, what: { feeOf: stage }, seen: amount });
      }
    }
  }

  async #claimed(bill: Bill, asked: Parameters<World['operations']['claimCharges']>[1]): Promise<void> {
    const { house, operations, books, judge, random } = this.#world;
    const stage = typeof asked.what === 'object' ? asked.what.feeOf : '';
    const kind = typeof asked.what === 'object' ? 'reminder-fee' : asked.what;
    for (const by of ['U0MARA', 'U0TOM']) {
      const { done } = await operations.claimCharges(house.ports, asked, by, this.#events.command());
      judge.claims(bill, kind, stage, asked.seen, this.#events.localDay(bill.customer), done);
    }
    const fee = books.fees.get(bill.customer.number)?.at(-1);
    if (fee && random.of(0.35)) await this.#waive(fee, asked.account);
  }

  async #waive(fee: Fee, account: string): Promise<void> {
    const { house, operations, random } = this.#world;
    const { claimed } = (await house.ports.charges.load(account)).charges;
    const same = ({ kind, invoice, stage, waived }: (typeof claimed)[number]) =>
      kind === fee.kind && invoice === fee.bill.number && stage === fee.stage && waived === 0;
    const charge = claimed.findLast(same);
    if (!charge || fee.left !== fee.amount) return;
    const amount = random.of(0.5) ? fee.left : Math.ceil(fee.left / 2);
    const waive = { do: 'waive' as const, charge: charge.id, amount, reason: 'goodwill', limit: 10_000, mayManage: true };
    if ((await operations.changeCharges(house.ports, account, () => waive, 'U0INES', this.#events.command())).done) fee.left -= amount;
  }

  #account = ({ number }: Customer) => this.#events.ids.get(number)!;
}

const noticeOf = ({ notice, noticeTo, number }: Customer) =>
  notice === 'email' ? { method: 'email', address: noticeTo } : { method: 'post', address: `1 ${number} Street` };

function workingDayFrom(place: string, day: string): string {
  let at = day;
  while (offOn(place, at) !== null) at = addDays(at, 1);
  return at;
}
