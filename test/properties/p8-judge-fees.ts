import type { Bill, Books, Customer } from './p8-books.ts';
import { type Fee, feesLeft, plainInterest, plainSum, REMINDER_FEE } from './p8-fees.ts';
import type { Line } from './p8-lines.ts';
import { claimedIn, type SeenMail } from './p8-mail.ts';

export interface Counting {
  could(line: Line, times?: number): void;
  fault(line: Line, why: string): void;
}

/** Reminders for which the agreements of the year give a fee. */
const PAID_FOR = new Set(['reminder', 'firm', 'second-contact', 'final-notice']);
/** Letters that say what is claimed besides the bills. */
const SAYING = new Set(['firm', 'second-contact', 'final-notice']);

/** Judges what is claimed besides the bills, and what letters say of it. */
export class Fees {
  #books: Books;
  #counting: Counting;
  /** Bill and step of every letter that went out. */
  #sent = new Set<string>();

  constructor(books: Books, counting: Counting) {
    this.#books = books;
    this.#counting = counting;
  }

  /** Somebody claimed, and the program wrote it down or not. */
  claims(bill: Bill, kind: Fee['kind'], stage: string, amount: number, today: string, done: boolean): void {
    const own = this.#of(bill.customer);
    const before = own.filter((each) => each.bill === bill && each.kind === kind && each.stage === stage);
    const claimed = before.reduce((sum, each) => sum + each.amount, 0);
    const right = kind === 'interest' ? plainInterest(this.#books, bill, today) - claimed : this.#once(bill, kind, stage);
    const twice = before.length > 0 && (kind !== 'interest' || right === 0);
    if (twice) this.#counting.could('duplicateFee');
    if (!done) return;
    const where = `${bill.customer.number} ${bill.number} ${today}: ${kind} ${stage} ${amount}`;
    if (twice) this.#counting.fault('duplicateFee', where);
    this.#counting.could('wrongFee');
    if (!twice && amount !== right) this.#counting.fault('wrongFee', `${where}, not ${right}`);
    own.push({ bill, kind, stage, amount, left: amount });
  }

  mail({ body }: SeenMail, step: string, customer: Customer, entity: string, bills: readonly Bill[]): void {
    for (const { number } of bills) this.#sent.add(`${entity} ${number} ${step}`);
    const said = claimedIn(body).map(({ amount, currency }) => `${amount} ${currency}`);
    const right = SAYING.has(step) ? this.known(customer, entity) : [];
    this.#counting.could('wrongFee');
    if (said.toSorted().join() !== right.toSorted().join())
      this.#counting.fault('wrongFee', `${customer.number} ${entity} ${step}: says ${said}, claimed are ${right}`);
  }

  /** What a letter may say is claimed. */
  known = (customer: Customer, entity: string): string[] =>
    [...feesLeft(this.#of(customer), entity)].map(([currency, amount]) => `${amount} ${currency}`);

  #once(bill: Bill, kind: Fee['kind'], stage: string): number {
    if (kind === 'compensation') return plainSum(this.#books, bill);
    const earned = bill.customer.feeAgreed && PAID_FOR.has(stage) && this.#sent.has(`${bill.entity} ${bill.number} ${stage}`);
    return earned ? REMINDER_FEE : 0;
  }

  #of({ number }: Customer): Fee[] {
    const all = this.#books.fees;
    if (!all.has(number)) all.set(number, []);
    return all.get(number)!;
  }
}
