import { type DisputeRequest, decideDispute, withEnded } from '../arrangements/dispute.ts';
import { chasedOn, withClosed } from '../arrangements/past-promises.ts';
import { decidePromise, type PromiseRequest } from '../arrangements/promise.ts';
import { decideLadder, type LadderRequest, ladderOf } from '../follow-up/ladder.ts';
import type { Day } from '../kernel/day.ts';
import type { AccountDecision, AccountWork } from './account-work.ts';
import { decideReply, type ReplyRequest } from './customer-reply.ts';

/** What is recorded of the customer and of our contacts; each has its rules in a file of its own. */
export function decideRecorded(
  work: AccountWork,
  request: PromiseRequest | DisputeRequest | ReplyRequest | LadderRequest,
  by: string,
  today: Day,
  latest: Day,
): AccountDecision {
  switch (request.do) {
    case 'record-promise':
    case 'close-promise': {
      const decided = decidePromise(work.promises, request, by, today, latest);
      if ('refused' in decided) return decided;
      const { promises, fact } = decided;
      const closed = fact.type === 'promise-closed';
      const pastPromises = closed ? withClosed(work.pastPromises, fact, today) : chasedOn(work.pastPromises, today);
      return { work: { ...work, promises, pastPromises }, facts: [fact] };
    }
    case 'record-dispute':
    case 'extend-dispute':
    case 'take-dispute-step':
    case 'dispute-overdue':
    case 'close-dispute':
    case 'credit-arrived': {
      const decided = decideDispute(work.disputes, request, by, today);
      if ('refused' in decided) return decided;
      const { disputes, fact } = decided;
      const closedDisputes = fact.type === 'dispute-closed' ? withEnded(work.closedDisputes, fact, today) : work.closedDisputes;
      return { work: { ...work, disputes, closedDisputes }, facts: [fact] };
    }
    case 'record-reply':
    case 'answer-reply': {
      const decided = decideReply(work.replies, request, by, today);
      if ('refused' in decided) return decided;
      const answered = request.do === 'answer-reply' && request.how !== 'none-needed';
      const touched = answered ? { lastContact: today, pastPromises: chasedOn(work.pastPromises, today) } : {};
      return { work: { ...work, replies: decided.replies, ...touched }, facts: [decided.fact] };
    }
    default: {
      const decided = decideLadder(ladderOf(work.ladders, request.entity), request, by, today);
      if ('refused' in decided) return decided;
      const { ladder, facts } = decided;
      const fact = facts.find((each) => each.type === 'contact-made');
      const ladders = [...work.ladders.filter((each) => each.entity !== ladder.entity), ladder];
      const lastContact = work.lastContact ?? '';
      const touched = ladder.lastContact !== null && ladder.lastContact > lastContact ? ladder.lastContact : work.lastContact;
      const pastPromises = fact ? chasedOn(work.pastPromises, fact.on) : work.pastPromises;
      return { work: { ...work, ladders, lastContact: touched, pastPromises }, facts };
    }
  }
}
