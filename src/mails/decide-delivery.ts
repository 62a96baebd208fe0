import type { Day } from '../kernel/day.ts';
import { BY_SERVER, type Delivery, type DeliveryRequest, queued } from './delivery.ts';
import type { Draft, DraftDecision } from './draft.ts';

/** Between approval and the mail server's answer. At most one delivery: what is ambiguous leaves that state by an answer only. */
export function decideDelivery(draft: Draft, request: DeliveryRequest): DraftDecision {
  const { account, hash, delivery } = draft;
  if (request.do === 'queue') {
    if (request.seen !== hash) return { refused: 'draft-changed' };
    if (draft.state !== 'approved') return { refused: 'draft-not-approved' };
    return { draft: { ...draft, state: 'queued', delivery: queued(draft.approvals.at(-1)?.by ?? '') }, facts: [] };
  }
  if (delivery === null) return { refused: 'not-queued' };
  switch (request.do) {
    case 'wait':
      if (draft.state !== 'queued') return { refused: 'not-queued' };
      return { draft: { ...draft, delivery: { ...delivery, waitsUntil: request.until, waitsFor: request.why } }, facts: [] };
    case 'take': {
      if (draft.state !== 'queued') return { refused: 'not-queued' };
      if (request.seen !== hash) return { refused: 'draft-changed' };
      const { fence, messageId } = request;
      const taken = { ...delivery, fence, messageId, tries: delivery.tries + 1, waitsUntil: null, waitsFor: null };
      return { draft: { ...draft, state: 'sending', delivery: taken }, facts: [] };
    }
    case 'resolve': {
      if (draft.state !== 'ambiguous') return { refused: 'not-ambiguous' };
      const { delivered, on, at } = request;
      const fact = { type: 'send-resolved' as const, account, delivered, messageId: delivery.messageId };
      if (delivered) return { draft: { ...sent(draft, on), delivery: { ...delivery, at } }, facts: [fact] };
      const said = 'A person found out that it was not delivered.';
      return { draft: { ...draft, state: 'failed', approvals: [], delivery: { ...delivery, said, at } }, facts: [fact] };
    }
    default:
      return decideOutcome(draft, delivery, request);
  }
}

/** What came of one try, told by the holder of its claim. */
function decideOutcome(
  draft: Draft,
  delivery: Delivery,
  request: Extract<DeliveryRequest, { do: 'give-back' | 'accepted' | 'failed' | 'lose' }>,
): DraftDecision {
  if (request.fence !== delivery.fence) return { refused: 'not-this-try' };
  // An answer that comes after its claim has lapsed still is the answer.
  const late = draft.state === 'ambiguous' && request.do === 'accepted';
  if (draft.state !== 'sending' && !late) return { refused: 'not-this-try' };
  const { account, hash } = draft;
  const { said, sha256 } = request;
  const { messageId } = delivery;
  if (request.do === 'give-back') {
    const waitsFor = request.until === null ? null : (request.why ?? ('mail-server' as const));
    const tries = request.why === 'server-trouble' ? delivery.tries - 1 : delivery.tries;
    return {
      draft: { ...draft, state: 'queued', delivery: { ...delivery, tries, said, sha256, waitsUntil: request.until, waitsFor } },
      facts: [],
    };
  }
  const known = { ...delivery, said, sha256, at: request.at };
  switch (request.do) {
    case 'accepted':
      return { draft: { ...sent(draft, request.on), delivery: known }, facts: [{ type: 'draft-sent', account, hash, sha256, messageId }] };
    case 'failed':
      return {
        draft: { ...draft, state: 'failed', approvals: [], delivery: known },
        facts: [{ type: 'send-failed', account, hash, fence: request.fence, said }],
      };
    case 'lose':
      return {
        draft: { ...draft, state: 'ambiguous', delivery: known },
        facts: [{ type: 'send-ambiguous', account, hash, fence: request.fence, sha256, messageId }],
      };
  }
}

const sent = (draft: Draft, on: Day): Draft => ({ ...draft, state: 'sent', sentOn: on, closed: BY_SERVER });
