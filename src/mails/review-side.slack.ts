import { accountCards } from '../account/account-cards.slack.ts';
import type { SlackWorld } from '../slack/world.ts';
import { correspondenceSubject } from './correspondence.slack.ts';
import type { DraftCardNeeds } from './draft-cards.slack.ts';
import { keepDrafts } from './keep-drafts.op.ts';
import { payeeSubject } from './payee.slack.ts';
import { draftWriter } from './prepare-drafts.op.ts';
import { reviewSubject } from './review.slack.ts';
import { secondApprovalAlert, secondApprovalTold } from './second-approval.slack.ts';
import { senderSubject } from './sender.slack.ts';

/** Everything about drafts and their review: its subjects, and what is due of it. */
export function reviewSide(world: SlackWorld & DraftCardNeeds) {
  return {
    subjects: [
      reviewSubject({ ...world, writer: draftWriter(world) }),
      senderSubject(world),
      payeeSubject(world),
      correspondenceSubject(world, accountCards(world)),
    ],
    told: secondApprovalTold,
    alertCards: { 'second-approval': secondApprovalAlert(world) },
    due: [{ name: 'drafts', run: () => keepDrafts(world) }],
  };
}
