import type { FollowUpPorts } from '../operations/account-days.ts';
import type { Jobs, ReplyTexts } from '../operations/ports.ts';
import { accountCards, type CardPorts } from './account-cards.ts';
import type { Subject } from './listeners.ts';
import { customerReplySubject } from './subjects/customer-reply.ts';
import { fileMessageSubject } from './subjects/file-message.ts';
import { noteSubject } from './subjects/note.ts';
import { policySubject } from './subjects/policy.ts';
import { promiseSubject } from './subjects/promise.ts';
import { simulateSubject } from './subjects/simulate.ts';
import { timelineSubject } from './subjects/timeline.ts';
import { whySubject } from './subjects/why.ts';

export interface FollowUpSidePorts extends FollowUpPorts, CardPorts {
  readonly replyTexts: ReplyTexts;
  readonly jobs: Jobs;
}

/** What decides, and the decision: policies, promises, replies, why, simulate. */
export function followUpSubjects(ports: FollowUpSidePorts): Subject[] {
  const cards = accountCards(ports);
  return [
    promiseSubject(ports, cards),
    customerReplySubject(ports, cards),
    noteSubject(ports, cards),
    fileMessageSubject(ports),
    timelineSubject(ports),
    whySubject(ports, cards),
    simulateSubject(ports),
    policySubject(ports),
  ];
}
