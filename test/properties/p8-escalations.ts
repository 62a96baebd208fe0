import type { DecisionAsked } from '../../src/escalation/request-decision.op.ts';
import type { ProposedStep } from '../../src/follow-up/proposals.ts';
import { worldOf } from '../support/world.ts';
import { addDays, type Bill, type Customer, offOn } from './p8-books.ts';
import type { Events, World } from './p8-events.ts';
import type { PlainCase } from './p8-judge-cases.ts';
import { leastDeadline, nextWorkingDay } from './p8-people.ts';

/** Chances of a late customer on a day that somebody asks for something about it. */
const ASKS = { letter: 0.01, agency: 0.25, 'write-off': 0.006, supply: 0.006 };
const AGENCY = 'swift';
const DEADLINES = 0.5;

/** Decisions are asked for: letters, agencies, write-offs, supply; also such as may not be. */
export class Escalations {
  #world: World;
  #events: Events;

  constructor(world: World, events: Events) {
    this.#world = world;
    this.#events = events;
  }

  /** The world that verbs take, with what the program adds to them where it is put together. */
  get ports() {
    const { house, operations } = this.#world;
    const ports = worldOf({ ...house.ports, letterSheets: bareSheets });
    const kinds = {
      ...operations.supplyKinds(ports),
      ...operations.writeOffKind(ports),
      ...operations.placementKinds(ports, (day) => day),
      'demand-letter': operations.letterKind(ports),
    };
    return { ...ports, kinds };
  }

  /** A channel for decisions, the region whose holidays we keep, and an agency, before the year. */
  async begin(): Promise<void> {
    const { house, operations } = this.#world;
    const before = await house.ports.settings.read();
    const { version: _, ...settings } = before;
    await house.ports.settings.save(before, { ...settings, escalationsChannel: 'C0ESCALATE', region: 'ENG' }, [], 'escalations');
    for (const [user, role] of [
      ['U0SARA', 'manager'],
      ['U0NOOR', 'finance-lead'],
    ] as const)
      await operations.changeTeam(house.ports, { do: 'set-roles', user, roles: [role] }, 'U0ALEX', `seat:${user}`);
    const partner = {
      ...{ id: AGENCY, name: 'Swift', kind: 'agency' as const, licence: 'L-1', licensedTo: '2027-06-30' as never },
      ...{ countries: ['GB', 'DE', 'FR', 'ES', 'NL', 'US'], rate: 1800, terms: '', contact: '' },
    };
    if (!(await operations.changePartners(house.ports, { do: 'add-partner', partner }, 'U0INES', 'add:swift')).done)
      throw new Error('the agency was refused');
  }

  /** A morning's or noon's requests. */
  async ask(customers: readonly Customer[]): Promise<void> {
    const { random, judge } = this.#world;
    for (const customer of customers) {
      const late = this.#late(customer);
      if (late.length === 0) continue;
      const bill = random.pick(late);
      if (random.of(ASKS.letter)) await this.letter(customer, bill);
      for (const { entity } of judge.cases.demands.get(customer.number) ?? [])
        if (customer.placed === '' && random.of(customer.waiting.size > 0 ? 1 : ASKS.agency)) await this.#agency(customer, entity);
      if (random.of(ASKS['write-off'] * (customer.slowness === 4 ? 2 : 1))) await this.#writeOff(bill);
      if (random.of(ASKS.supply * (customer.supplyStopped ? 8 : 1))) await this.#supply(customer, bill);
    }
  }

  /** What the policy proposes. */
  async propose(customer: Customer, { entity, invoices, stage }: ProposedStep): Promise<void> {
    const bill = this.#world.books.bill(invoices[0]!.number);
    if (bill?.entity !== entity || !this.#world.random.of(0.8)) return;
    if (stage.key === 'demand-letter') await this.letter(customer, bill);
    else if (this.#world.random.of(0.3)) await this.#writeOff(bill);
    else await this.#agency(customer, entity);
  }

  async letter(customer: Customer, { entity, currency }: Bill): Promise<void> {
    const { operations, random } = this.#world;
    const { ports } = this;
    const about = { account: this.#account(customer), entity, currency };
    const stand = await operations.letterStand(ports, about);
    if ('stop' in stand || operations.whyNotAsk(stand) !== null) return;
    const today = this.#events.localDay(customer);
    const least = leastDeadline(customer, today);
    if (random.of(DEADLINES)) await this.#tries(about, 'deadline', addDays(least, -random.from(1, 6)));
    if (random.of(DEADLINES)) {
      let off = addDays(least, random.from(1, 5));
      while (offOn(customer.place, off) === null) off = addDays(off, 1);
      await this.#tries(about, 'dayOff', off);
    }
    const deadline = nextWorkingDay(customer.place, addDays(least, random.from(2, 9)));
    const [draft, by] = [this.#events.command(), this.#requester()];
    const asked = { ...about, deadline: deadline as never, firm: '', counsel: null };
    const written = await operations.writeLetter(ports, asked, draft, by);
    if (!written.done) return;
    const amount = written.draft.content.invoices.reduce((sum, invoice) => sum + invoice.asked, 0);
    await this.#request({ ...this.#common('demand-letter', customer, entity, currency, amount), about: { letter: draft } }, by, {
      draft,
      deadline,
    });
  }

  /** A deadline that nobody may set; the program should say so. */
  async #tries(about: { account: string; entity: string; currency: string }, line: 'deadline' | 'dayOff', deadline: string): Promise<void> {
    const { operations, judge } = this.#world;
    judge.could(line);
    const asked = { ...about, deadline: deadline as never, firm: '', counsel: null };
    if ((await operations.writeLetter(this.ports, asked, this.#events.command(), 'U0MARA')).done)
      judge.fault(line, `${about.account} ${about.entity}: a letter with ${deadline} was written`);
  }

  async #agency(customer: Customer, entity: string): Promise<void> {
    const { books, judge } = this.#world;
    const of = judge.cases.demands.get(customer.number)?.find((each) => each.entity === entity);
    const bills = of?.bills ?? this.#late(customer).filter((bill) => bill.entity === entity);
    const today = this.#events.localDay(customer);
    const amount = bills.reduce((sum, { number }) => sum + Math.max(0, books.ask(number, today)), 0);
    if (amount === 0) return;
    const about = { partner: AGENCY, name: 'Swift', licence: 'L-1', licensedTo: '2027-06-30', rate: '1800', courtFees: '0' };
    const asked = { ...this.#common('agency', customer, entity, bills[0]!.currency, amount), about };
    judge.cases.places(customer, entity, today, await this.#request(asked, this.#requester()), null);
  }

  async #writeOff(bill: Bill): Promise<void> {
    const { operations, books, random } = this.#world;
    const { customer, entity, number } = bill;
    const ask = books.ask(number, this.#events.localDay(customer));
    if (ask <= 0) return;
    const amount = random.of(0.3) ? Math.ceil(ask / 2) : null;
    const wanted = {
      account: this.#account(customer),
      invoices: [{ entity, number }],
      amount,
      code: 'uneconomic' as const,
      reason: 'nothing comes',
    };
    const read = await operations.writeOffAsked(this.ports, wanted);
    if ('asked' in read) await this.#request(read.asked, this.#requester(), null, [bill]);
  }

  async #supply(customer: Customer, { entity, currency }: Bill): Promise<void> {
    const kind = customer.supplyStopped ? 'release-supply' : 'stop-supply';
    await this.#request(this.#common(kind, customer, entity, currency, 0), this.#requester());
  }

  async #request(
    asked: DecisionAsked,
    by: string,
    letter: PlainCase['letter'] = null,
    only: readonly Bill[] | null = null,
  ): Promise<boolean> {
    const { house, operations, judge } = this.#world;
    const result = await operations.requestDecision(this.ports, asked, by, this.#events.command());
    if (!result.done) return false;
    const customer = this.#customer(asked.account);
    const home = house.time.now.toZonedDateTimeISO('Europe/London');
    const [opened, local] = [home.toPlainDate().toString(), this.#events.localDay(customer)];
    const { kind, entity, currency, amount } = asked as DecisionAsked & Pick<PlainCase, 'kind'>;
    const all = kind === 'stop-supply';
    const late = this.#late(customer).filter((bill) => all || (bill.entity === entity && bill.currency === currency));
    const of = { kind, customer, entity, currency, bills: only ?? late };
    judge.cases.all.push({
      ...of,
      ...{ id: result.case.id, amount, requester: by, opened, openedAt: home.toPlainTime().toString(), letter },
      ...{ editor: '', revision: 1, ballots: [], approved: false, left: '', ended: '' },
      figures: judge.cases.figures(of, local),
      lastDay: judge.cases.people.lastDay({ kind }, opened),
    });
    return true;
  }

  #common(kind: PlainCase['kind'], customer: Customer, entity: string, currency: string, amount: number): DecisionAsked {
    return { kind, account: this.#account(customer), entity, currency, amount, reason: 'no answer', reasonCodes: [], about: {} };
  }

  #late(customer: Customer): Bill[] {
    const { books } = this.#world;
    const today = this.#events.localDay(customer);
    return books.billsOf(customer).filter(({ number, due }) => due < today && books.open(number) > 0);
  }

  #requester = () => this.#world.random.pick(['U0MARA', 'U0MARA', 'U0TOM', 'U0TOM', 'U0INES']);
  #account = ({ number }: Customer) => this.#events.ids.get(number)!;
  #customer = (account: string) => this.#world.customers.find(({ number }) => this.#events.ids.get(number) === account)!;
}

/** Drawing pages takes longer than all the rest. */
const bareSheets = async (paper: object) => ({
  name: 'letter.pdf',
  pdf: Buffer.from(JSON.stringify(paper)),
  pages: [Buffer.from('page')],
});
