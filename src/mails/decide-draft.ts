import { lacksTracking } from '../escalation/demand.ts';
import { isLetterRequest, type LetterPart, type LetterRequest } from '../escalation/letter.ts';
import type { Day } from '../kernel/day.ts';
import { decideDelivery } from './decide-delivery.ts';
import { type DeliveryRequest, queued, undoUntil } from './delivery.ts';
import { type Draft, type DraftDecision, type DraftFact, type DraftRequest, isClosed, personsWords } from './draft.ts';

/** Of a letter people decide by its case; a review would let one person pass by them. */
const BY_REVIEW: ReadonlySet<string> = new Set<DraftRequest['do']>(['approve', 'take-back', 'edit', 'rewrite', 'reject', 'postpone']);

/** `today` is the customer's. What is closed stays closed. */
export function decideDraft(draft: Draft, request: DraftRequest, by: string, today: Day): DraftDecision {
  if (request.do === 'take-back' && goneOut(draft)) return { refused: 'too-late-to-take-back' };
  if (isClosed(draft)) return { refused: 'draft-closed' };
  if (isLetterRequest(request))
    return draft.letter ? decideLetter(draft, draft.letter, request, by, today) : { refused: 'letter-by-decision' };
  if (draft.letter && BY_REVIEW.has(request.do)) return { refused: 'letter-by-decision' };
  switch (request.do) {
    case 'approve':
    case 'take-back':
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
    case 'take-back':
      return takeBack(draft, request.seen);
    case 'edit':
    case 'rewrite': {
      const { seen, words } = request;
      if (seen !== draft.hash) return { refused: 'draft-changed' };
      if (words.hash === draft.hash) return { refused: 'words-unchanged' };
      const { chosen = draft.chosen, ...mail } = (request.do === 'edit' && request.mail) || { chosen: draft.chosen };
      const content = { ...draft.content, ...mail, subject: words.subject, body: words.body };
      const changed = { ...draft, ...(chosen ? { chosen } : {}), content, hash: words.hash, approvals: [], state: 'waiting' as const };
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

/** One approval for an ordinary mail. A final notice: two people, the second with the right to approve and neither first nor editor. */
function approve(draft: Draft, request: Extract<DraftRequest, { do: 'approve' }>, by: string): DraftDecision {
  if (draft.state === 'approved' || draft.state === 'queued') return { refused: 'draft-approved-already' };
  if (request.seen !== draft.hash) return { refused: 'draft-changed' };
  // Its first line is there to be written on.
  if (draft.correspondence?.kind === 'message' && draft.editors.length === 0) return { refused: 'own-words-missing' };
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
  return { draft: { ...draft, approvals, state: 'queued', delivery: queued(by, request.undo ? undoUntil(request.at) : null) }, facts };
}

/** On its way, or there. */
const goneOut = ({ state, delivery }: Draft) => state === 'sending' || state === 'ambiguous' || (state === 'sent' && delivery !== null);

/** As long as nothing of it has left; what was tried once is withdrawn in another way. */
function takeBack(draft: Draft, seen: string): DraftDecision {
  const { state, hash, account, approvals, delivery } = draft;
  if (seen !== hash) return { refused: 'draft-changed' };
  if (state === 'failed' || (state === 'waiting' && approvals.length === 0)) return { refused: 'draft-not-approved' };
  if (state === 'queued' && delivery!.tries > 0) return { refused: 'too-late-to-take-back' };
  return { draft: { ...draft, state: 'waiting', approvals: [], delivery: null }, facts: [{ type: 'draft-taken-back', account, hash }] };
}

/** While it is 'asked' its words can change; each change needs a new decision. `today` is the customer's. */
function decideLetter(draft: Draft, letter: LetterPart, request: LetterRequest, by: string, today: Day): DraftDecision {
  if (draft.state !== 'asked') return { refused: 'letter-decided' };
  const { account } = draft;
  switch (request.do) {
    case 'edit-letter': {
      const { version, seen, notices } = request;
      if (seen !== draft.hash) return { refused: 'draft-changed' };
      if (version.hash === draft.hash) return { refused: 'words-unchanged' };
      const { subject, body, hash, attachments, ...rest } = version;
      const editors = [...draft.editors.filter((editor) => editor !== by), by];
      const edited = { ...draft, content: { ...draft.content, subject, body, attachments }, hash, editors, notices };
      return { draft: { ...edited, letter: { ...letter, ...rest, reviewed: null } }, facts: [{ type: 'draft-edited', account, hash }] };
    }
    case 'review-letter': {
      const words = request.words.trim();
      if (by !== letter.counsel) return { refused: 'counsel-is-another' };
      if (request.seen !== draft.hash) return { refused: 'draft-changed' };
      if (words === '') return { refused: 'review-words-missing' };
      const reviewed = { by, at: request.at, hash: draft.hash };
      return {
        draft: { ...draft, letter: { ...letter, reviewed } },
        facts: [{ type: 'counsel-reviewed', account, hash: draft.hash, words }],
      };
    }
    case 'release-letter': {
      const { approvals, send } = request;
      const fact = { type: 'draft-approved' as const, account, hash: draft.hash, final: true };
      if (!send) return { draft: { ...draft, approvals, state: 'approved' }, facts: [fact] };
      return { draft: { ...draft, approvals, state: 'queued', delivery: queued(approvals.at(-1)?.by ?? '') }, facts: [fact] };
    }
    case 'post-letter': {
      const { on, tracking } = request;
      if (on > today) return { refused: 'posted-in-future' };
      if (lacksTracking(request.by, tracking)) return { refused: 'tracking-missing' };
      if (on < draft.day) return { refused: 'posted-before-letter' };
      const posted = { by: request.by, tracking: tracking.trim() };
      const sent = { ...draft, state: 'sent' as const, sentOn: on, closed: 'Served on paper.', letter: { ...letter, posted } };
      return { draft: sent, facts: [{ type: 'draft-sent-by-hand', account, on, hash: draft.hash }] };
    }
  }
}
