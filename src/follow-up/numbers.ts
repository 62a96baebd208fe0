import { exponentOf } from '../kernel/money.ts';
import type { CurrencyAmounts } from './policy.ts';

/** The numbers of follow-up that no form changes. Business days, unless it says otherwise. */
export const NUMBERS = {
  /** Between a mail and a call, either way. */
  contactGap: 2,
  /** A call of that stage or a higher one covers an invoice through so many days before its own day. */
  callCovers: 10,
  /** A call that nobody makes is passed over. */
  callWaits: 5,
  /** Days of tries that reached nobody, after which a call is passed over. */
  callTries: 3,
  /** Without being named, before a statement goes. */
  statementAfter: 20,
  /** A statement or a note waits for a mail that comes within these. */
  mailComes: 5,
  /** Statements about a small balance, then only the queue. */
  smallStatements: 3,
  /** Calendar days late from which a small balance stands in its queue. */
  smallFrom: 60,
  /** Calendar days behind a firm or formal mail in which no words are friendly. */
  plainDays: 30,
  /** A reply about others rests an entity's other invoices. */
  replyRests: 5,
  /** Behind the due date, for the question whether an invoice joins those that are placed. */
  placementQuestion: 3,
  /** Behind the end of a dispute. */
  disputeRests: 5,
  /** Behind a letter's deadline. */
  letterGrace: 3,
  /** An approved letter goes before ordinary mails, at most. */
  letterWaits: 5,
  /** Calendar days for which an answer of the account's owner counts: ten business days. */
  ownerAnswer: 14,
  /** That a notice in formal words has run before anything is demanded or decided by it. */
  noticeRuns: 10,
  /** People said no to a formal step. */
  noDays: 20,
  /** Calendar days to which a person may put the question off. */
  longestNo: 60,
  /** Calendar days for which a small balance is kept. */
  keptDays: 60,
  /** Over which the first messages are spread after starts were confirmed. */
  startSpread: 5,
  /** Calendar days that the next date is searched for. */
  searched: 130,
} as const;

/** How many units of a currency stand for one euro where a limit is shipped; a currency without a figure has no minimum. */
const UNITS: Readonly<Record<string, number>> = {
  ...{ EUR: 1, GBP: 1, USD: 1, CHF: 1, SEK: 10, NOK: 10, DKK: 10, PLN: 4, CZK: 25, HUF: 400, JPY: 160 },
};

/** A shipped minimum in each currency that has figures; minor units. */
export function minimumsOf(euros: number): CurrencyAmounts {
  return Object.fromEntries(Object.entries(UNITS).map(([currency, units]) => [currency, euros * units * 10 ** exponentOf(currency)]));
}

/** A statement goes about no less. */
export const STATEMENT_MINIMUM = minimumsOf(25);
