import type { ReplyTexts } from '../account/account.port.ts';
import { accountCards, type CardPorts } from '../account/account-cards.slack.ts';
import { customerReplySubject } from '../account/customer-reply.slack.ts';
import { promiseSubject } from '../arrangements/promise.slack.ts';
import type { Jobs } from '../kernel/jobs.port.ts';
import type { Subject } from '../slack/listeners.ts';
import { fileMessageSubject } from '../trail/file-message.slack.ts';
import { noteSubject } from '../trail/note.slack.ts';
import { timelineSubject } from '../trail/timeline.slack.ts';
import type { FollowUpPorts } from './account-days.op.ts';
import { policySubject } from './policy.slack.ts';
import { simulateSubject } from './simulate.slack.ts';
import { whySubject } from './why.slack.ts';

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
