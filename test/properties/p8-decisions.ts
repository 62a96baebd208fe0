import type { Case } from '../../src/escalation/case.ts';
import type { Draft } from '../../src/mails/draft.ts';
import { addDays, type Customer, offOn } from './p8-books.ts';
import type { Escalations } from './p8-escalations.ts';
import type { Events, World } from './p8-events.ts';
import type { PlainCase } from './p8-judge-cases.ts';
import type { Approved } from './p8-lines.ts';
import type { SeenMail } from './p8-mail.ts';
import { APPROVERS, COLLECTORS, EVERYBODY } from './p8-people.ts';
import type { GivenUp } from './p8-terms.ts';

/** Chances of an open case on a round: nobody looks, it is edited, it is withdrawn; and that something happens to an approved one. */
const IGNORED = 0.04;
const EDITED = 0.06;
const WITHDRAWN = 0.02;
const STRUCK = 0.35;
const REJECTS = 0.05;
/** Share of letters on paper that customers answer. */
const ANSWERED = 0.8;
const CASE_STRIKES = ['payment', 'creditNote', 'creditNote', 'moneyOnAccount', 'dispute', 'dispute', 'hold', 'reply'] as const;

/** Voting, carrying out and what follows: placements end, write-offs are booked or paid after all. */
export class Decisions {
  #world: World;
  #events: Events;
  #escalations: Escalations;
  /** Where mails of a customer are looked up by what people approved. */
  #approvalsOf: (customer: Customer) => Approved[];
  #ignored = new Set<string>();
  #letters = new Set<string>();

  constructor(world: World, events: Events, escalations: Escalations, approvalsOf: (customer: Customer) => Approved[]) {
    this.#world = world;
    this.#events = events;
    this.#escalations = escalations;
    this.#approvalsOf = approvalsOf;
  }

  /** On Mondays one of those who decide is away for the week, in turn. */
  async absences(): Promise<void> {
    const { house, operations, judge } = this.#world;
    const { today } = this.#events;
    if (new Date(today).getUTCDay() !== 1) return;
    const approvers = Object.keys(APPROVERS);
    const week = Math.floor(Date.parse(today) / 604_800_000);
    const [user, cover, to] = [approvers[week % approvers.length]!, COLLECTORS[week % 2]!, addDays(today, 4)];
    const absence = { from: today as never, to: to as never, cover };
    const set = await operations.changeTeam(house.ports, { do: 'set-absence', user, absence }, user, `absence:${today}`);
    if (set.done) judge.cases.people.absences.push({ user, cover, from: today, to });
  }

  /** Everybody clicks on some of what is open, also those who may not. */
  async round(): Promise<void> {
    const { judge, random } = this.#world;
    for (const of of judge.cases.active()) {
      if (of.approved || this.#ignored.has(of.id)) {
        // Found again when its time is over.
        if (!of.approved && judge.cases.overdue(of, this.#world.house.time.now)) await this.#click(of, random.pick(Object.keys(APPROVERS)));
        continue;
      }
      if (random.of(IGNORED)) this.#ignored.add(of.id);
      else if (random.of(WITHDRAWN)) await this.#change(of, { do: 'withdraw', reason: 'not now', mayManage: true }, of.requester);
      else if (random.of(EDITED)) await this.#edit(of);
      else for (let clicks = random.from(1, 3); clicks > 0 && of.ended === ''; clicks -= 1) await this.#click(of, random.pick(EVERYBODY));
    }
  }

  /** Things happen to customers between the decision and what follows from it. */
  async strike(): Promise<void> {
    const { judge, random, books } = this.#world;
    for (const of of judge.cases.active()) {
      if (!of.approved || of.left !== '' || !random.of(STRUCK)) continue;
      const bill = of.bills.find(({ number }) => books.open(number) > 0);
      if (bill) await this.#events[random.pick(CASE_STRIKES)](bill);
    }
  }

  /** The clock: what is approved is done, what nobody decided lapses. */
  async carryOut(): Promise<void> {
    const { operations, judge } = this.#world;
    await operations.keepCases(this.#escalations.ports);
    await operations.carryOutCases(this.#escalations.ports);
    const { cases } = this.#world.house.ports;
    const known = new Map([...(await cases.open()), ...(await cases.approved())].map((each) => [each.case.id, each.case]));
    for (const of of judge.cases.active()) await this.#follow(of, known.get(of.id));
  }

  /** Letters on paper leave with whoever goes to the post, not on the day of another contact. */
  async post(): Promise<void> {
    const { house, operations, judge, random } = this.#world;
    for (const of of judge.cases.active()) {
      if (!of.approved || of.kind !== 'demand-letter' || of.customer.notice === 'email') continue;
      const today = this.#events.localDay(of.customer);
      if (offOn(of.customer.place, today) !== null || judge.wasContacted(of.customer, today)) continue;
      const posted = { on: today as never, by: 'registered-post' as const, tracking: `T${of.id}` };
      const { done } = await operations.postLetter(this.#escalations.ports, of.id, posted, 'U0MARA', this.#events.command());
      if (!done) continue;
      judge.letter(of, seenLetter((await house.ports.drafts.load(of.letter!.draft))!.draft), today);
      for (const [low, high] of [
        [3, 14],
        [15, 26],
      ] as const)
        if (random.of(ANSWERED))
          this.#events.later(low, high, () => this.#events[random.pick(['reply', 'reply', 'dispute'] as const)](of.bills[0]!));
    }
  }

  /** People click on cards of what is over; a worker that died carries out again. */
  async again(): Promise<void> {
    const { judge, random, house, operations } = this.#world;
    const over = judge.cases.all.filter(({ ended }) => ended !== '');
    for (const of of over.slice(-12)) {
      if (!random.of(0.25)) continue;
      const by = random.pick(Object.keys(APPROVERS));
      const tries = [
        () =>
          operations.vote(
            this.#escalations.ports,
            of.id,
            { vote: random.pick(['approve', 'reject'] as const), reason: 'late', seen: of.revision },
            by,
          ),
        () => this.#change(of, { do: 'withdraw', reason: 'late', mayManage: true }, by),
        () => this.#edit(of),
        () => operations.carryOutCases(this.#escalations.ports),
      ];
      await random.pick(tries)();
      judge.cases.follow(of, await this.#kept(of), house.time.now, '');
    }
  }

  async #click(of: PlainCase, by: string): Promise<void> {
    const { house, operations, judge, random } = this.#world;
    const seen = random.of(0.15) ? of.revision - 1 : of.revision;
    const how = random.of(REJECTS) ? 'reject' : 'approve';
    const result = await operations.vote(this.#escalations.ports, of.id, { vote: how, reason: 'as discussed', seen }, by);
    const taken = result.done && !('again' in result && result.again);
    judge.cases.voted(of, by, seen, house.time.now, taken);
    await this.#follow(of);
  }

  async #edit(of: PlainCase): Promise<void> {
    const { house, operations, judge, random } = this.#world;
    const by = random.pick(['U0MARA', 'U0TOM', 'U0SARA']);
    const asked = { amount: of.amount, reason: `no answer (${of.revision})`, reasonCodes: [], answers: {} };
    const result = await operations.editCase(this.#escalations.ports, of.id, asked, of.revision, by, this.#events.command());
    if (result.done && of.ended === '') judge.cases.edited(of, by, house.time.now, this.#events.localDay(of.customer));
    if (of.ended === '') await this.#follow(of);
  }

  async #change(of: PlainCase, request: object, by: string): Promise<void> {
    await this.#world.operations.changeCase(this.#escalations.ports, of.id, request as never, by, this.#events.command());
    if (of.ended === '') await this.#follow(of);
  }

  #kept = async ({ id }: PlainCase) => (await this.#world.house.ports.cases.load(id))!.case;

  async #follow(of: PlainCase, known?: Case): Promise<void> {
    const { house, judge } = this.#world;
    const today = this.#events.localDay(of.customer);
    const carried = judge.cases.follow(of, known ?? (await this.#kept(of)), house.time.now, today);
    if (of.approved && of.letter && !this.#letters.has(of.id)) await this.#letterApproved(of);
    if (!carried) return;
    await this.#effect(of, today);
    await this.#twice(of);
  }

  /** What its mail must be, to the letter. */
  async #letterApproved(of: PlainCase): Promise<void> {
    this.#letters.add(of.id);
    const { content } = (await this.#world.house.ports.drafts.load(of.letter!.draft))!.draft;
    const { customer, entity } = of;
    const to = content.to.map(({ address }) => address).join();
    const by = of.ballots.filter(({ revision }) => revision === of.revision).map((each) => each.by);
    const words = { subject: content.subject, body: content.body.trimEnd() };
    this.#approvalsOf(customer).push({ customer, entity, to, ...words, by, answers: null, took: [], of, struck: '', mailed: 0 });
  }

  /** As after a crash between the deed and its record. */
  async #twice(of: PlainCase): Promise<void> {
    const { house, judge } = this.#world;
    const account = this.#events.ids.get(of.customer.number)!;
    const work = async () => JSON.stringify((await house.ports.accounts.load(account))!.work);
    const before = await work();
    const { ports } = this.#escalations;
    await ports.kinds[of.kind]!.carryOut(await this.#kept(of), `case:${of.id}`, async () => false);
    judge.could('carriedTwice');
    if ((await work()) !== before) judge.fault('carriedTwice', `${of.id} ${of.kind} ${of.customer.number}`);
  }

  async #effect(of: PlainCase, today: string): Promise<void> {
    const { judge } = this.#world;
    const { customer, kind, id } = of;
    const work = await this.#work(customer);
    if (kind === 'stop-supply' || kind === 'release-supply') customer.supplyStopped = kind === 'stop-supply';
    if (kind === 'agency') {
      const amount = work.placements.find((each) => each.id === id)?.amount ?? Infinity;
      judge.cases.places(customer, of.entity, today, true, amount);
      customer.placed = id;
      this.#events.later(15, 50, () => this.#recall(of));
    }
    if (kind === 'write-off') this.#givenUp(of, work.writeOffs.find((each) => each.id === id)?.parts ?? [], today);
  }

  async #recall({ customer, id, bills }: PlainCase): Promise<void> {
    const { life, random } = this.#world;
    const pays = random.of(0.6);
    if (pays) for (const bill of bills) life.pay(bill, 1);
    if (pays) await this.#events.import();
    if (await this.#events.change(customer, { do: 'recall-placement', id, note: 'they gave it back' })) customer.placed = '';
  }

  #givenUp({ customer, bills, amount, id }: PlainCase, parts: readonly { invoice: string; amount: number }[], today: string): void {
    const { books, judge, life, random } = this.#world;
    const bill = bills[0]!;
    judge.could('wrongWriteOff');
    const ask = books.ask(bill.number, today);
    const right = parts.length === 1 && parts[0]!.invoice === bill.number && parts[0]!.amount === amount && amount <= ask;
    if (!right)
      judge.fault('wrongWriteOff', `${customer.number} ${bill.number} ${today}: ${JSON.stringify(parts)}, asked ${amount} of ${ask}`);
    const then = { openThen: books.open(bill.number), paidThen: books.paidBy(bill), creditedThen: books.creditedOn(bill) };
    const of: GivenUp = { id, bill, amount, ...then, booked: false };
    books.terms.writeOffs.set(id, of);
    if (random.of(0.5)) {
      this.#events.later(2, 8, async () => life.pay(bill, random.pick([0.6, 1])));
      this.#events.later(10, 14, () => this.#reverse(of));
    }
    this.#events.later(16, 24, async () => {
      if (!of.booked && of.amount > 0) life.writeOff(bill, Math.min(of.amount, life.left(bill)));
    });
  }

  /** Money came after all: as much of the write-off is taken back. */
  async #reverse(of: GivenUp): Promise<void> {
    const { house, operations, books, judge } = this.#world;
    const { bill, id } = of;
    if (of.booked) return;
    const account = this.#events.ids.get(bill.customer.number)!;
    const late = lateOn(of, books.paidBy(bill));
    const { done } = await operations.reverseWriteOff(house.ports, account, id, 'U0TOM', this.#events.command());
    judge.could('wrongWriteOff');
    const left = (await this.#work(bill.customer)).writeOffs.find((each) => each.id === id)?.parts[0]?.amount ?? 0;
    if (done !== late > 0 || left !== of.amount - late)
      judge.fault('wrongWriteOff', `${bill.customer.number} ${bill.number}: ${late} came in of ${of.amount}, left are ${left}`);
    Object.assign(of, { amount: of.amount - late, openThen: of.openThen - late, paidThen: of.paidThen + late });
    if (of.amount === 0) books.terms.writeOffs.delete(id);
  }

  /** Whether the bookkeepers' instruction ended rightly. */
  async sync(): Promise<void> {
    const { books, judge } = this.#world;
    for (const of of books.terms.writeOffs.values()) {
      if (of.booked) continue;
      const { postings } = await this.#work(of.bill.customer);
      if (postings.some(({ id }) => id === `posting:${of.id}`)) continue;
      of.booked = true;
      judge.could('wrongWriteOff');
      const credited = books.creditedOn(of.bill) - of.creditedThen;
      if (credited < of.amount && books.open(of.bill.number) > 0)
        judge.fault('wrongWriteOff', `${of.bill.customer.number} ${of.bill.number}: booked, of ${of.amount} only ${credited} are credited`);
    }
  }

  #work = async ({ number }: Customer) => (await this.#world.house.ports.accounts.load(this.#events.ids.get(number)!))!.work;
}

/** Money counts for the rest of the bill first. */
function lateOn({ amount, openThen, paidThen }: GivenUp, paid: number): number {
  return Math.min(amount, Math.max(0, paid - paidThen - (openThen - amount)));
}

/** A letter on paper says what its draft says. */
const seenLetter = ({ content }: Draft): SeenMail => ({
  ...{ from: '', to: [], messageId: '' },
  ...{ subject: content.subject, body: content.body.trimEnd() },
});
