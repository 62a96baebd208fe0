import type { CustomerKind } from '../account/account.ts';
import type { NoticeMethod } from '../charges/agreement.ts';
import type { Terms } from '../charges/terms.ts';
import type { Day } from '../kernel/day.ts';
import type { Approval, MailAttachment } from '../mails/mail-content.ts';
import { type ServedBy, underPreAction } from './demand.ts';

/** Pages of a letter that are drawn as pictures too: all of a short one; of a long one, with its list of invoices, the first six and the last. */
export const LETTER_PICTURES = 7;

/** How notice is served under the contract. */
export interface Service {
  readonly method: NoticeMethod;
  /** A mail address, or lines of a postal one. */
  readonly address: string;
}

/** What people decided on besides the words: compared again when it is sent. A fingerprint of each part, so that a difference can be named. */
export interface LetterGround {
  /** Recipients, words, attachments, balances, promises, disputes. */
  readonly content: string;
  /** Letterhead and recipient as printed. */
  readonly paper: string;
  readonly agreement: number;
  /** Status, kind and hold of the account. */
  readonly account: string;
}

/** What a demand letter is besides a mail. Its case decides about it, not a review. */
export interface LetterPart {
  readonly service: Service;
  /** Last day for payment. */
  readonly deadline: Day;
  /** The law firm in whose name it goes out; '' for our own. It then goes on paper. */
  readonly firm: string;
  readonly preAction: boolean;
  /** Who must have read it before it is approved; null: nobody. */
  readonly counsel: string | null;
  /** `hash` of what was read. */
  readonly reviewed: { readonly by: string; readonly at: string; readonly hash: string } | null;
  /** Hex SHA-256 of its pages as pictures: LETTER_PICTURES at most. */
  readonly pictures: readonly string[];
  readonly ground: LetterGround;
  /** How it left when it went on paper. */
  readonly posted: { readonly by: ServedBy; readonly tracking: string } | null;
}

/** The new words of a letter and everything that is made of them. */
export interface LetterVersion {
  readonly subject: string;
  readonly body: string;
  readonly hash: string;
  readonly attachments: readonly MailAttachment[];
  readonly pictures: readonly string[];
  readonly ground: LetterGround;
  readonly deadline: Day;
}

export type LetterRequest =
  | { readonly do: 'edit-letter'; readonly seen: string; readonly version: LetterVersion; readonly notices: readonly string[] }
  | { readonly do: 'review-letter'; readonly seen: string; readonly words: string; readonly at: string }
  /** Approved by its case: handed to the mail server, or laid ready where there is none. */
  | { readonly do: 'release-letter'; readonly approvals: readonly Approval[]; readonly send: boolean }
  | { readonly do: 'post-letter'; readonly on: Day; readonly by: ServedBy; readonly tracking: string };

export type LetterFact =
  /** Counsel's words are privileged. */
  { readonly type: 'counsel-reviewed'; readonly account: string; readonly hash: string; readonly words: string };

export type LetterRefusal =
  | 'letter-by-decision'
  | 'letter-decided'
  | 'counsel-is-another'
  | 'review-words-missing'
  | 'posted-before-letter'
  | 'posted-in-future'
  | 'tracking-missing';

const KINDS: ReadonlySet<string> = new Set<LetterRequest['do']>(['edit-letter', 'review-letter', 'release-letter', 'post-letter']);
export const isLetterRequest = (request: { readonly do: string }): request is LetterRequest => KINDS.has(request.do);

/** Whether the named counsel has read the letter as it is now. */
export function reviewMissing({ hash, letter }: { readonly hash: string; readonly letter?: LetterPart }): boolean {
  return letter !== undefined && letter.counsel !== null && letter.reviewed?.hash !== hash;
}

/** By mail only where the contract says so, in our own name, and to nobody who is owed enclosures on paper (Protocol, paragraph 3.4). */
export function goesByMail({ service, firm, preAction }: Pick<LetterPart, 'service' | 'firm' | 'preAction'>): boolean {
  return service.method === 'email' && firm === '' && !preAction;
}

/** What a contract says about notice, as far as it can be used; the codes are sentences elsewhere. */
export function serviceOf(
  agreement: Pick<Terms, 'notice' | 'law'>,
  kind: CustomerKind,
): Service | { readonly stop: 'no-notice' | 'postal-notice' } {
  const { notice } = agreement;
  if (!notice) return { stop: 'no-notice' };
  if (notice.method === 'email' && agreement.law !== null && underPreAction(kind, agreement.law)) return { stop: 'postal-notice' };
  return { method: notice.method, address: notice.address.trim() };
}

/** What changed since it was asked for, in words; empty: nothing. */
export function groundChanges(before: LetterGround, after: LetterGround): string[] {
  const changes: string[] = [];
  const asks = before.content !== after.content;
  const agreed = before.agreement !== after.agreement;
  if (asks) changes.push('A payment, promise, dispute or contact has changed what it asks for or whom it goes to.');
  if (agreed) changes.push('The agreement on file has changed.');
  // The page shows what is asked for and whom the agreement names, too.
  if (!asks && !agreed && before.paper !== after.paper) changes.push('What stands on the letterhead has changed.');
  if (before.account !== after.account) changes.push('The account’s status, kind or hold has changed.');
  return changes;
}
