import type { Correspondence } from './correspondence.ts';
import type { Day } from './day.ts';
import { type Delivery, type DeliveryFact, type DeliveryRefusal, type DeliveryRequest, decideDelivery, queued } from './delivery.ts';
import type { DraftText } from './draft-text.ts';
import { decideLetter, isLetterRequest, type LetterFact, type LetterPart, type LetterRefusal, type LetterRequest } from './letter.ts';
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
  /** Of the HTML beside the text; left out in mails that go as text alone, as those did that were written before there was HTML. */
  readonly layout?: MailLayout;
}

/**
 * What an approval covers: any change of it voids the approval. Not the freshness stamp and not a revision, or every import would void
 * everything.
 */
export function approvalBasis({ from, to, cc, subject, body, attachments, invoices, apart, layout }: MailContent) {
  return {
    from: from.address,
    to: to.map(({ address }) => address),
    cc: cc.map(({ address }) => address),
    subject,
    body,
    attachments: attachments.map(({ name, sha256 }) => ({ name, sha256 })),
    invoices: invoices.map(({ number, currency, residual, promised, disputed }) => ({ number, currency, residual, promised, disputed })),
    apart: apart.map(({ why, currency, amount }) => ({ why, currency, amount })),
    ...(layout ? { html: mailHtml(subject, body, layout) } : {}),
  };
}

/**
 * A letter about which people are asked elsewhere; waiting for review; approved, to be sent by hand; queued for the mail server; being handed to it; refused by it or never handed over; handed
 * over without an answer. Closed for good: sent, rejected, void.
 */
export type DraftState = 'asked' | 'waiting' | 'approved' | 'queued' | 'sending' | 'failed' | 'ambiguous' | 'sent' | 'rejected' | 'void';
const CLOSED: ReadonlySet<DraftState> = new Set(['sent', 'rejected', 'void']);
const NOT_OPEN: ReadonlySet<DraftState> = new Set([...CLOSED, 'asked']);

export interface Approval {
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
  /** Hash of the basis that was seen. */
  readonly hash: string;
}

export interface Draft {
  readonly id: string;
  readonly account: string;
  readonly entity: string;
  readonly stage: { readonly key: string; readonly offset: number; readonly name: string };
  /** What it is about when it belongs to no stage; left out in a stage's mail. */
  readonly correspondence?: Correspondence;
  /** Of a demand letter; left out in mails. */
  readonly letter?: LetterPart;
  /** The customer's day it was prepared for. */
  readonly day: Day;
  /** Whose queue it is in: Slack user id, or null while the account has no collector. */
  readonly collector: string | null;
  readonly content: MailContent;
  /** Hash of approvalBasis(content). */
  readonly hash: string;
  /** How the text came about; its subject and body are in `content` and may have been edited since. */
  readonly text: Omit<DraftText, 'subject' | 'body'>;
  /** Everybody who changed the words, the last one last. */
  readonly editors: readonly string[];
  /** Sentences to read before approving: of the last edit, or about what changed. */
  readonly notices: readonly string[];
  /** A person's words on the draft before this one, which was voided: kept to copy from. */
  readonly earlier: { readonly subject: string; readonly body: string; readonly by: string; readonly why: string } | null;
  /** A final notice: two people, the second with the right to approve. */
  readonly secondPerson: boolean;
  readonly approvals: readonly Approval[];
  readonly state: DraftState;
  /** Null unless it was queued for the mail server. */
  readonly delivery: Delivery | null;
  /** Not in the queue before this day. */
  readonly notBefore: Day | null;
  /** Why it was closed, for people. */
  readonly closed: string;
  /** The day on which it was sent, by us or by hand. */
  readonly sentOn: Day | null;
}

export type DraftFact =
  | {
      readonly type: 'draft-prepared';
      readonly account: string;
      readonly stage: string;
      readonly hash: string;
      readonly source: 'model' | 'template';
    }
  | { readonly type: 'draft-edited'; readonly account: string; readonly hash: string }
  | { readonly type: 'draft-rewritten'; readonly account: string; readonly hash: string; readonly tone: string }
  | { readonly type: 'draft-approved'; readonly account: string; readonly hash: string; readonly final: boolean }
  | { readonly type: 'draft-rejected'; readonly account: string; readonly reason: string }
  | { readonly type: 'draft-postponed'; readonly account: string; readonly until: Day }
  | { readonly type: 'draft-voided'; readonly account: string; readonly changed: readonly string[] }
  | { readonly type: 'draft-sent-by-hand'; readonly account: string; readonly on: Day; readonly hash: string }
  | LetterFact
  | DeliveryFact;

export interface NewWords {
  readonly subject: string;
  readonly body: string;
  readonly hash: string;
}

export type DraftRequest =
  /** `seen` is the hash on the card that was clicked; `mayApprove` whether this person may be the second one; `send`: by the mail server. */
  | { readonly do: 'approve'; readonly seen: string; readonly mayApprove: boolean; readonly at: string; readonly send: boolean }
  | { readonly do: 'edit'; readonly seen: string; readonly words: NewWords; readonly notices: readonly string[] }
  | { readonly do: 'rewrite'; readonly seen: string; readonly words: NewWords; readonly text: Draft['text'] }
  | { readonly do: 'reject'; readonly reason: string }
  | { readonly do: 'postpone'; readonly until: Day }
  | { readonly do: 'void'; readonly changed: readonly string[] }
  | { readonly do: 'sent-by-hand'; readonly seen: string; readonly on: Day }
  | LetterRequest
  | DeliveryRequest;

export type DraftRefusal =
  | DeliveryRefusal
  | LetterRefusal
  | 'draft-closed'
  | 'draft-changed'
  | 'draft-approved-already'
  | 'draft-not-approved'
  | 'approver-was-first'
  | 'approver-edited'
  | 'approver-needs-role'
  | 'reason-missing'
  | 'day-not-in-future'
  | 'sent-in-future'
  | 'words-unchanged';

export type DraftDecision = { readonly draft: Draft; readonly facts: readonly DraftFact[] } | { readonly refused: DraftRefusal };

/** Of the open ones an account has one at most: what failed or is ambiguous keeps the next mail back. */
export const isOpen = (draft: Pick<Draft, 'state'>) => !NOT_OPEN.has(draft.state);

/** Of a letter people decide by its case; a review would let one person pass by them. */
const BY_REVIEW: ReadonlySet<string> = new Set<DraftRequest['do']>(['approve', 'edit', 'rewrite', 'reject', 'postpone']);

/** `today` is the customer's. What is closed stays closed. */
export function decideDraft(draft: Draft, request: DraftRequest, by: string, today: Day): DraftDecision {
  if (CLOSED.has(draft.state)) return { refused: 'draft-closed' };
  if (isLetterRequest(request))
    return draft.letter ? decideLetter(draft, draft.letter, request, by, today) : { refused: 'letter-by-decision' };
  if (draft.letter && BY_REVIEW.has(request.do)) return { refused: 'letter-by-decision' };
  switch (request.do) {
    case 'approve':
    case 'edit':
    case 'rewrite':
    case 'reject':
    case 'postpone':
    case 'void':
    case 'sent-by-hand':
      if (draft.state === 'sending') return { refused: 'draft-on-its-way' };
      if (draft.state === 'ambiguous') return { refused: 'delivery-unknown' };
      return decideReview(draft, request, by, today);
    default:
      return decideDelivery(draft, request);
  }
}

/** What people and the clock decide while nothing is on its way. */
function decideReview(
  draft: Draft,
  request: Exclude<DraftRequest, DeliveryRequest | LetterRequest>,
  by: string,
  today: Day,
): DraftDecision {
  const { account } = draft;
  switch (request.do) {
    case 'approve':
      return approve(draft, request, by);
    case 'edit':
    case 'rewrite': {
      const { seen, words } = request;
      if (seen !== draft.hash) return { refused: 'draft-changed' };
      if (words.hash === draft.hash) return { refused: 'words-unchanged' };
      const content = { ...draft.content, subject: words.subject, body: words.body };
      const changed = { ...draft, content, hash: words.hash, approvals: [], state: 'waiting' as const };
      if (request.do === 'edit') {
        const editors = [...draft.editors.filter((editor) => editor !== by), by];
        return { draft: { ...changed, editors, notices: request.notices }, facts: [{ type: 'draft-edited', account, hash: words.hash }] };
      }
      const facts: DraftFact[] = [{ type: 'draft-rewritten', account, hash: words.hash, tone: request.text.tone }];
      const earlier = draft.editors.length > 0 ? { ...personsWords(draft), why: 'It was written again in another tone.' } : draft.earlier;
      return { draft: { ...changed, text: request.text, editors: [], notices: request.text.notices, earlier }, facts };
    }
    case 'reject':
      if (request.reason.trim() === '') return { refused: 'reason-missing' };
      return {
        draft: { ...draft, state: 'rejected', closed: request.reason },
        facts: [{ type: 'draft-rejected', account, reason: request.reason }],
      };
    case 'postpone':
      if (request.until <= today) return { refused: 'day-not-in-future' };
      return {
        draft: { ...draft, state: 'waiting', approvals: [], notBefore: request.until },
        facts: [{ type: 'draft-postponed', account, until: request.until }],
      };
    case 'void': {
      const { changed } = request;
      return { draft: { ...draft, state: 'void', closed: changed.join(' ') }, facts: [{ type: 'draft-voided', account, changed }] };
    }
    case 'sent-by-hand':
      if (request.seen !== draft.hash) return { refused: 'draft-changed' };
      if (draft.state !== 'approved' && draft.state !== 'failed') return { refused: 'draft-not-approved' };
      if (request.on > today) return { refused: 'sent-in-future' };
      return {
        draft: { ...draft, state: 'sent', sentOn: request.on, closed: 'Sent by hand.' },
        facts: [{ type: 'draft-sent-by-hand', account, on: request.on, hash: draft.hash }],
      };
  }
}

/** A person's words, to copy from later. */
export function personsWords({ content: { subject, body }, editors }: Draft) {
  return { subject, body, by: editors.at(-1) ?? '' };
}

/** One approval for an ordinary mail. A final notice: two people, the second with the right to approve and neither first nor editor. */
function approve(draft: Draft, request: Extract<DraftRequest, { do: 'approve' }>, by: string): DraftDecision {
  if (draft.state === 'approved' || draft.state === 'queued') return { refused: 'draft-approved-already' };
  if (request.seen !== draft.hash) return { refused: 'draft-changed' };
  const given = draft.approvals.filter((approval) => approval.hash === draft.hash);
  const second = draft.secondPerson && given.length > 0;
  if (second && given.some((approval) => approval.by === by)) return { refused: 'approver-was-first' };
  if (second && draft.editors.includes(by)) return { refused: 'approver-edited' };
  if (second && !request.mayApprove) return { refused: 'approver-needs-role' };
  const final = !draft.secondPerson || second;
  const approvals = [...given, { by, at: request.at, hash: draft.hash }];
  const facts: DraftFact[] = [{ type: 'draft-approved', account: draft.account, hash: draft.hash, final }];
  if (!final) return { draft: { ...draft, approvals, state: 'waiting' }, facts };
  if (!request.send) return { draft: { ...draft, approvals, state: 'approved' }, facts };
  return { draft: { ...draft, approvals, state: 'queued', delivery: queued(by) }, facts };
}

/** Unedited templates of the note and the first reminder may be approved as a listed batch. */
export function mayBatch(draft: Draft): boolean {
  const first = draft.text.stage === 'note' || draft.text.stage === 'friendly';
  return (
    draft.state === 'waiting' &&
    first &&
    draft.text.source === 'template' &&
    draft.editors.length === 0 &&
    draft.notices.length + draft.text.notices.length === 0 &&
    !draft.secondPerson &&
    draft.text.checks.every((check) => check.passed)
  );
}
