import type { House } from '../support/house.ts';

/** The operations that the people of the Zero table use, of the program that is checked. */
export async function operationsOf({ load }: House) {
  return {
    ...(await load<typeof import('../../src/operations/prepare-drafts.ts')>('operations/prepare-drafts.ts')),
    ...(await load<typeof import('../../src/operations/send-approved.ts')>('operations/send-approved.ts')),
    ...(await load<typeof import('../../src/mail/smtp.ts')>('mail/smtp.ts')),
    ...(await load<typeof import('../../src/operations/change-draft.ts')>('operations/change-draft.ts')),
    ...(await load<typeof import('../../src/operations/change-account.ts')>('operations/change-account.ts')),
    ...(await load<typeof import('../../src/operations/record-promise.ts')>('operations/record-promise.ts')),
    ...(await load<typeof import('../../src/operations/record-dispute.ts')>('operations/record-dispute.ts')),
    ...(await load<typeof import('../../src/operations/close-dispute.ts')>('operations/close-dispute.ts')),
    ...(await load<typeof import('../../src/operations/watch-disputes.ts')>('operations/watch-disputes.ts')),
    ...(await load<typeof import('../../src/operations/record-reply.ts')>('operations/record-reply.ts')),
    ...(await load<typeof import('../../src/operations/review-queue.ts')>('operations/review-queue.ts')),
    ...(await load<typeof import('../../src/operations/plan-day.ts')>('operations/plan-day.ts')),
    ...(await load<typeof import('../../src/operations/simulate.ts')>('operations/simulate.ts')),
    ...(await load<typeof import('../../src/operations/record-plan.ts')>('operations/record-plan.ts')),
    ...(await load<typeof import('../../src/operations/record-settlement.ts')>('operations/record-settlement.ts')),
    ...(await load<typeof import('../../src/operations/settle-arrangements.ts')>('operations/settle-arrangements.ts')),
    ...(await load<typeof import('../../src/operations/claim-charges.ts')>('operations/claim-charges.ts')),
    ...(await load<typeof import('../../src/operations/change-charges.ts')>('operations/change-charges.ts')),
    ...(await load<typeof import('../../src/operations/read-charges.ts')>('operations/read-charges.ts')),
    ...(await load<typeof import('../../src/operations/write-correspondence.ts')>('operations/write-correspondence.ts')),
    ...(await load<typeof import('../../src/operations/copy-outboxes.ts')>('operations/copy-outboxes.ts')),
    ...(await load<typeof import('../../src/operations/request-decision.ts')>('operations/request-decision.ts')),
    ...(await load<typeof import('../../src/operations/vote.ts')>('operations/vote.ts')),
    ...(await load<typeof import('../../src/operations/carry-out-cases.ts')>('operations/carry-out-cases.ts')),
    ...(await load<typeof import('../../src/operations/keep-cases.ts')>('operations/keep-cases.ts')),
    ...(await load<typeof import('../../src/operations/edit-case.ts')>('operations/edit-case.ts')),
    ...(await load<typeof import('../../src/operations/change-case.ts')>('operations/change-case.ts')),
    ...(await load<typeof import('../../src/operations/letter-now.ts')>('operations/letter-now.ts')),
    ...(await load<typeof import('../../src/operations/letter-kind.ts')>('operations/letter-kind.ts')),
    ...(await load<typeof import('../../src/operations/write-letter.ts')>('operations/write-letter.ts')),
    ...(await load<typeof import('../../src/operations/post-letter.ts')>('operations/post-letter.ts')),
    ...(await load<typeof import('../../src/operations/case-kinds.ts')>('operations/case-kinds.ts')),
    ...(await load<typeof import('../../src/operations/placement-kinds.ts')>('operations/placement-kinds.ts')),
    ...(await load<typeof import('../../src/operations/write-off.ts')>('operations/write-off.ts')),
    ...(await load<typeof import('../../src/operations/change-partners.ts')>('operations/change-partners.ts')),
    ...(await load<typeof import('../../src/operations/change-team.ts')>('operations/change-team.ts')),
  };
}

export type Operations = Awaited<ReturnType<typeof operationsOf>>;
