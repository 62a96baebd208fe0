import type { EInvoiceRead } from '../invoices/e-invoice.ts';
import type { MailBudget, MailLimits } from './mail-budget.ts';
import type { MailContent } from './mail-content.ts';

import type { MailTrouble, TroubleKind } from './mail-trouble.ts';

export interface MailHeaders {
  /** With angle brackets. */
  readonly messageId: string;
  /** Message ids of the account's mails before this one, oldest first. */
  readonly references: readonly string[];
  readonly date: Temporal.Instant;
  /** Where answers go instead of the sender's address, or null. */
  readonly replyTo: string | null;
}

/** What came of handing a message over. */
export type MailOutcome =
  | { readonly outcome: 'accepted'; readonly said: string }
  /** Certainly not taken: the server said so, or the message was never complete. `passing`: another try may succeed. */
  | { readonly outcome: 'refused'; readonly passing: boolean; readonly said: string }
  /**
   * Certainly not taken, and not for the mail: the account or the server takes none, or none of this sender. `mailSeen`: the server knew more of
   * the mail than its sender.
   */
  | {
      readonly outcome: 'held';
      readonly of: 'server' | 'sender';
      readonly kind: TroubleKind;
      readonly mailSeen: boolean;
      readonly said: string;
    }
  /** The last word was no: nothing was taken. */
  | { readonly outcome: 'withdrawn' }
  /** Complete, and no answer with a response code: it may have been taken. */
  | { readonly outcome: 'unknown'; readonly said: string };

export interface Mailer {
  /** Names the account at the mail server: what it may send, and what it suffers from, is counted under it. */
  readonly mailbox: string;
  compose(content: MailContent, headers: MailHeaders, files: (sha256: string) => Promise<Uint8Array>): Promise<Uint8Array>;
  /**
   * `lastWord` is asked when all but the end of the message has been handed over; only after its yes can the server take it. Never throws for
   * what the network or the server does.
   */
  send(from: string, to: readonly string[], bytes: Uint8Array, lastWord: () => Promise<boolean>): Promise<MailOutcome>;
}

/** The right to send one mail to an account, held on the account's own document; `fence` rises with each claim. */
export interface SendClaim {
  readonly account: string;
  readonly draft: string;
  readonly fence: number;
  /** The account's version when the claim was made: what the mail rests on is checked against it. */
  readonly version: number;
  /** An import is writing the account's rows. */
  readonly dirty: boolean;
  readonly phase: 'sending' | 'committing';
}

export interface SendClaims {
  /** Null while another mail holds the account. */
  claim(account: string, draft: string, until: Temporal.Instant): Promise<SendClaim | null>;
  /** The point of no return. False when the account has changed since the claim, an import holds it, or the claim is another's by now. */
  commit(claim: SendClaim, until: Temporal.Instant): Promise<boolean>;
  /** Those whose time is over: their holder has died, or hangs. */
  lapsed(now: Temporal.Instant): Promise<SendClaim[]>;
  /** Takes a lapsed one over, so that its former holder can neither commit nor release. Null when it has moved. */
  takeOver(claim: SendClaim, now: Temporal.Instant, until: Temporal.Instant): Promise<SendClaim | null>;
  release(claim: SendClaim): Promise<void>;
}

/** Counts mails by recipient domain and minute, over all instances. */
export interface MailRates {
  /** False when the domain has had its share of this minute. */
  take(domain: string, now: Temporal.Instant, perMinute: number): Promise<boolean>;
}

/** What the instances share of a mailbox. */
export interface MailState {
  readonly budget: MailBudget;
  readonly troubles: readonly MailTrouble[];
}

export interface MailStates {
  read(mailbox: string): Promise<{ readonly version: number; readonly state: MailState } | null>;
  /** False when the version has moved on; version 0: there was none. */
  write(mailbox: string, version: number, state: MailState): Promise<boolean>;
}

export interface SendTimes {
  /** A claim's life before the point of no return. */
  readonly claimSeconds: number;
  /** Behind it: how long the server may take to answer; longer than the mailer waits. */
  readonly answerSeconds: number;
  /** Mails to one recipient domain in a minute. */
  readonly perMinute: number;
  /** What the mailbox may send. */
  readonly limits: MailLimits;
}

/** Invoices as PDF that an operator keeps beside the program. */
export interface InvoiceFiles {
  /** `name` as invoiceCopy has it; at most so many bytes. */
  read(name: string, most: number): Promise<{ readonly bytes: Uint8Array } | { readonly problem: FileProblem }>;
  /** The e-invoice inside a file just read, or beside it under the same name as .xml; null: there is none. */
  eInvoice(name: string, bytes: Uint8Array): Promise<EInvoiceRead | null>;
}

/** Files of approved mails, by name. */
export interface OutboxFolder {
  names(): Promise<string[]>;
  /** The whole file or none. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  remove(name: string): Promise<void>;
}

export type FileProblem = 'absent' | 'outside' | 'too-large' | 'no-pdf';
