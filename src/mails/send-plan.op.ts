import type { World } from '../kernel/world.port.ts';
import type { Draft } from './draft.ts';
import { byUrgency } from './draft-urgency.ts';
import { leavesAt } from './mail-budget.ts';
import { isTold, lasting, type MailTrouble, probeTime } from './mail-trouble.ts';
import type { Mailer, SendTimes } from './send.port.ts';

import { readMailbox } from './send-mailbox.op.ts';

/** When a queued mail leaves, as far as can be said now. */
export interface SendPlan {
  readonly at: Temporal.Instant;
  /** Mails that leave before it. */
  readonly ahead: number;
  /** What keeps the mailbox from sending, once it has lasted for people to hear of it. */
  readonly trouble: MailTrouble | null;
}

export type SendPlanNeeds = Pick<SendNeeds, 'clock' | 'drafts' | 'mailStates' | 'mailer' | 'times'>;

export async function sendPlan(world: SendPlanNeeds, draft: Draft): Promise<SendPlan> {
  const now = world.clock.now();
  const [{ budget, troubles }, queue] = await Promise.all([readMailbox(world), world.drafts.queued()]);
  const due = queue.map((stored) => stored.draft).filter((each) => each.id === draft.id || !waits(each, now));
  const sorted = due.sort(byUrgency);
  const ahead = sorted.findIndex(({ id }) => id === draft.id);
  const recipients = sorted.slice(0, ahead + 1).map(({ content: { to, cc } }) => to.length + cc.length);
  const from = draft.content.from.address;
  const start = [now, waits(draft, now), probeTime(troubles, from)].reduce<Temporal.Instant>(
    (last, each) => (each && Temporal.Instant.compare(each, last) > 0 ? each : last),
    now,
  );
  const at = leavesAt(budget, start.epochMilliseconds, recipients, world.times.limits);
  const trouble = lasting(troubles, from).find(isTold) ?? null;
  return { at: Temporal.Instant.fromEpochMilliseconds(Math.ceil(at)), ahead: Math.max(0, ahead), trouble };
}

/** Until when it waits for its customer's hours or its next try; null: it is due. */
function waits({ delivery }: Draft, now: Temporal.Instant): Temporal.Instant | null {
  if (!delivery?.waitsUntil || delivery.waitsFor === 'server-trouble') return null;
  const until = Temporal.Instant.from(delivery.waitsUntil);
  return Temporal.Instant.compare(until, now) > 0 ? until : null;
}

export interface SendNeeds extends World {
  readonly mailer: Mailer;
  readonly times: SendTimes;
}
