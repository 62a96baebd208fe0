/** What kind of customer it is; formal steps against a natural person follow other law, and 'unknown' blocks them. */
export type CustomerKind = 'company' | 'sole-trader' | 'public-body' | 'unknown';

/** Each but 'active' is a hard stop with a task for a person. */
export type AccountStatus = 'active' | 'insolvent' | 'represented' | 'ceased-trading' | 'do-not-contact';

/** What a file says of the agreement with a customer; charges/imported-terms.ts puts it on file. Left out or '': it does not say. */
export interface AgreedInFile {
  /** A code of charges/law.ts. */
  readonly law?: string;
  /** Digits: days. */
  readonly paymentTerms?: string;
  /** One of charges/agreement.ts NOTICE_METHODS. */
  readonly noticeMethod?: string;
  readonly noticeAddress?: string;
  /** Currency and minor units, one after the other: 'EUR 1500 GBP 1200'. */
  readonly reminderFee?: string;
}

/** What a file says of credit limits decided elsewhere; credit/import-limits.op.ts puts it on file. Left out or '': it does not say. */
export interface LimitsInFile {
  /** Currency and minor units, one after the other: 'EUR 5000000 GBP 0'. 0 is cash in advance. */
  readonly creditLimit?: string;
  /** For the account and all below it; written like the other. */
  readonly groupLimit?: string;
  /** The last day on which both count, as an ISO day. */
  readonly limitUntil?: string;
}

/** What the ledger says of a customer. `id` is stable over imports; `number` is the customer number in the accounting system. */
export interface LedgerAccount extends AgreedInFile, LimitsInFile {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2, upper case; '' when the ledger does not say. */
  readonly country: string;
  /** ISO 3166-2 subdivision without the country ('BY' for Bavaria), for regional holidays; '' when unknown. */
  readonly region: string;
  /** IETF language of the customer's mail: 'en', 'de', 'fr', 'es'; '' when the ledger does not say. */
  readonly language: string;
  /** IANA zone; "today" of the account is meant in it. '' means the company's zone. */
  readonly zone: string;
  readonly segment: string;
  readonly kind: CustomerKind;
  /** Account id of the parent company, or null. */
  readonly parent: string | null;
  /** Code of the selling entity that usually invoices; each invoice names its own. */
  readonly entity: string;
  /** Slack user id or email of the account owner in sales; '' when unknown. */
  readonly owner: string;
  /** Pays by direct debit: never reminded. */
  readonly autopay: boolean;
}

/** A person at the customer. */
export interface Contact {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  /** How the person wishes to be addressed, as the ledger says it: 'Ms Quill', 'Frau Dr. Quill'; left out: it does not say. Never guessed from a name. */
  readonly salutation?: string;
  readonly email: string;
  readonly phone: string;
  /** 'accounts-payable' | 'decision-maker' | 'buyer' | ...: free text of the ledger, lower case. */
  readonly role: string;
  /** Order in which steps go to contacts, 1 first. */
  readonly rank: number;
  readonly doNotContact: boolean;
}
