import { addDays, type Bill, type Books, type Customer, offOn, workingDays } from './p8-books.ts';
import { Cases, type PlainCase } from './p8-judge-cases.ts';
import { Fees } from './p8-judge-fees.ts';
import { Ladder } from './p8-judge-ladder.ts';
import { letterAmounts } from './p8-judge-letters.ts';
import { type Approved, LINES, type Line } from './p8-lines.ts';
import {
  amountsIn,
  besidesNotice,
  languageOf,
  letterOf,
  linesIn,
  type MailLine,
  mentionedIn,
  type SeenMail,
  STANDS,
  stepOf,
} from './p8-mail.ts';
import { People } from './p8-people.ts';

/** From the first step on, a late customer could get a mail any day. */
const FIRST_DEMAND = 3;
const RECENT = 14;
/** Working days for which what was disputed is left out once the dispute is closed. */
const SETTLED = 5;

/** Counts how often each line could have happened and how often it did. Knows nothing but the books, the calendar and what left the company. */
export class Judge {
  readonly counts: Readonly<Record<Line, { of: number; faults: number }>>;
  /** The first faults in words. */
  readonly examples: string[] = [];
  readonly cases: Cases;
  #books: Books;
  #ours: string;
  #begins: string;
  #today = '';
  #ladder: Ladder;
  #contactDays = new Set<string>();
  /** Amounts of broken promises, by customer: letters may name them. */
  #broken = new Map<string, Set<string>>();
  #fees: Fees;

  /** `ours`: the place whose business days make a ledger old; `begins`: the day on which the ledger came to us. */
  constructor(books: Books, ours: string, begins: string) {
    this.#books = books;
    this.#fees = new Fees(books, this);
    this.#ladder = new Ladder(books, this);
    this.cases = new Cases(books, this, new People(ours));
    this.#ours = ours;
    this.#begins = begins;
    this.counts = Object.fromEntries(Object.keys(LINES).map((line) => [line, { of: 0, faults: 0 }])) as Judge['counts'];
  }

  could(line: Line, times = 1): void {
    this.counts[line].of += times;
  }

  /** Once a day on which the program runs: what could go wrong today. */
  morning(day: string, customers: readonly Customer[]): void {
    this.#today = day;
    for (const customer of customers) this.#chancesOf(customer, day);
  }

  broke(customer: Customer, amount: number, currency: string): void {
    this.#broken.set(customer.number, (this.#broken.get(customer.number) ?? new Set()).add(`${amount} ${currency}`));
  }

  /** A contact of whatever channel on the customer's day. */
  contacted(customer: Customer, day: string, answers = false): void {
    this.could('twoContacts');
    const key = `${customer.number} ${day}`;
    // Whoever wrote to us gets an answer that day.
    if (this.#contactDays.has(key) && !answers) this.fault('twoContacts', key);
    this.#contactDays.add(key);
  }

  wasContacted = (customer: Customer, day: string) => this.#contactDays.has(`${customer.number} ${day}`);

  claims: Fees['claims'] = (...claim) => this.#fees.claims(...claim);

  call(customer: Customer, entity: string, took: Approved['took'], day: string): void {
    this.contacted(customer, day);
    this.#ladder.stepped(customer, entity, this.#taken(took), day, false);
  }

  #taken = (took: Approved['took']) => took.map(({ invoice, stage }) => [this.#books.bill(invoice)!, stage] as const);

  mail(mail: SeenMail, customer: Customer, approvals: readonly Approved[], now: Temporal.Instant): void {
    const local = now.toZonedDateTimeISO(customer.zone);
    const day = local.toPlainDate().toString();
    this.#today = day;
    const where = `${customer.number} ${day} "${mail.subject}"`;
    const approval = this.#approved(mail, approvals, where);
    const [letter, step] = [letterOf(mail.subject), stepOf(mail.subject)];
    const answers = letter === '' ? null : (approval?.answers ?? null);
    this.#mayGo(customer, mail, day, local.hour, letter !== '', answers !== null);
    this.contacted(customer, day, answers !== null);
    if (!approval || (letter === '' && step === '')) return void this.fault('notAsApproved', where);
    if (answers !== null) customer.waiting.delete(answers);
    if (step === 'final-notice') this.could('oneApproval');
    if (step === 'final-notice' && new Set(approval.by).size < 2) this.fault('oneApproval', where);
    this.could('language');
    const language = languageOf(mail.body);
    if (language !== customer.letters) this.fault('language', `${where}: ${language}, not ${customer.letters}`);
    const lines = linesIn(mail.body, (number) => this.#books.bill(number)?.customer === customer);
    const bills = this.#bills(lines.map(({ number }) => number));
    if (letter !== '') {
      const broken = this.#broken.get(customer.number);
      letterAmounts(this, this.#books, { letter, mail, customer, lines, day, broken });
      this.#ladder.contacted(customer, approval.entity);
      return;
    }
    if (customer.startOpen && bills.some((bill) => this.#isOld(bill))) this.fault('startUnconfirmed', where);
    if (step === 'demand-letter') return void this.#demand(approval.of, mail, customer, lines, day);
    for (const line of lines) this.#amount(customer, line, day);
    if (step !== 'note') this.#whole(customer, approval.entity, mail, lines, day);
    this.#known(customer, approval.entity, mail, step === 'note' ? bills : this.#late(customer, approval.entity, day), day);
    this.#fees.mail(mail, step, customer, approval.entity, bills);
    this.#ladder.stepped(customer, approval.entity, this.#taken(approval.took), day, step !== 'note');
  }

  /** What of an entity was late when it came to us; somebody says that final notices had been sent about it. */
  warned(customer: Customer, entity: string): string[] {
    const old = this.#books.billsOf(customer).filter((bill) => bill.entity === entity && this.#isOld(bill));
    this.#ladder.stand(entity, old, 'final-notice');
    return old.map(({ number }) => number);
  }

  /** A letter that leaves on paper. */
  letter(of: PlainCase, mail: SeenMail, day: string): void {
    const { customer } = of;
    this.#mayGo(customer, mail, day, 12, true, false);
    this.contacted(customer, day);
    this.could('language');
    const language = languageOf(mail.body);
    if (language !== customer.letters) this.fault('language', `${customer.number} ${day} on paper: ${language}`);
    const lines = linesIn(mail.body, (number) => this.#books.bill(number)?.customer === customer);
    this.#demand(of, mail, customer, lines, day);
  }

  fault(line: Line, why: string): void {
    this.counts[line].faults += 1;
    if (this.examples.length < 40) this.examples.push(`${line}: ${why}`);
  }

  #bills = (numbers: readonly string[]) => numbers.map((number) => this.#books.bill(number)!);
  #isOld = ({ due }: Bill) => due < this.#begins;
  #isStale = () => workingDays(this.#ours, this.#books.importedOn, this.#today) > 1;
  #sum = (bills: readonly Bill[], of: (number: string) => number) => bills.reduce((total, { number }) => total + of(number), 0);

  #chancesOf(customer: Customer, day: string): void {
    const books = this.#books;
    const bills = books.billsOf(customer).filter(({ due }) => addDays(due, FIRST_DEMAND) <= day);
    for (const { number } of bills) {
      if (books.open(number) === 0 && addDays(books.closedOn(number), RECENT) >= day) this.could('paid');
      if (books.promised(number, day) > 0) this.could('promised');
      if (books.disputed(number) > 0) this.could('disputed');
      if (books.planned(number, day) > 0) this.could('planned');
      if (books.writtenOff(number) > 0) this.could('writtenOff');
    }
    if (!bills.some(({ number }) => books.open(number) > 0)) return;
    const off = offOn(customer.place, day);
    if (off) this.could(off);
    if (customer.holdUntil >= day) this.could('onHold');
    if (customer.status !== 'active' || customer.autopay) this.could('stopped');
    if (customer.placed !== '') this.could('placed');
    if (customer.waiting.size > 0) this.could('waiting');
    if (customer.startOpen && bills.some((bill) => this.#isOld(bill))) this.could('startUnconfirmed');
    if (customer.people.some(({ doNotContact }) => doNotContact)) this.could('doNotContact');
    if (this.#isStale()) this.could('stale');
  }

  /** Whether anything may go to this customer now, whatever it says. */
  #mayGo(customer: Customer, mail: SeenMail, day: string, hour: number, letter: boolean, answers: boolean): void {
    const at = `${customer.number} ${day}`;
    if (customer.holdUntil >= day && !answers) this.fault('onHold', at);
    if (customer.status !== 'active' || (customer.autopay && !letter)) this.fault('stopped', `${at} ${customer.status}`);
    if (customer.placed !== '') this.fault('placed', at);
    if (customer.waiting.size > 0 && !answers) this.fault('waiting', at);
    if (customer.people.some(({ email, doNotContact }) => doNotContact && mail.to.includes(email))) this.fault('doNotContact', at);
    if (this.#isStale()) this.fault('stale', at);
    const off = offOn(customer.place, day);
    if (off) this.fault(off, `${at} ${customer.place}`);
    if (hour < 8 || hour >= 18) this.fault('hours', `${at} ${hour}h`);
  }

  /** The approval that a mail is, to the letter. */
  #approved(mail: SeenMail, approvals: readonly Approved[], where: string): Approved | undefined {
    this.could('notAsApproved');
    const same = approvals.filter(({ to, subject, body }) => to === mail.to.join() && subject === mail.subject && body === mail.body);
    const approval = same.find(({ mailed }) => mailed === 0) ?? same[0];
    if (!approval) return undefined;
    approval.mailed += 1;
    if (approval.mailed > 1) this.fault('duplicate', where);
    if (approval.struck !== '') this.fault('changedSince', `${where}: ${approval.struck}`);
    return approval;
  }

  /** A demand letter asks for all that is due in one currency, and rests on its decision. */
  #demand(of: PlainCase | undefined, mail: SeenMail, customer: Customer, lines: readonly MailLine[], day: string): void {
    if (!of) return void this.fault('tooFew', `${customer.number} ${day}: a demand letter that nobody decided`);
    const { entity, currency } = of;
    const named = lines.map(({ number, asked }) => ({ number, amount: asked.amount }));
    this.cases.letterLeaves(of, named, day);
    for (const line of lines) this.#amount(customer, line, day);
    this.#whole(customer, entity, mail, lines, day, currency);
    const late = this.#late(customer, entity, day).filter((bill) => bill.currency === currency);
    this.#known(customer, entity, mail, late, day);
    const taken = this.#bills(lines.map(({ number }) => number)).map((bill) => [bill, 'demand-letter'] as const);
    this.#ladder.stepped(customer, entity, taken, day, true);
  }

  /** One line of a letter against the books. */
  #amount(customer: Customer, { number, asked, of }: MailLine, day: string): void {
    const open = this.#books.open(number);
    const [promised, disputed] = [this.#books.promised(number, day), this.#books.disputed(number)];
    const [planned, writtenOff] = [this.#books.planned(number, day), this.#books.writtenOff(number)];
    const said = of?.amount ?? asked.amount;
    const says = `${customer.number} ${number} ${day}: asks ${asked.amount} of ${said}, open ${open}, promised ${promised}, disputed ${disputed}, planned ${planned}, written off ${writtenOff}`;
    const free = open - promised - disputed - planned - writtenOff;
    const tooMuch = asked.amount > free;
    if (open === 0) this.fault('paid', says);
    else if (writtenOff > 0 && tooMuch) this.fault('writtenOff', says);
    else if (promised > 0 && tooMuch) this.fault('promised', says);
    else if (disputed > 0 && tooMuch) this.fault('disputed', says);
    else if (planned > 0 && tooMuch) this.fault('planned', says);
    this.could('balance');
    const right = asked.amount === free && said === open && asked.currency === this.#books.bill(number)!.currency;
    if (!right) this.fault('balance', says);
  }

  #late = (customer: Customer, entity: string, day: string) =>
    this.#books.billsOf(customer).filter((bill) => bill.entity === entity && bill.due < day && this.#books.open(bill.number) > 0);

  /** A demand names every bill that may be asked for, and their sums less credit; where credit covers all, nothing. */
  #whole(customer: Customer, entity: string, mail: SeenMail, lines: readonly MailLine[], day: string, only = ''): void {
    const ask = (number: string) => this.#books.ask(number, day);
    const late = this.#late(customer, entity, day).filter(({ number, currency }) => ask(number) > 0 && [currency, ''].includes(only));
    const nets = this.#books.nets(late, day);
    const mentioned = mentionedIn(mail.body);
    const due = late.filter(({ number }) => nets.get(number)! > 0).map(({ number }) => number);
    this.could('balance', 1 + due.length);
    const strange = lines.filter(({ number }) => !due.includes(number));
    if (strange.length > 0) this.fault('balance', `${customer.number} ${entity} ${day}: asks for ${strange.map(({ number }) => number)}`);
    // What waits is left out; a notice names two and counts the rest.
    const missing = due.filter((number) => !mentioned.has(number) && !this.#rests(number, day));
    if (missing.length > 0 && customer.waiting.size === 0 && !STANDS.test(mail.body))
      this.fault('balance', `${customer.number} ${entity} ${day}: ${missing} is not shown`);
    const sums = amountsIn(`${mail.subject}\n${mail.body}`);
    for (const currency of new Set(lines.map(({ asked }) => asked.currency))) {
      const own = lines.filter(({ asked }) => asked.currency === currency);
      const total = own.reduce((sum, { number }) => sum + (nets.get(number) ?? 0), 0);
      if (!sums.some((each) => each.amount === total && each.currency === currency))
        this.fault('balance', `${customer.number} ${entity} ${day}: the total ${total} ${currency} is missing`);
    }
  }

  /** Not asked for though nothing covers it: nobody said yet where it begins, or its dispute was just closed. */
  #rests(number: string, day: string): boolean {
    const bill = this.#books.bill(number)!;
    const { customer } = bill;
    const settled = this.#books.settledOn.get(number);
    return (customer.startOpen && this.#isOld(bill)) || (settled !== undefined && workingDays(customer.place, settled, day) < SETTLED);
  }

  /** Every amount in a letter must be one that the books know of what it shows. */
  #known(customer: Customer, entity: string, mail: SeenMail, shown: readonly Bill[], day: string): void {
    const books = this.#books;
    const mentioned = mentionedIn(mail.body);
    const known = new Set([...(this.#broken.get(customer.number) ?? []), ...this.#fees.known(customer, entity)]);
    for (const currency of new Set(shown.map((bill) => bill.currency))) {
      const of = shown.filter((bill) => bill.currency === currency);
      const credit = books.credit(customer, entity, currency);
      const asked = this.#sum(of, (number) => books.ask(number, day));
      const apart = [
        this.#sum(of, (number) => books.promised(number, day)),
        this.#sum(of, books.disputed),
        this.#sum(of, (number) => books.planned(number, day)),
      ];
      const nets = books.nets(of, day);
      const listed = linesIn(mail.body, (number) => nets.has(number)).map(({ number }) => number);
      const net = (numbers: Iterable<string>) => [...numbers].reduce((sum, number) => sum + (nets.get(number) ?? 0), 0);
      const gross = listed.reduce((sum, number) => sum + books.ask(number, day), 0);
      const each = of.flatMap(({ number }) => [books.ask(number, day), books.open(number), nets.get(number)!]);
      each.push(net(listed), net(mentioned), gross - net(listed));
      for (const amount of [credit, asked - credit, ...apart, ...each]) known.add(`${amount} ${currency}`);
    }
    // A note rides in a mail about what is late.
    for (const { number, due, currency } of books.billsOf(customer))
      if (due >= day && mentioned.has(number)) known.add(`${books.ask(number, day)} ${currency}`);
    for (const { amount, currency } of amountsIn(`${mail.subject}\n${besidesNotice(mail.body)}`)) {
      this.could('balance');
      if (!known.has(`${amount} ${currency}`)) this.fault('balance', `${customer.number} ${day}: ${amount} ${currency} in the letter`);
    }
  }
}
