import { type Bill, type Books, type Customer, offOn } from './p8-books.ts';
import type { Counting } from './p8-judge-fees.ts';
import { type Asked, formalFrom, leastDeadline, neededOf, type People } from './p8-people.ts';

/** A request for a decision as its asker knows it. */
export interface PlainCase extends Asked {
  readonly id: string;
  readonly customer: Customer;
  readonly entity: string;
  readonly currency: string;
  /** What its figures are taken from. */
  readonly bills: readonly Bill[];
  /** London time, to the minute. */
  readonly openedAt: string;
  readonly letter: { readonly draft: string; readonly deadline: string } | null;
  figures: string;
  /** The last day on which it may be decided. */
  lastDay: string;
  approved: boolean;
  /** How its figures stood when a letter left; '' before. */
  left: string;
  /** As it was when it ended; '' until then. */
  ended: string;
}

export interface Demanded {
  readonly entity: string;
  readonly deadline: string;
  readonly bills: readonly Bill[];
}

/** As the store has it, by what is read here. */
interface Kept {
  readonly state: string;
}

const FINAL = new Set(['rejected', 'withdrawn', 'expired', 'void', 'carried-out']);
const ALONE_UP_TO = 50_000;
const HOME = 'Europe/London';

/** Judges escalations from who voted, what the books said and what the calendar says. */
export class Cases {
  readonly all: PlainCase[] = [];
  /** The last letter of each customer and entity. */
  readonly demands = new Map<string, Demanded[]>();
  readonly people: People;
  #books: Books;
  #counting: Counting;

  constructor(books: Books, counting: Counting, people: People) {
    this.#books = books;
    this.#counting = counting;
    this.people = people;
  }

  active = () => this.all.filter(({ ended }) => ended === '');

  /** What people weigh, in plain figures. */
  figures(
    { kind, customer, entity, currency, bills }: Pick<PlainCase, 'kind' | 'customer' | 'entity' | 'currency' | 'bills'>,
    day: string,
  ) {
    const { open, disputed, ask, credit } = this.#books;
    if (kind === 'release-supply') return '';
    const own = bills.map(({ number }) => [
      open(number),
      kind === 'stop-supply' ? 0 : disputed(number),
      kind === 'demand-letter' ? ask(number, day) : 0,
    ]);
    return JSON.stringify([own, credit(customer, entity, currency)]);
  }

  edited(of: PlainCase, by: string, now: Temporal.Instant, day: string): void {
    const home = now.toZonedDateTimeISO(HOME);
    Object.assign(of, { editor: by, revision: of.revision + 1, figures: this.figures(of, day) });
    Object.assign(of, { lastDay: this.people.lastDay(of, home.toPlainDate().toString()), openedAt: home.toPlainTime().toString() });
  }

  /** Somebody clicked; whether it was taken as a vote. */
  voted(of: PlainCase, by: string, seen: number, now: Temporal.Instant, taken: boolean): void {
    const home = now.toZonedDateTimeISO(HOME);
    const day = home.toPlainDate().toString();
    const as = this.people.decidesAs(of, by, day);
    const where = `${of.id} ${of.kind} ${day}: ${by}`;
    if (as === '') this.#judge('unentitled', !taken, where);
    if (seen !== of.revision || this.overdue(of, now)) this.#judge('lapsed', !taken, where);
    if (taken) of.ballots.push({ by, as: as || by, revision: of.revision });
  }

  overdue({ lastDay, openedAt }: PlainCase, now: Temporal.Instant): boolean {
    const home = now.toZonedDateTimeISO(HOME);
    const day = home.toPlainDate().toString();
    return day > lastDay || (day === lastDay && home.toPlainTime().toString() >= openedAt);
  }

  /** How the store has a case now; true when it was carried out just now. */
  follow(of: PlainCase, kept: Kept, now: Temporal.Instant, today: string): boolean {
    if (of.ended !== '') {
      this.#judge('finalLeft', JSON.stringify(kept) === of.ended, `${of.id}: ${kept.state}`);
      return false;
    }
    if (!of.approved && (kept.state === 'approved' || kept.state === 'carried-out')) this.#approved(of);
    if (!FINAL.has(kept.state)) return false;
    of.ended = JSON.stringify(kept);
    if (kept.state === 'expired')
      this.#judge('lapsed', this.overdue(of, now), `${of.id} ${of.kind} expired on ${today}, before ${of.lastDay} ${of.openedAt}`);
    const carried = kept.state === 'carried-out';
    const changed = of.left === '' && this.figures(of, today) !== of.figures;
    if (of.approved && changed) this.#judge('overtaken', !carried, `${of.id} ${of.kind} ${of.customer.number} ${today}`);
    return carried;
  }

  /** The letter of a case leaves today, by mail or by a carrier. */
  letterLeaves(of: PlainCase, named: readonly { number: string; amount: number }[], day: string): void {
    const where = `${of.customer.number} ${day} ${of.kind} ${of.id}`;
    of.left = this.figures(of, day);
    if (of.left !== of.figures) this.#judge('overtaken', false, where);
    if (!of.approved && !this.people.enough(of)) this.#judge('tooFew', false, where);
    const { deadline } = of.letter!;
    this.#judge('deadline', deadline >= leastDeadline(of.customer, day), `${where}: ${deadline}`);
    this.#judge('dayOff', offOn(of.customer.place, deadline) === null, `${where}: ${deadline}`);
    for (const { number, amount } of named) {
      const bill = this.#books.bill(number)!;
      const right = bill.due < day && amount <= this.#books.ask(number, day) && amount > 0;
      this.#judge('demanded', right, `${where}: ${amount} of ${number}, due ${bill.due}, free are ${this.#books.ask(number, day)}`);
    }
    const bills = named.map(({ number }) => this.#books.bill(number)!);
    const others = (this.demands.get(of.customer.number) ?? []).filter(({ entity }) => entity !== of.entity);
    this.demands.set(of.customer.number, [...others, { entity: of.entity, deadline, bills }]);
  }

  /** Somebody tries to give a claim to an agency, or it is given. */
  places(customer: Customer, entity: string, today: string, done: boolean, carriedOut: number | null): void {
    const of = (this.demands.get(customer.number) ?? []).find((each) => each.entity === entity);
    const where = `${customer.number} ${entity} ${today}`;
    const ready = of !== undefined && formalFrom(customer.place, of.deadline, today);
    if (!ready || carriedOut !== null) this.#judge('placedEarly', ready || !done, `${where}, deadline ${of?.deadline}`);
    const free = of?.bills.reduce((sum, { number }) => sum + this.#books.ask(number, today), 0) ?? 0;
    const rests = of?.bills.some(({ number }) => this.#books.disputed(number) > 0) ?? false;
    if (customer.waiting.size > 0) this.#judge('placedWaiting', !done, `${where}: an answer waits`);
    else if (rests && carriedOut !== null) this.#judge('placedWaiting', carriedOut <= free, `${where}: ${carriedOut} of ${free} free`);
  }

  #approved(of: PlainCase): void {
    of.approved = true;
    const where = `${of.id} ${of.kind} of ${of.amount} by ${of.requester}: ${JSON.stringify(of.ballots)}`;
    this.#judge('tooFew', this.people.enough(of), where);
    if (of.kind !== 'write-off' || of.amount <= ALONE_UP_TO) return;
    const voters = new Set(of.ballots.filter(({ revision }) => revision === of.revision).map(({ by }) => by));
    this.#judge('alone', voters.size >= neededOf(of).people && voters.size > 1, where);
  }

  #judge(line: Parameters<Counting['could']>[0], right: boolean, why: string): void {
    this.#counting.could(line);
    if (!right) this.#counting.fault(line, why);
  }
}
