import type { House } from '../support/house.ts';

/** The verbs that the people of the Zero table use, of the program that is checked. */
export async function operationsOf({ load }: House) {
  return {
    ...(await load<typeof import('../../src/mails/prepare-drafts.op.ts')>('mails/prepare-drafts.op.ts')),
    ...(await load<typeof import('../../src/mails/send-approved.op.ts')>('mails/send-approved.op.ts')),
    ...(await load<typeof import('../../src/mail-server/smtp.ts')>('mail-server/smtp.ts')),
    ...(await load<typeof import('../../src/mails/change-draft.op.ts')>('mails/change-draft.op.ts')),
    ...(await load<typeof import('../../src/account/change-account.op.ts')>('account/change-account.op.ts')),
    ...(await load<typeof import('../../src/arrangements/record-promise.op.ts')>('arrangements/record-promise.op.ts')),
    ...(await load<typeof import('../../src/arrangements/record-dispute.op.ts')>('arrangements/record-dispute.op.ts')),
    ...(await load<typeof import('../../src/arrangements/close-dispute.op.ts')>('arrangements/close-dispute.op.ts')),
    ...(await load<typeof import('../../src/arrangements/watch-disputes.op.ts')>('arrangements/watch-disputes.op.ts')),
    ...(await load<typeof import('../../src/account/record-reply.op.ts')>('account/record-reply.op.ts')),
    ...(await load<typeof import('../../src/mails/review-queue.op.ts')>('mails/review-queue.op.ts')),
    ...(await load<typeof import('../../src/follow-up/plan-day.op.ts')>('follow-up/plan-day.op.ts')),
    ...(await load<typeof import('../../src/follow-up/simulate.op.ts')>('follow-up/simulate.op.ts')),
    ...(await load<typeof import('../../src/arrangements/record-plan.op.ts')>('arrangements/record-plan.op.ts')),
    ...(await load<typeof import('../../src/arrangements/record-settlement.op.ts')>('arrangements/record-settlement.op.ts')),
    ...(await load<typeof import('../../src/arrangements/settle-arrangements.op.ts')>('arrangements/settle-arrangements.op.ts')),
    ...(await load<typeof import('../../src/charges/claim-charges.op.ts')>('charges/claim-charges.op.ts')),
    ...(await load<typeof import('../../src/charges/change-charges.op.ts')>('charges/change-charges.op.ts')),
    ...(await load<typeof import('../../src/charges/read-charges.op.ts')>('charges/read-charges.op.ts')),
    ...(await load<typeof import('../../src/mails/write-correspondence.op.ts')>('mails/write-correspondence.op.ts')),
    ...(await load<typeof import('../../src/trail/copy-outboxes.op.ts')>('trail/copy-outboxes.op.ts')),
    ...(await load<typeof import('../../src/escalation/request-decision.op.ts')>('escalation/request-decision.op.ts')),
    ...(await load<typeof import('../../src/escalation/vote.op.ts')>('escalation/vote.op.ts')),
    ...(await load<typeof import('../../src/escalation/carry-out-cases.op.ts')>('escalation/carry-out-cases.op.ts')),
    ...(await load<typeof import('../../src/escalation/keep-cases.op.ts')>('escalation/keep-cases.op.ts')),
    ...(await load<typeof import('../../src/escalation/edit-case.op.ts')>('escalation/edit-case.op.ts')),
    ...(await load<typeof import('../../src/escalation/change-case.op.ts')>('escalation/change-case.op.ts')),
    ...(await load<typeof import('../../src/escalation/letter-now.op.ts')>('escalation/letter-now.op.ts')),
    ...(await load<typeof import('../../src/escalation/letter-kind.op.ts')>('escalation/letter-kind.op.ts')),
    ...(await load<typeof import('../../src/escalation/write-letter.op.ts')>('escalation/write-letter.op.ts')),
    ...(await load<typeof import('../../src/escalation/post-letter.op.ts')>('escalation/post-letter.op.ts')),
    ...(await load<typeof import('../../src/escalation/case-kinds.op.ts')>('escalation/case-kinds.op.ts')),
    ...(await load<typeof import('../../src/escalation/placement-kinds.op.ts')>('escalation/placement-kinds.op.ts')),
    ...(await load<typeof import('../../src/escalation/write-off.op.ts')>('escalation/write-off.op.ts')),
    ...(await load<typeof import('../../src/escalation/change-partners.op.ts')>('escalation/change-partners.op.ts')),
    ...(await load<typeof import('../../src/team/change-team.op.ts')>('team/change-team.op.ts')),
  };
}

export type Operations = Awaited<ReturnType<typeof operationsOf>>;
