import { accountCards } from '../account/account-cards.slack.ts';
import { customerReplySubject } from '../account/customer-reply.slack.ts';
import { promiseSubject } from '../arrangements/promise.slack.ts';
import type { World } from '../kernel/world.port.ts';
import type { Subject } from '../slack/listeners.ts';
import { fileMessageSubject } from '../trail/file-message.slack.ts';
import { noteSubject } from '../trail/note.slack.ts';
import { timelineSubject } from '../trail/timeline.slack.ts';

import { policySubject } from './policy.slack.ts';
import { simulateSubject } from './simulate.slack.ts';
import { whySubject } from './why.slack.ts';

/** What decides, and the decision: policies, promises, replies, why, simulate. */
export function followUpSubjects(world: World): Subject[] {
  const cards = accountCards(world);
  return [
    promiseSubject(world, cards),
    customerReplySubject(world, cards),
    noteSubject(world, cards),
    fileMessageSubject(world),
    timelineSubject(world),
    whySubject(world, cards),
    simulateSubject(world),
    policySubject(world),
  ];
}
