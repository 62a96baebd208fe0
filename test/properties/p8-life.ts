import type { LedgerRecord } from '../../src/ledger/ledger-record.ts';
import { addDays, type Bill, type Books, type Chances, type Customer, type Receipt } from './p8-books.ts';

const PLACES = [
  { place: 'GB-ENG', zone: 'Europe/London', tag: 'en-GB', letters: 'en', currency: 'GBP', entity: 'NWUK' },
  { place: 'DE-BY', zone: 'Europe/Berlin', tag: 'de', letters: 'de', currency: 'EUR', entity: 'NWEU' },
  { place: 'FR-', zone: 'Europe/Paris', tag: 'fr', letters: 'fr', currency: 'EUR', entity: 'NWEU' },
  { place: 'US-NY', zone: 'America/New_York', tag: 'en-US', letters: 'en', currency: 'USD', entity: 'NWUK' },
  { place: 'ES-MD', zone: 'Europe/Madrid', tag: 'es-ES', letters: 'es', currency: 'EUR', entity: 'NWEU' },
  // There are no Dutch letters: English it is.
  { place: 'NL-', zone: 'Europe/Amsterdam', tag: 'nl', letters: 'en', currency: 'EUR', entity: 'NWEU' },
  { place: 'DE-BE', zone: 'Europe/Berlin', tag: 'de-DE', letters: 'de', currency: 'EUR', entity: 'NWEU' },
  { place: 'GB-SCT', zone: 'Europe/London', tag: 'en', letters: 'en', currency: 'GBP', entity: 'NWUK' },
  { place: 'DE-NW', zone: 'Europe/Berlin', tag: 'DE', letters: 'de', currency: 'EUR', entity: 'NWEU' },
] as const;
const FIRST = [
  'Amber',
  'Birch',
  'Cedar',
  'Dorn',
  'Elm',
  'Falk',
  'Grove',
  'Heron',
  'Ivo',
  'Jasper',
  'Kestrel',
  'Linden',
  'Moor',
  'Nettle',
  'Otter',
];
const SECOND = ['Freight', 'Joinery', 'Kitchens', 'Looms', 'Mills', 'Optics', 'Pumps', 'Roofing', 'Sails', 'Tools', 'Valves'];
const GIVEN = ['Anna', 'Bruno', 'Clara', 'David', 'Elena', 'Felix', 'Greta', 'Hugo', 'Ines', 'Jonas', 'Karla', 'Leo', 'Marta', 'Nils'];
const FAMILY = [
  'Adler',
  'Bruck',
  'Castor',
  'Delmar',
  'Ebner',
  'Ferrer',
  'Garnier',
  'Hollis',
  'Ibarra',
  'Jensen',
  'Keller',
  'Laurent',
  'Moreau',
];

/** Days between two bills of a customer, on average. */
const BILLED_EVERY = 200;
/** Share of bills that are never paid, by slowness. */
const NEVER = [0, 0.02, 0.05, 0.6, 1];
/** Days between two bills of those who do not pay by themselves. */
const BILLED_UNPAID = 120;

export function customers(count: number, random: Chances): Customer[] {
  return Array.from({ length: count }, (_, i) => {
    const { entity, ...place } = PLACES[i % PLACES.length]!;
    // Some would rather read another language than that of their country.
    const other = random.of(0.1) ? PLACES[random.from(0, 4)]! : place;
    const people = Array.from({ length: random.of(0.7) ? 2 : 1 }, (_, n) => {
      const name = `${random.pick(GIVEN)} ${random.pick(FAMILY)}`;
      return { name, email: `${name.toLowerCase().replace(' ', '.')}.${n}@customer-${i}.example`, rank: n + 1, doNotContact: false };
    });
    const kind = random.of(0.2) ? 'sole-trader' : 'company';
    // The protocol for natural persons asks for paper.
    const notice = random.of(0.6) && !(kind === 'sole-trader' && place.place.startsWith('GB')) ? 'email' : 'post';
    return {
      ...place,
      ...{ kind, notice, noticeTo: `legal@customer-${i}.example`, placed: '', supplyStopped: false },
      tag: other.tag,
      letters: other.letters,
      number: `C${1000 + i}`,
      name: `${random.pick(FIRST)} ${random.pick(SECOND)} ${String.fromCharCode(65 + (i % 26), 65 + (Math.floor(i / 26) % 26))}`,
      entities: random.of(0.3) ? ['NWUK', 'NWEU'] : [entity],
      large: random.of(0.12),
      autopay: random.of(0.03),
      accelerates: random.of(0.4),
      feeAgreed: random.of(0.6),
      people,
      slowness: random.pick([0, 1, 1, 2, 2, 3, 4, 4]),
      status: 'active',
      holdUntil: '',
      waiting: new Set<string>(),
      startOpen: false,
      warned: false,
    };
  });
}

/** One thing the accounting system will tell, and how the plain books take it. */
export interface Entry {
  /** The same for what replaces what was told before. */
  readonly key: string;
  readonly record: LedgerRecord;
  readonly book: (today: string) => unknown;
}

/** The customers' year: what they are billed and how they pay, whether or not the program runs. Nothing counts before it is imported. */
export function customersLife(books: Books, random: Chances) {
  const agenda = new Map<string, (() => void)[]>();
  const left = new Map<string, number>();
  let entries: Entry[] = [];
  let count = 0;
  let today = '';

  const on = (day: string, happens: () => void) => agenda.set(day, [...(agenda.get(day) ?? []), happens]);
  const within = (low: number, high: number) => addDays(today, random.from(low, high));

  const tell = (receipt: Receipt) =>
    entries.push({ key: receipt.number, record: receiptRecord(receipt), book: (day) => books.addReceipt(receipt, day) });

  const life = {
    /** What of a bill the customer has not settled, whatever is imported. */
    left: (bill: Bill) => left.get(bill.number) ?? 0,
    bill(customer: Customer, issued: string, terms: number): Bill {
      count += 1;
      const entity = random.pick(customer.entities);
      const currency = random.of(0.1) ? random.pick(['GBP', 'EUR', 'USD']) : customer.currency;
      const total = random.of(0.1) ? random.from(1_000_000, 4_000_000) : random.from(5_000, 900_000);
      const number = `${entity.slice(0, 1)}${entity.slice(2, 3)}-${100_000 + count}`;
      const bill = { customer, entity, number, currency, total, issued, due: addDays(issued, terms) };
      left.set(number, total);
      entries.push({ key: number, record: billRecord(bill), book: () => books.addBill(bill) });
      life.settle(bill);
      return bill;
    },
    /** When and how a bill will be paid, by the customer's habit. */
    settle(bill: Bill) {
      const { slowness } = bill.customer;
      const late = [random.from(-5, 1), random.from(0, 20), random.from(5, 45), random.from(20, 120), 0][slowness]!;
      const day = addDays(bill.due, late);
      if (random.of(NEVER[slowness]!)) return;
      on(day < today ? today : day, () => life.pay(bill, random.of(0.2) ? 0.5 : 1));
    },
    pay(bill: Bill, share: number) {
      const amount = Math.round(life.left(bill) * share);
      if (amount <= 0) return;
      count += 1;
      const over = random.of(0.06) ? random.from(100, 20_000) : 0;
      const unallocated = random.of(0.08);
      const receipt = receiptOn(bill, 'payment', `PAY-${count}`, amount + over, amount, today);
      left.set(bill.number, life.left(bill) - amount);
      tell(unallocated ? { ...receipt, bill: '', allocated: 0 } : receipt);
      // Somebody finds out which invoice it was for.
      if (unallocated) on(within(2, 9), () => tell(receipt));
      else if (random.of(0.04)) on(within(2, 12), () => life.bounce(bill, receipt));
      if (share < 1) on(within(8, 40), () => life.pay(bill, 1));
    },
    bounce(bill: Bill, receipt: Receipt) {
      left.set(bill.number, life.left(bill) + receipt.allocated);
      tell({ ...receipt, annulled: true });
      on(within(10, 40), () => life.pay(bill, 1));
    },
    credit(bill: Bill, amount: number) {
      const taken = Math.min(amount, life.left(bill));
      if (taken <= 0) return;
      count += 1;
      const open = random.of(0.15);
      const note = receiptOn(bill, 'credit-note', `CRN-${count}`, taken, taken, today);
      if (!open) left.set(bill.number, life.left(bill) - taken);
      tell(open ? { ...note, bill: '', allocated: 0 } : note);
    },
    /** What the bookkeepers were asked to give up. */
    writeOff(bill: Bill, amount: number) {
      count += 1;
      left.set(bill.number, life.left(bill) - amount);
      tell(receiptOn(bill, 'credit-note', `CRN-${count}`, amount, amount, today));
    },
    /** Money for nothing in particular. */
    onAccount(bill: Bill, amount: number) {
      count += 1;
      tell({ ...receiptOn(bill, 'payment', `PAY-${count}`, amount, amount, today), bill: '', allocated: 0 });
    },
    contact(customer: Customer, person: Customer['people'][number], doNotContact: boolean) {
      const { name, email, rank } = person;
      const record = {
        kind: 'contact' as const,
        account: { number: customer.number },
        name,
        email,
        phone: '',
        role: 'accounts-payable',
        rank,
        doNotContact,
      };
      entries.push({ key: email, record, book: () => Object.assign(person, { doNotContact }) });
    },
    /** A night passes: new bills, and what was going to happen today. */
    night(day: string, all: readonly Customer[]) {
      today = day;
      for (const customer of all) {
        if (!random.of(1 / (customer.slowness === NEVER.indexOf(1) ? BILLED_UNPAID : BILLED_EVERY))) continue;
        const bill = life.bill(customer, day, random.pick([14, 14, 30]));
        if (random.of(0.06))
          on(addDays(bill.due, random.from(-3, 25)), () => life.credit(bill, Math.round(bill.total * random.pick([0.1, 0.4, 1]))));
      }
      for (const happens of agenda.get(day) ?? []) happens();
      agenda.delete(day);
    },
    /** Everything since the last time, for one file. */
    take(): Entry[] {
      const taken = entries;
      entries = [];
      return taken;
    },
  };
  return life;
}

export type Life = ReturnType<typeof customersLife>;

const receiptOn = (
  { customer, entity, currency, number }: Bill,
  kind: Receipt['kind'],
  own: string,
  amount: number,
  allocated: number,
  date: string,
): Receipt => ({ kind, customer, entity, number: own, currency, amount, date, bill: number, allocated, annulled: false });

function billRecord({ customer, entity, number, currency, total, issued, due }: Bill): LedgerRecord {
  const account = { number: customer.number };
  const copy = `https://portal.example/${number}.pdf`;
  const nothing = { copy, stated: 0, settled: '' as const, disputed: 0, cancelled: false, purchaseOrder: '', payLink: '' };
  return { kind: 'invoice', account, entity, number, currency, total, issued: issued as never, due: due as never, ...nothing };
}

function receiptRecord({ kind, customer, entity, number, currency, amount, date, bill, allocated, annulled }: Receipt): LedgerRecord {
  const allocations = bill === '' ? [] : [{ invoice: bill, amount: allocated }];
  return {
    kind,
    account: { number: customer.number },
    entity,
    number,
    currency,
    amount,
    date: date as never,
    allocations,
    annulled,
    reason: '',
  };
}

/** Everything known of the customers before the year begins. */
export function firstLedger(all: readonly Customer[]): LedgerRecord[] {
  return all.flatMap((customer): LedgerRecord[] => {
    const { number, name, place, tag: language, zone, large, autopay, entities, people } = customer;
    const [country = '', region = ''] = place.split('-');
    const segment = large ? 'large' : 'medium';
    const account = { number, name, country, region, language, zone, segment, autopay, entity: entities[0]!, kind: customer.kind };
    const contacts = people.map(({ name, email, rank, doNotContact }) => ({
      kind: 'contact' as const,
      account: { number },
      name,
      email,
      phone: '',
      role: 'accounts-payable',
      rank,
      doNotContact,
    }));
    return [{ kind: 'account', account }, ...contacts];
  });
}
