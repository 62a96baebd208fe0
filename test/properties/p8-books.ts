import { HOLIDAYS_2026 } from './known-holidays.ts';
import type { Fee } from './p8-fees.ts';
import { plainTerms } from './p8-terms.ts';

/** The plain ledger of the Zero table: what was handed to the importer and what people recorded, with nothing but sums. Minor units. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly rank: number;
  doNotContact: boolean;
}

export interface Customer {
  readonly number: string;
  readonly name: string;
  /** Country and region as in the list of holidays. */
  readonly place: string;
  readonly zone: string;
  /** Tag as the ledger has it, and the language in which letters to it must be. */
  readonly tag: string;
  readonly letters: 'en' | 'de' | 'fr' | 'es';
  readonly currency: string;
  readonly entities: readonly string[];
  readonly large: boolean;
  readonly autopay: boolean;
  readonly kind: 'company' | 'sole-trader';
  /** How its contract says that letters are served; by mail: the address. */
  readonly notice: 'email' | 'post';
  readonly noticeTo: string;
  /** Its agreement lets the whole balance of a plan in default fall due, and gives a fee for reminders. */
  readonly accelerates: boolean;
  readonly feeAgreed: boolean;
  readonly people: readonly Person[];
  readonly slowness: number;
  status: string;
  holdUntil: string;
  readonly waiting: Set<string>;
  /** It was late when it came to us, and nobody has said yet where its follow-up begins. */
  startOpen: boolean;
  /** Final notices had been sent about what was late then. */
  warned: boolean;
  /** The agency's claim on it, or ''. */
  placed: string;
  supplyStopped: boolean;
}

export interface Bill {
  readonly customer: Customer;
  readonly entity: string;
  readonly number: string;
  readonly currency: string;
  readonly total: number;
  readonly issued: string;
  readonly due: string;
}

export interface Receipt {
  readonly kind: 'payment' | 'credit-note';
  readonly customer: Customer;
  readonly entity: string;
  readonly number: string;
  readonly currency: string;
  readonly amount: number;
  readonly date: string;
  /** Number of the one bill it is for, or '' while it is for none. */
  readonly bill: string;
  readonly allocated: number;
  readonly annulled: boolean;
}

export interface Pledge {
  readonly bill: string;
  readonly amount: number;
  readonly openThen: number;
  readonly date: string;
}

const DAY_MS = 86_400_000;
/** Besides the national lists: Comunidad de Madrid 2026 (BOE), State of New York (General Construction Law, section 24). */
const OF_REGIONS: Readonly<Record<string, string>> = { 'ES-MD': '04-02 11-02 12-07', 'US-NY': '02-12 11-03' };
/** A transfer takes its time: a promise is waited for two business days past its date. */
const PROMISE_GRACE = 2;

export const addDays = (iso: string, days: number) => new Date(Date.parse(iso) + days * DAY_MS).toISOString().slice(0, 10);
export const daysFrom = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / DAY_MS;

export function offOn(place: string, iso: string): 'weekend' | 'holiday' | null {
  if ([0, 6].includes(new Date(iso).getUTCDay())) return 'weekend';
  const days = `${HOLIDAYS_2026[place]} ${OF_REGIONS[place] ?? ''}`;
  return iso.startsWith('2026') && days.includes(iso.slice(5)) ? 'holiday' : null;
}

/** Working days of a place behind one day through another. */
export function workingDays(place: string, from: string, to: string): number {
  let count = 0;
  for (let at = addDays(from, 1); at <= to; at = addDays(at, 1)) if (offOn(place, at) === null) count += 1;
  return count;
}

export function plainBooks() {
  const bills = new Map<string, Bill>();
  const billsOf = new Map<string, Bill[]>();
  const receipts = new Map<string, Map<string, Receipt>>();
  const paid = new Map<string, number>();
  const pledges = new Map<string, Map<string, Pledge>>();
  const contests = new Map<string, Map<string, number>>();
  /** The last day on which a bill became paid in full. */
  const closedOn = new Map<string, string>();
  const lapsed = ({ customer }: Bill, date: string, today: string) =>
    date < today && workingDays(customer.place, date, today) > PROMISE_GRACE;
  const terms = plainTerms({ open: (number) => books.open(number), lapsed });
  const books = {
    importedOn: '',
    terms,
    lapsed,
    /** By bill: the last day on which a dispute about it was closed. */
    settledOn: new Map<string, string>(),
    /** Claimed besides the bills, by customer. */
    fees: new Map<string, Fee[]>(),
    addBill(bill: Bill) {
      bills.set(bill.number, bill);
      billsOf.set(bill.customer.number, [...(billsOf.get(bill.customer.number) ?? []), bill]);
    },
    /** The same number again replaces what was known of it. */
    addReceipt(receipt: Receipt, today: string) {
      const known = under(receipts, receipt.customer.number);
      const before = known.get(receipt.number);
      const count = ({ bill, allocated, annulled }: Receipt, sign: number) =>
        bill !== '' && !annulled && paid.set(bill, (paid.get(bill) ?? 0) + sign * allocated);
      if (before) count(before, -1);
      count(receipt, 1);
      known.set(receipt.number, receipt);
      if (receipt.bill !== '' && books.open(receipt.bill) === 0) closedOn.set(receipt.bill, today);
    },
    bill: (number: string) => bills.get(number),
    billsOf: (customer: Customer) => billsOf.get(customer.number) ?? [],
    open: (number: string) => bills.get(number)!.total - (paid.get(number) ?? 0),
    closedOn: (number: string) => closedOn.get(number) ?? '',
    credit(customer: Customer, entity: string, currency: string): number {
      let sum = 0;
      for (const each of under(receipts, customer.number).values())
        if (each.entity === entity && each.currency === currency && !each.annulled)
          sum += each.amount - (each.bill === '' ? 0 : each.allocated);
      return sum;
    },
    receiptsOn: (bill: Bill): Receipt[] =>
      [...under(receipts, bill.customer.number).values()].filter((each) => each.bill === bill.number && !each.annulled),
    receiptsOf: (customer: Customer): Receipt[] => [...under(receipts, customer.number).values()].filter(({ annulled }) => !annulled),
    /** Money that came in on a bill through a day. */
    paidBy: (bill: Bill, through = '9999') =>
      sum(books.receiptsOn(bill).flatMap(({ kind, date, allocated }) => (kind === 'payment' && date <= through ? [allocated] : []))),
    creditedOn: (bill: Bill) => sum(books.receiptsOn(bill).flatMap(({ kind, allocated }) => (kind === 'credit-note' ? [allocated] : []))),
    pledgesOf: (bill: string) => [...under(pledges, bill).values()],
    contestsOf: (bill: string): number[] => [...under(contests, bill).values()],
    pledge: (id: string, pledge: Pledge) => void under(pledges, pledge.bill).set(id, pledge),
    endPledge: (bill: string, id: string) => under(pledges, bill).delete(id),
    contest: (id: string, bill: string, amount: number) => void under(contests, bill).set(id, amount),
    endContest: (bill: string, id: string) => under(contests, bill).delete(id),
    contested: (bill: string) => Math.min(books.open(bill), sum(under(contests, bill).values())),
    writtenOff: (bill: string) => Math.min(books.open(bill), terms.givenUp(bill)),
    disputed: (bill: string) => Math.min(books.open(bill) - books.writtenOff(bill), sum(under(contests, bill).values())),
    /** What is promised of a bill and still awaited: money that has come since then counts as the promise being kept. */
    promised(number: string, today: string): number {
      const open = books.open(number);
      const bill = bills.get(number)!;
      let awaited = 0;
      for (const { amount, openThen, date } of under(pledges, number).values()) {
        if (lapsed(bill, date, today)) continue;
        awaited += Math.max(0, Math.min(open, amount - Math.max(0, openThen - open)));
      }
      return Math.min(open - books.writtenOff(number) - books.disputed(number) - books.planned(number, today), awaited);
    },
    /** What rests of a bill because a plan, a settlement or a credit to come covers it. */
    planned: (number: string, today: string): number =>
      Math.min(books.open(number) - books.writtenOff(number) - books.disputed(number), terms.resting(number, today)),
    ask: (number: string, today: string) =>
      books.open(number) - books.writtenOff(number) - books.disputed(number) - books.planned(number, today) - books.promised(number, today),
    /** What may be asked of each late bill of a company: credit counts against the oldest first. */
    nets(late: readonly Bill[], today: string): Map<string, number> {
      const credit = new Map<string, number>();
      const nets = new Map<string, number>();
      for (const { customer, entity, number, currency } of late.toSorted((a, b) => (a.due + a.number < b.due + b.number ? -1 : 1))) {
        const left = credit.get(currency) ?? books.credit(customer, entity, currency);
        const ask = books.ask(number, today);
        const taken = Math.min(left, ask);
        credit.set(currency, left - taken);
        nets.set(number, ask - taken);
      }
      return nets;
    },
  };
  return books;
}

export type Books = ReturnType<typeof plainBooks>;

function under<T>(all: Map<string, Map<string, T>>, key: string): Map<string, T> {
  if (!all.has(key)) all.set(key, new Map());
  return all.get(key)!;
}

function sum(amounts: Iterable<number>): number {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total;
}

/** Deterministic: the same seed gives the same year. */
export function chances(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    of: (share: number) => next() < share,
    from: (low: number, high: number) => low + Math.floor(next() * (high - low + 1)),
    pick: <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)]!,
  };
}

export type Chances = ReturnType<typeof chances>;
