import { chasedOn } from '../arrangements/past-promises.ts';
import { decideLadder, type LadderDecision, type LadderRequest, ladderOf } from '../follow-up/ladder.ts';
import type { AccountDecision, AccountWork } from './account-work.ts';
import type { Moment } from './moment.ts';
import { withoutTaken } from './veto.ts';

export function decideStep(work: AccountWork, request: LadderRequest, moment: Moment): AccountDecision {
  const decided = decideLadder(ladderOf(work.ladders, request.entity), request, moment);
  if ('refused' in decided) return decided;
  const { fact } = decided;
  const vetoes = fact.type === 'contact-made' ? withoutTaken(work.vetoes, fact.entity, fact.stage) : work.vetoes;
  return { work: { ...climbed(work, decided), vetoes }, facts: [fact] };
}

/** A contact counts for the whole account, whichever entity's ladder it is on, and answers the promises that were broken by then. */
export function climbed(work: AccountWork, { ladder, fact }: Exclude<LadderDecision, { readonly refused: unknown }>): AccountWork {
  const ladders = [...work.ladders.filter((each) => each.entity !== ladder.entity), ladder];
  const lastContact = ladder.lastContact !== null && ladder.lastContact > (work.lastContact ?? '') ? ladder.lastContact : work.lastContact;
  const pastPromises = fact.type === 'contact-made' ? chasedOn(work.pastPromises, fact.on) : work.pastPromises;
  return { ...work, ladders, lastContact, pastPromises };
}
