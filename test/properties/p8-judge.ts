import { addDays, type Bill, type Books, type Customer, daysFrom, offOn, workingDays } from './p8-books.ts';
import { amountsIn, languageOf, linesIn, type MailLine, type SeenMail, stepOf } from './p8-mail.ts';

/** What may never happen. */
export const LINES = {
  duplicate: 'the same mail twice',
  notAsApproved: 'sent otherwise than a named person approved it',
  oneApproval: 'a final notice with one approval',
  changedSince: 'sent although something changed after its approval',
  paid: 'asks for a paid invoice',
  promised: 'asks for what is promised',
  disputed: 'asks for what is disputed',
  held: 'to a customer on hold',
  stopped: 'to an insolvent, represented or debited customer',
  waiting: 'while their answer waits for ours',
  doNotContact: 'to a person who asked not to be contacted',
  startUnconfirmed: 'before anybody said where follow-up begins',
  stale: 'on a ledger that is too old',
  balance: 'a wrong balance',
  language: 'a wrong language',
  skipped: 'a stage skipped or repeated',
  early: 'a stage before its day',
  twoContacts: 'two contacts on one day',
  weekend: 'on a weekend',
  holiday: 'on a public holiday',
  hours: 'outside the customer’s working hours',
  demandGap: 'less than five business days between demands',
} as const;
export type Line = keyof typeof LINES;

/** What people approved, as they saw it. */
export interface Approved {
  readonly customer: Customer;
  readonly entity: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly by: string[];
  /** What happened to the customer since then, or ''. */
  struck: string;
  mailed: number;
}

const STEPS = [
  'note',
  'friendly',
  'reminder',
  'call',
  'firm',
  'second-contact',
  'manager-call',
  'final-notice',
  'demand-letter',
  'last-step',
];
const LARGE_STEPS = STEPS.with(2, 'call').with(3, 'reminder');
const DAY_OF: Readonly<Record<string, number>> = {
  note: -7,
  friendly: 3,
  reminder: 10,
  call: 14,
  firm: 21,
  'second-contact': 30,
  'manager-call': 40,
  'final-notice': 45,
  'demand-letter': 60,
  'last-step': 90,
};
/** Large customers are called a week earlier. */
const dayOf = (step: string, { large }: Customer) => (large && step === 'call' ? 7 : DAY_OF[step]!);
const DEMANDS = new Set(['friendly', 'reminder', 'firm', 'second-contact', 'final-notice']);
const DEMAND_GAP = 5;
/** From the first step on, a late customer could get a mail any day. */
const FIRST_DEMAND = 3;
const RECENT = 14;

/** Counts how often each line could have happened and how often it did. Knows nothing but the books, the calendar and what left the company. */
export function plainJudge(books: Books, ours: string, begins: string) {
  const counts = Object.fromEntries(Object.keys(LINES).map((line) => [line, { of: 0, faults: 0 }])) as Record<
    Line,
    { of: number; faults: number }
  >;
  const examples: string[] = [];
  const steps = new Map<string, number>();
  const lastDemand = new Map<string, string>();
  const contactDays = new Set<string>();
  const owed = new Map<string, Set<string>>();

  const could = (line: Line, times = 1) => {
    counts[line].of += times;
  };
  const fault = (line: Line, why: string) => {
    counts[line].faults += 1;
    if (examples.length < 40) examples.push(`${line}: ${why}`);
  };

  /** A contact of whatever channel on the customer's day. */
  const contacted = (customer: Customer, today: string) => {
    could('twoContacts');
    const key = `${customer.number} ${today}`;
    if (contactDays.has(key)) fault('twoContacts', key);
    contactDays.add(key);
  };

  /** A step of the ladder was taken for some bills; the first of them leads. */
  const stepped = (customer: Customer, entity: string, step: string, named: readonly Bill[], today: string) => {
    const order = customer.large ? LARGE_STEPS : STEPS;
    const index = order.indexOf(step);
    const place = (bill: Bill) => steps.get(`${entity} ${bill.number}`) ?? -1;
    const [lead] = named.toSorted((a, b) => (a.due + a.number < b.due + b.number ? -1 : 1));
    if (!lead) return fault('skipped', `${customer.number} ${step} ${today} names no invoice`);
    could('skipped');
    could('early');
    const expected = step === 'note' ? 0 : Math.max(place(lead) + 1, 1);
    if (index !== expected || (step === 'note' && place(lead) >= 0))
      fault('skipped', `${customer.number} ${lead.number} ${today}: ${step}, expected ${order[expected]}`);
    if (daysFrom(lead.due, today) < dayOf(step, customer)) fault('early', `${customer.number} ${lead.number} ${today}: ${step}`);
    for (const bill of named) steps.set(`${entity} ${bill.number}`, Math.max(place(bill), index));
    // What is paid leaves the ladder; should a payment bounce, it starts again.
    for (const bill of books.billsOf(customer))
      if (bill.entity === entity && books.open(bill.number) === 0) steps.delete(`${entity} ${bill.number}`);
    if (!DEMANDS.has(step)) return;
    const before = lastDemand.get(`${customer.number} ${entity}`);
    if (before !== undefined) could('demandGap');
    if (before !== undefined && workingDays(customer.place, before, today) < DEMAND_GAP)
      fault('demandGap', `${customer.number} ${entity} ${before} and ${today}`);
    lastDemand.set(`${customer.number} ${entity}`, today);
  };

  /** What may be asked for of late bills of one entity: by currency, less credit, where something is left. */
  const due = (customer: Customer, entity: string, today: string) => {
    const late = books.billsOf(customer).filter((bill) => bill.entity === entity && bill.due < today && books.open(bill.number) > 0);
    const asked = late.filter((bill) => books.ask(bill.number, today) > 0);
    const currencies = [...new Set(asked.map((bill) => bill.currency))].map((currency) => {
      const sum = asked.reduce((total, bill) => (bill.currency === currency ? total + books.ask(bill.number, today) : total), 0);
      const credit = books.credit(customer, entity, currency);
      return { currency, credit, total: sum - credit };
    });
    const covered = new Set(currencies.filter(({ total }) => total <= 0).map(({ currency }) => currency));
    return { late, asked: asked.filter(({ currency }) => !covered.has(currency)), totals: currencies.filter(({ total }) => total > 0) };
  };

  /** Each line of a letter against the books. */
  const amounts = (customer: Customer, lines: readonly MailLine[], today: string) => {
    for (const { number, asked, of } of lines) {
      const open = books.open(number);
      const [promised, disputed] = [books.promised(number, today), books.disputed(number)];
      const says = `${customer.number} ${number} ${today}: asks ${asked.amount} of ${of?.amount ?? asked.amount}, open ${open}, promised ${promised}, disputed ${disputed}`;
      if (open === 0) fault('paid', says);
      else if (promised > 0 && asked.amount > open - promised - disputed) fault('promised', says);
      else if (disputed > 0 && asked.amount > open - promised - disputed) fault('disputed', says);
      could('balance');
      if (asked.amount !== open - promised - disputed || (of?.amount ?? asked.amount) !== open) fault('balance', says);
      if (asked.currency !== books.bill(number)!.currency) fault('balance', says);
    }
  };

  /** Every amount in a letter must be one the books know, and its invoices those that are due. */
  const whole = (customer: Customer, entity: string, mail: SeenMail, lines: readonly MailLine[], note: boolean, today: string) => {
    const { late, asked, totals } = due(customer, entity, today);
    const shown = note ? lines.map(({ number }) => books.bill(number)!) : late;
    const known = new Set<string>();
    const knows = (amount: number, currency: string) => known.add(`${amount} ${currency}`);
    for (const currency of new Set(shown.map((bill) => bill.currency))) {
      const of = shown.filter((bill) => bill.currency === currency);
      const credit = books.credit(customer, entity, currency);
      knows(credit, currency);
      knows(
        of.reduce((total, { number }) => total + books.promised(number, today), 0),
        currency,
      );
      knows(
        of.reduce((total, { number }) => total + books.disputed(number), 0),
        currency,
      );
      knows(of.reduce((total, { number }) => total + books.ask(number, today), 0) - credit, currency);
      for (const { number } of of) knows(books.ask(number, today), currency);
      for (const { number } of of) knows(books.open(number), currency);
    }
    for (const promise of owed.get(customer.number) ?? []) known.add(promise);
    const sums = amountsIn(`${mail.subject}\n${mail.body}`);
    could('balance', sums.length);
    for (const { amount, currency } of sums)
      if (!known.has(`${amount} ${currency}`)) fault('balance', `${customer.number} ${today}: ${amount} ${currency} in the letter`);
    if (note) return;
    const [said, expected] = [lines.map(({ number }) => number), asked.map(({ number }) => number)].map((all) => all.toSorted().join(' '));
    could('balance');
    if (said !== expected) fault('balance', `${customer.number} ${entity} ${today}: names ${said}, due are ${expected}`);
    for (const { total, currency } of totals)
      if (!sums.some((each) => each.amount === total && each.currency === currency))
        fault('balance', `${customer.number} ${entity} ${today}: the total ${total} ${currency} is missing`);
  };

  /** Nothing may go to this customer now, whatever it says. */
  const stopped = (customer: Customer, mail: SeenMail, today: string, hour: number) => {
    const at = `${customer.number} ${today}`;
    if (customer.holdUntil >= today) fault('held', at);
    if (customer.status !== 'active' || customer.autopay) fault('stopped', `${at} ${customer.status}`);
    if (customer.waiting.size > 0) fault('waiting', at);
    if (mail.to.some((address) => customer.people.some((person) => person.email === address && person.doNotContact)))
      fault('doNotContact', at);
    if (isStale()) fault('stale', at);
    const off = offOn(customer.place, today);
    if (off) fault(off, `${at} ${customer.place}`);
    if (hour < 8 || hour >= 18) fault('hours', `${at} ${hour}h`);
  };

  let today = '';
  const isOld = ({ due }: Bill) => due < begins;
  const isStale = () => workingDays(ours, books.importedOn, today) > 1;

  return {
    counts,
    examples,
    could,
    contacted,
    /** A promise that was broken may be named in letters. */
    broke: (customer: Customer, amount: number, currency: string) =>
      owed.set(customer.number, (owed.get(customer.number) ?? new Set()).add(`${amount} ${currency}`)),
    /** Once a day on which the program runs: what could go wrong today. */
    morning(day: string, customers: readonly Customer[]) {
      today = day;
      for (const customer of customers) {
        const bills = books.billsOf(customer).filter(({ due }) => addDays(due, FIRST_DEMAND) <= day);
        for (const { number } of bills) {
          if (books.open(number) === 0 && addDays(books.closedOn(number), RECENT) >= day) could('paid');
          if (books.promised(number, day) > 0) could('promised');
          if (books.disputed(number) > 0) could('disputed');
        }
        if (!bills.some(({ number }) => books.open(number) > 0)) continue;
        const off = offOn(customer.place, day);
        if (off) could(off);
        if (customer.holdUntil >= day) could('held');
        if (customer.status !== 'active' || customer.autopay) could('stopped');
        if (customer.waiting.size > 0) could('waiting');
        if (customer.startOpen && bills.some(isOld)) could('startUnconfirmed');
        if (customer.people.some(({ doNotContact }) => doNotContact)) could('doNotContact');
        if (isStale()) could('stale');
      }
    },
    call(customer: Customer, entity: string, step: string, numbers: readonly string[], day: string, contact: boolean) {
      if (contact) contacted(customer, day);
      stepped(
        customer,
        entity,
        step,
        numbers.map((number) => books.bill(number)!),
        day,
      );
    },
    mail(mail: SeenMail, customer: Customer, approvals: readonly Approved[], now: Temporal.Instant) {
      const local = now.toZonedDateTimeISO(customer.zone);
      const day = local.toPlainDate().toString();
      today = day;
      stopped(customer, mail, day, local.hour);
      contacted(customer, day);
      could('notAsApproved');
      const same = approvals.filter(({ to, subject, body }) => to === mail.to.join() && subject === mail.subject && body === mail.body);
      const approval = same.find((each) => each.mailed === 0) ?? same[0];
      const step = stepOf(mail.subject);
      const where = `${customer.number} ${day} "${mail.subject}"`;
      if (!approval || step === '') return fault('notAsApproved', where);
      approval.mailed += 1;
      if (approval.mailed > 1) fault('duplicate', where);
      if (approval.struck !== '') fault('changedSince', `${where}: ${approval.struck}`);
      const people = new Set(approval.by).size;
      if (people === 0) fault('notAsApproved', where);
      if (step === 'final-notice') could('oneApproval');
      if (step === 'final-notice' && people < 2) fault('oneApproval', where);
      could('language');
      const language = languageOf(mail.body);
      if (language !== customer.letters) fault('language', `${where}: ${language}, not ${customer.letters}`);
      const lines = linesIn(mail.body, (number) => books.bill(number)?.customer === customer);
      if (customer.startOpen && lines.some(({ number }) => isOld(books.bill(number)!))) fault('startUnconfirmed', where);
      amounts(customer, lines, day);
      whole(customer, approval.entity, mail, lines, step === 'note', day);
      stepped(
        customer,
        approval.entity,
        step,
        lines.map(({ number }) => books.bill(number)!),
        day,
      );
    },
  };
}

export type Judge = ReturnType<typeof plainJudge>;
