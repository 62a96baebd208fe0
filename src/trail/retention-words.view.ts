import { counted } from '../slack/text.ts';
import { FEWEST_MONTHS, type KeepReason, MOST_MONTHS, type RecordKind } from './retention.ts';

export const RECORD_WORDS: Readonly<Record<RecordKind, string>> = {
  bookkeeping: 'invoices, credit notes and payments',
  correspondence: 'emails and letters sent, and replies',
  history: 'words of the history and of decisions',
  drafts: 'emails that were never sent',
  contacts: 'contacts',
};

/** Sources: docs/decisions/retention.md. */
const COMMON: Readonly<Record<RecordKind, string>> = {
  bookkeeping: 'Commonly: 6 years in the UK and Spain, 8 in Germany, 10 in France, 3 to 7 in the US, from the end of the year',
  correspondence: 'Commonly: 6 years in Germany and Spain, from the end of the year',
  history: 'Commonly: as long as claims can be brought, 3 years in Germany, 5 in France and Spain, 6 in England',
  drafts: 'No law asks for them. Counted from the day they were written for',
  contacts: 'No law asks for them; the GDPR: no longer than needed. Counted from the last thing that happened on the account',
};

export const monthsHint = (kind: RecordKind): string =>
  `${COMMON[kind]}. Whole months, ${FEWEST_MONTHS[kind]} to ${MOST_MONTHS}; empty: kept for good.`;

export const KEPT_WORDS: Readonly<Record<KeepReason, string>> = {
  'legal-hold': 'on legal hold',
  balance: 'an invoice is open or in dispute, or an import is under way',
  credit: 'a payment or credit is not used up',
  decision: 'a decision, a mandate or a stop of supply is open',
  arrangement: 'a promise, plan, offer or posting is open',
  dispute: 'a dispute is open',
  placed: 'with an agency or law firm',
  charges: 'interest or fees are claimed and not paid',
  answer: 'a reply is unanswered',
  mail: 'an email is in review or on its way',
};

export const monthsText = (months: number | null): string => (months === null ? 'for good' : counted(months, 'month'));

/** https://www.mongodb.com/docs/manual/core/replica-set-oplog/ and, of free space, https://www.mongodb.com/docs/manual/reference/command/compact/ */
export const MONGODB_KEEPS =
  'MongoDB itself keeps what was erased for a while: in its oplog until the oplog has rolled over, in free space of its files until that is used again, and in snapshots. Ask whoever runs the server to shorten the oplog and to delete old snapshots.';
