import type { Money } from '../kernel/money.ts';
import { type MailLayout, mailHtml } from './mail-html.ts';

export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

/** Bytes lie apart under their digest. */
export interface MailAttachment {
  readonly name: string;
  readonly type: string;
  /** Hex. */
  readonly sha256: string;
  readonly size: number;
  /** Fingerprint of what it shows: the same figures, however they were rendered. */
  readonly shows: string;
}

/** What the mail asks for of one invoice, and what is known of it; minor units. */
export interface DraftInvoice {
  readonly number: string;
  readonly currency: string;
  readonly residual: number;
  readonly promised: number;
  readonly disputed: number;
  readonly asked: number;
}

/** What the mail says besides its invoices: credit taken off the sum, amounts that rest, interest and fees claimed apart. Minor units, one for each reason and currency. */
export interface ApartAmount {
  readonly why: 'credit' | 'promised' | 'disputed' | 'planned' | 'claimed';
  readonly currency: string;
  readonly amount: number;
}

/** An invoice that the mail shows besides what it asks for; minor units. `stage`: the one that it is taken to. */
export interface ShownPart {
  readonly part: 'firmer' | 'also' | 'formal' | 'notes';
  readonly number: string;
  readonly currency: string;
  readonly amount: number;
  readonly stage?: string;
}

/** What a mail asks for in each of its currencies, credit taken off; minor units. */
export function askedIn({ invoices, apart }: Pick<MailContent, 'invoices' | 'apart'>): Money[] {
  return [...Map.groupBy(invoices, ({ currency }) => currency)].map(([currency, own]) => {
    const credit = apart.filter((each) => each.why === 'credit' && each.currency === currency);
    const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
    return { currency, amount: sum(own.map(({ asked }) => asked)) - sum(credit.map(({ amount }) => amount)) };
  });
}

/** The mail exactly as it would be sent. */
export interface MailContent {
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly subject: string;
  /** Plain text, lines ended by \n. */
  readonly body: string;
  readonly attachments: readonly MailAttachment[];
  readonly invoices: readonly DraftInvoice[];
  readonly apart: readonly ApartAmount[];
  /** Left out where it shows nothing else. */
  readonly parts?: readonly ShownPart[];
  /** Of the HTML beside the text; left out in mails that go as text alone, as those did that were written before there was HTML. */
  readonly layout?: MailLayout;
}

/**
 * What an approval covers: any change of it voids the approval. Not the freshness stamp and not a revision, or every import would void
 * everything.
 */
export function approvalBasis({ from, to, cc, subject, body, attachments, invoices, apart, parts, layout }: MailContent) {
  return {
    from: from.address,
    to: to.map(({ address }) => address),
    cc: cc.map(({ address }) => address),
    subject,
    body,
    attachments: attachments.map(({ name, sha256 }) => ({ name, sha256 })),
    invoices: invoices.map(({ number, currency, residual, promised, disputed }) => ({ number, currency, residual, promised, disputed })),
    apart: apart.map(({ why, currency, amount }) => ({ why, currency, amount })),
    ...(parts
      ? { parts: parts.map(({ part, number, currency, amount, stage }) => ({ part, number, currency, amount, stage: stage ?? '' })) }
      : {}),
    ...(layout ? { html: mailHtml(subject, body, layout) } : {}),
  };
}

export interface Approval {
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
  /** Hash of the basis that was seen. */
  readonly hash: string;
}
