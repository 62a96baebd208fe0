import { chasedOn } from '../arrangements/past-promises.ts';
import { decideLadder, type LadderDecision } from '../follow-up/climb.ts';
import { type LadderRequest, ladderOf } from '../follow-up/ladder.ts';
import type { AccountDecision, AccountWork } from './account-work.ts';
import type { Moment } from './moment.ts';

export function decideStep(work: AccountWork, request: LadderRequest, moment: Moment): AccountDecision {
  const decided = decideLadder(ladderOf(work.ladders, request.entity), request, moment);
  return 'refused' in decided ? decided : { work: climbed(work, decided), facts: decided.facts };
}

/** A contact counts for the whole account, whichever entity's ladder it is on, and answers the promises that were broken by then. */
export function climbed(work: AccountWork, { ladder, facts }: Exclude<LadderDecision, { readonly refused: unknown }>): AccountWork {
  const ladders = [...work.ladders.filter((each) => each.entity !== ladder.entity), ladder];
  const lastContact = ladder.lastContact !== null && ladder.lastContact > (work.lastContact ?? '') ? ladder.lastContact : work.lastContact;
  const contact = facts.find((each) => each.type === 'contact-made');
  const pastPromises = contact ? chasedOn(work.pastPromises, contact.on) : work.pastPromises;
  return { ...work, ladders, lastContact, pastPromises };
}
