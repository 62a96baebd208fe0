import type { Customer } from './p8-books.ts';
import type { PlainCase } from './p8-judge-cases.ts';

/** What may never happen. */
export const LINES = {
  duplicate: 'the same mail twice',
  notAsApproved: 'sent otherwise than a named person approved it',
  oneApproval: 'a final notice with one approval',
  changedSince: 'sent although something changed after its approval',
  paid: 'asks for a paid invoice',
  promised: 'asks for what is promised',
  disputed: 'asks for what is disputed',
  planned: 'asks for what a plan or settlement covers',
  ended: 'a plan or settlement ended wrongly',
  duplicateFee: 'a fee or interest twice',
  wrongFee: 'a wrong fee or interest, claimed or in a mail',
  letter: 'a wrong amount in a confirmation, acknowledgement or thanks',
  onHold: 'to a customer on hold',
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
  placed: 'to a customer whom an agency follows up',
  writtenOff: 'asks for what is written off',
  demanded: 'a demand letter for what is paid, disputed, promised or not due',
  deadline: 'a demand letter with less time than the customer is owed',
  dayOff: 'a deadline on a day off',
  unentitled: 'a vote of somebody who may not decide',
  tooFew: 'carried out without enough entitled approvals',
  alone: 'a write-off above 500 on one approval',
  overtaken: 'carried out although its figures had changed',
  lapsed: 'decided after its time, or on an older version',
  finalLeft: 'a final state left',
  carriedTwice: 'carried out twice',
  placedEarly: 'placed before the deadline and three business days',
  placedWaiting: 'placed with a reply open, or with what is disputed',
  wrongWriteOff: 'a write-off ended or taken back wrongly',
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
  /** The customer's message that it answers, or null. */
  readonly answers: string | null;
  /** What it takes each invoice to. */
  readonly took: readonly { readonly invoice: string; readonly stage: string }[];
  /** The escalation that decided it, or undefined. */
  readonly of?: PlainCase;
  /** What happened to the customer since then, or ''. */
  struck: string;
  mailed: number;
}
