import { type Day, dayIn } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { type Asker, Refused } from '../slack/listeners.ts';
import { REFUSED } from '../slack/refusals.ts';
import { type Reply, sentence } from '../slack/reply.ts';
import { plain } from '../slack/text.ts';
import { moment } from './delivery.view.ts';
import type { StoredDraft } from './draft.port.ts';
import type { Draft } from './draft.ts';
import { approvedMailsReply, draftCardReply, emptyQueueReply } from './draft-card.view.ts';
import { type DraftGaps, draftGaps } from './draft-gaps.op.ts';
import { gapBlocks } from './draft-gaps.view.ts';
import { type ReviewQueue, reviewQueue, secondApprovers } from './review-queue.op.ts';
import type { SendPlan } from './send-plan.op.ts';
import { readUnusual } from './unusual.op.ts';

/** What becomes of approved mails. */
export interface MailsLeaving {
  /** They are sent by a mail server; without one they wait as files to be sent by hand. */
  readonly server: boolean;
  /** When a customer can be written to; null for an account that is gone. */
  time(account: string, now: Temporal.Instant, notBefore: Day | null): Promise<Temporal.Instant | null>;
  /** When a queued mail leaves; null without a mail server. */
  plan(draft: Draft): Promise<SendPlan | null>;
  /** Sends, or writes, what is due now, without waiting for it. */
  wake(): void;
}

export interface DraftCardNeeds extends World {
  readonly leaving: MailsLeaving;
}

/** Cards of drafts and where to go on from them, for one person at a time. */
export function draftCards(world: DraftCardNeeds) {
  const draftOf = async (id: string): Promise<StoredDraft> => {
    const stored = await world.drafts.load(id);
    if (!stored) throw new Refused(REFUSED['no-such-draft']);
    return stored;
  };
  const cardOf = async (stored: StoredDraft, queue: ReviewQueue, notice?: string, gaps: readonly DraftGaps[] = []): Promise<Reply> => {
    const [account, settings, freshness] = await Promise.all([
      world.ledger.account(stored.draft.account),
      world.settings.read(),
      world.ledger.freshness(),
    ]);
    const view = {
      stored,
      accountName: account?.name ?? stored.draft.account,
      zone: settings.zone,
      now: world.clock.now(),
      waiting: queue.waiting.length,
      batch: queue.batch.length,
      approved: queue.approved.length,
      sample: freshness.sample,
      server: world.leaving.server,
      unusual: stored.draft.state === 'waiting' ? await readUnusual(world, stored.draft) : [],
      plan: stored.draft.state === 'queued' ? await world.leaving.plan(stored.draft) : null,
      gaps: gapBlocks(gaps, settings.commands.collections),
    };
    return draftCardReply(notice === undefined ? view : { ...view, notice });
  };
  const show = async (id: string, asker: Asker, notice?: string): Promise<Reply> => {
    const stored = await draftOf(id);
    if (stored.draft.state === 'rejected') return showNext(id, asker, notice ?? closedNotice(stored));
    if (stored.draft.state === 'void') {
      const [anew] = await world.drafts.open(stored.draft.account);
      return anew ? show(anew.draft.id, asker, closedNotice(stored)) : showNext(id, asker, closedNotice(stored));
    }
    return cardOf(stored, await reviewQueue(world, asker.user), notice, await draftGaps(world, asker.user));
  };
  const showNext = async (id: string, asker: Asker, notice?: string): Promise<Reply> => {
    const queue = await reviewQueue(world, asker.user);
    const gaps = await draftGaps(world, asker.user);
    const from = queue.waiting.findIndex(({ draft }) => draft.id === id) + 1;
    const round = [...queue.waiting.slice(from), ...queue.waiting.slice(0, from)];
    let passed: string | undefined;
    for (const next of round) {
      try {
        return await cardOf(next, queue, [notice, passed].filter(Boolean).join(' ') || undefined, gaps);
      } catch (error) {
        // One draft that cannot be shown keeps nobody from the others.
        world.log.warn({ err: error, draft: next.draft.id }, 'a draft could not be shown');
        passed = `The email with the reference \`${next.draft.id}\` could not be shown and was left out; an admin finds why in the log.`;
      }
    }
    if (passed) return sentence([notice, passed].filter(Boolean).join(' '));
    const { commands } = await world.settings.read();
    const empty = emptyQueueReply(queue.approved.length, gapBlocks(gaps, commands.collections));
    return notice === undefined ? empty : { text: empty.text, blocks: [...sentence(notice).blocks, ...empty.blocks] };
  };
  const showApproved = async (asker: Asker): Promise<Reply> => {
    const { approved } = await reviewQueue(world, asker.user);
    return approvedMailsReply(approved, new Map((await world.ledger.accounts()).map((account) => [account.id, account.name])));
  };
  return { show, showNext, showApproved, draftOf, cardOf };
}

export type DraftCards = ReturnType<typeof draftCards>;

const closedNotice = ({ draft }: StoredDraft) => `It was ${draft.state === 'void' ? 'voided' : 'rejected'}: ${plain(draft.closed)}`;

/** Who was asked for the second approval. */
async function secondWanted(world: DraftCardNeeds, draft: Draft): Promise<string> {
  const [team, { zone }] = await Promise.all([world.team.read(), world.settings.read()]);
  const asked = secondApprovers(draft, team, dayIn(zone, world.clock.now()));
  const who =
    asked.length > 0
      ? `${asked.map((user) => `<@${user}>`).join(' or ')} has been asked.`
      : 'Nobody else may approve it: an admin can give somebody the right in `/collections roles`.';
  return `:white_check_mark: Approved. A final notice needs a second person. ${who}`;
}

/** When the mail that was just approved leaves. */
export async function approvedNotice(world: DraftCardNeeds, id: string): Promise<string> {
  const approved = ':white_check_mark: Approved.';
  const draft = (await world.drafts.load(id))?.draft;
  if (draft?.state === 'waiting') return secondWanted(world, draft);
  if (!draft || !world.leaving.server) return approved;
  const now = world.clock.now();
  const opens = await world.leaving.time(draft.account, now, draft.notBefore);
  if (!opens || Temporal.Instant.compare(opens, now) <= 0) {
    const plan = draft.state === 'queued' ? await world.leaving.plan(draft) : null;
    if (plan?.trouble) return `${approved} It waits: the mail server takes none of our emails at the moment.`;
    const soon = !plan || Temporal.Instant.compare(plan.at, now.add({ minutes: 1 })) <= 0;
    return soon ? `${approved} It leaves within a minute.` : `${approved} It leaves about ${moment(plan.at.toString())}.`;
  }
  return `${approved} It waits until the customer’s working hours begin, ${moment(opens.toString())}.`;
}
