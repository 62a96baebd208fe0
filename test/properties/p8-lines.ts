import type { Customer } from './p8-books.ts';

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
  /** What happened to the customer since then, or ''. */
  struck: string;
  mailed: number;
}
