import type { LetterFact, LetterPart, LetterRefusal, LetterRequest } from '../escalation/letter.ts';
import type { Said } from '../follow-up/ladder.ts';
import type { Day } from '../kernel/day.ts';
import type { Correspondence } from './correspondence.ts';
import type { Delivery, DeliveryFact, DeliveryRefusal, DeliveryRequest } from './delivery.ts';
import type { DraftText } from './draft-text.ts';
import type { LetterKind } from './letter-facts.ts';
import type { Approval, MailContent } from './mail-content.ts';

/**
 * A letter about which people are asked elsewhere; waiting for review; approved, to be sent by hand; queued for the mail server; being handed to it; refused by it or never handed over; handed
 * over without an answer. Closed for good: sent, rejected, void.
 */
export type DraftState = 'asked' | 'waiting' | 'approved' | 'queued' | 'sending' | 'failed' | 'ambiguous' | 'sent' | 'rejected' | 'void';
const CLOSED: ReadonlySet<DraftState> = new Set(['sent', 'rejected', 'void']);
const NOT_OPEN: ReadonlySet<DraftState> = new Set([...CLOSED, 'asked']);

export interface Draft {
  readonly id: string;
  readonly account: string;
  readonly entity: string;
  readonly stage: { readonly key: string; readonly offset: number; readonly name: string };
  /** What the ladder remembers once it is sent; left out in correspondence. */
  readonly said?: Said;
  /** What it is about when it belongs to no stage; left out in a stage's mail. */
  readonly correspondence?: Correspondence;
  /** Of a demand letter; left out in mails. */
  readonly letter?: LetterPart;
  /** The customer's day it was prepared for. */
  readonly day: Day;
  /** Whose queue it is in: Slack user id, or null while the account has no collector. */
  readonly collector: string | null;
  readonly content: MailContent;
  /** Left out while nobody has chosen: it goes where its step says. */
  readonly chosen?: Chosen;
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

/** Among the chosen files. */
export const STATEMENT_FILE = 'statement';

/** What a person chose in place of what the step takes: addresses; the statement, and numbers of invoices whose copies go along. */
export interface Chosen {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly files: readonly string[];
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
  | { readonly type: 'draft-taken-back'; readonly account: string; readonly hash: string }
  | { readonly type: 'draft-rejected'; readonly account: string; readonly reason: string }
  | { readonly type: 'draft-postponed'; readonly account: string; readonly until: Day }
  | { readonly type: 'draft-voided'; readonly account: string; readonly changed: readonly string[] }
  | { readonly type: 'draft-sent-by-hand'; readonly account: string; readonly on: Day; readonly hash: string }
  | LetterFact
  | DeliveryFact;

/** A choice, and the mail's part that follows from it. */
export interface ChosenMail extends Pick<MailContent, 'to' | 'cc' | 'attachments'> {
  readonly chosen: Chosen;
}

export interface NewWords {
  readonly subject: string;
  readonly body: string;
  readonly hash: string;
}

export type DraftRequest =
  /**
   * `seen` is the hash on the card that was clicked; `mayApprove` whether this person may be the second one; `send`: by the mail server; `undo`: not before
   * UNDO_SECONDS have passed, in which it can be taken back.
   */
  | {
      readonly do: 'approve';
      readonly seen: string;
      readonly mayApprove: boolean;
      readonly at: string;
      readonly send: boolean;
      readonly undo?: boolean;
    }
  /** Whoever approved it has thought again; nothing has left. */
  | { readonly do: 'take-back'; readonly seen: string }
  /** `mail`: whom it goes to and what goes along now, with the choice it came from. */
  | {
      readonly do: 'edit';
      readonly seen: string;
      readonly words: NewWords;
      readonly notices: readonly string[];
      readonly mail?: ChosenMail;
    }
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
  | 'too-late-to-take-back'
  | 'own-words-missing'
  | 'approver-was-first'
  | 'approver-edited'
  | 'approver-needs-role'
  | 'reason-missing'
  | 'day-not-in-future'
  | 'sent-in-future'
  | 'words-unchanged';

export type DraftDecision = { readonly draft: Draft; readonly facts: readonly DraftFact[] } | { readonly refused: DraftRefusal };

export const isClosed = (draft: Pick<Draft, 'state'>) => CLOSED.has(draft.state);

/** Of the open ones an account has one at most: what failed or is ambiguous keeps the next mail back. */
export const isOpen = (draft: Pick<Draft, 'state'>) => !NOT_OPEN.has(draft.state);

/** A person's words, to copy from later. */
export function personsWords({ content: { subject, body }, editors }: Draft) {
  return { subject, body, by: editors.at(-1) ?? '' };
}

/** Letters that may be approved in a list: before anything firm, and those that only confirm, thank or bring a copy. Our own policy. */
const LISTED: ReadonlySet<LetterKind> = new Set(['note', 'friendly', 'reminder', 'promise-confirmation', 'invoice-copy', 'thanks']);

/** Unedited templates in friendly words, with nothing about them that a check or a notice points out. */
export function mayBatch(draft: Draft): boolean {
  const first = LISTED.has(draft.text.stage) && draft.text.tone === 'friendly';
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
