import type { ModalView } from '@slack/types';
import { type Day, dayIn } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { Refused } from '../slack/listeners.ts';
import { REFUSED } from '../slack/refusals.ts';
import type { Reply } from '../slack/reply.ts';
import { clip, plain } from '../slack/text.ts';
import { moment } from './delivery.view.ts';
import type { StoredDraft } from './draft.port.ts';
import type { Draft } from './draft.ts';
import { approvedMailsReply, askedWords, type DraftView, draftCardReply } from './draft-card.view.ts';
import { draftGaps } from './draft-gaps.op.ts';
import { gapBlocks } from './draft-gaps.view.ts';
import type { DraftWriter } from './draft-writer.port.ts';
import { endView, type Outcome, reviewView, type Sitting } from './review.view.ts';
import { leastShown, type Shown } from './review-guard.ts';
import { type ReviewQueue, reviewQueue, secondApprovers } from './review-queue.op.ts';
import type { SendPlan } from './send-plan.op.ts';
import { readAround } from './unusual.op.ts';

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

export interface ReviewNeeds extends DraftCardNeeds {
  readonly writer: DraftWriter;
}

/** What is shown of drafts, for one person at a time: each drawn over the draft as it is now. */
export function draftCards(world: DraftCardNeeds) {
  const draftOf = async (id: string): Promise<StoredDraft> => {
    const stored = await world.drafts.load(id);
    if (!stored) throw new Refused(REFUSED['no-such-draft']);
    return stored;
  };
  /** A message where no form can be opened: what became of an email. */
  const cardOf = async (stored: StoredDraft): Promise<Reply> => draftCardReply(await viewOf(world, stored, NO_QUEUE, []));
  /** `since`: it has been drawn from then on, as long as it is the same still. */
  const drawn = async (stored: StoredDraft, queue: ReviewQueue, { user, sitting, outcome, since }: Drawing): Promise<ModalView> => {
    const view = await viewOf(world, stored, queue, await gapsOf(world, user));
    const same = since && since.hash === stored.draft.hash && since.facts === stored.facts;
    const least = leastShown(stored.draft, view.around.unusual);
    const shown = { id: stored.draft.id, hash: stored.draft.hash, facts: stored.facts, at: same ? since.at : Date.now(), least };
    return reviewView(view, shown, sitting, outcome);
  };
  const show = async (id: string, drawing: Drawing): Promise<ModalView> => {
    const stored = await draftOf(id);
    const { state } = stored.draft;
    if (state !== 'rejected' && state !== 'void') return drawn(stored, await reviewQueue(world, drawing.user), drawing);
    const outcome = drawing.outcome ?? { says: closedNotice(stored) };
    const [anew] = state === 'void' ? await world.drafts.open(stored.draft.account) : [];
    return anew ? show(anew.draft.id, { ...drawing, outcome }) : showNext({ ...drawing, outcome });
  };
  const showNext = async (drawing: Drawing): Promise<ModalView> => {
    const queue = await reviewQueue(world, drawing.user);
    const { skipped } = drawing.sitting;
    const last = (id: string) => skipped.indexOf(id);
    const round = [...queue.waiting].sort((a, b) => last(a.draft.id) - last(b.draft.id));
    let passed = '';
    const outcome = (): Outcome | null => {
      const says = [drawing.outcome?.says, passed].filter(Boolean).join(' ');
      return says === '' ? null : { ...drawing.outcome, says };
    };
    for (const next of round) {
      try {
        return await drawn(next, queue, { ...drawing, outcome: outcome() });
      } catch (error) {
        // One draft that cannot be shown keeps nobody from the others.
        world.log.warn({ err: error, draft: next.draft.id }, 'a draft could not be shown');
        passed = `The email with the reference \`${next.draft.id}\` could not be shown and was left out; an admin finds why in the log.`;
      }
    }
    return endView(drawing.sitting, outcome(), { approved: queue.approved.length, next: '', gaps: await gapsOf(world, drawing.user) });
  };
  const showApproved = async (user: string): Promise<Reply> => {
    const { approved } = await reviewQueue(world, user);
    return approvedMailsReply(approved, new Map((await world.ledger.accounts()).map((account) => [account.id, account.name])));
  };
  return { show, showNext, showApproved, draftOf, cardOf };
}

export type DraftCards = ReturnType<typeof draftCards>;

/** For whom, what the sitting has come to, and what is said above it. */
export interface Drawing {
  readonly user: string;
  readonly sitting: Sitting;
  readonly outcome: Outcome | null;
  readonly since?: Pick<Shown, 'hash' | 'facts' | 'at'>;
}

const NO_QUEUE = { waiting: [], approved: [], batch: [] };

async function gapsOf(world: DraftCardNeeds, user: string) {
  const [gaps, { commands }] = await Promise.all([draftGaps(world, user), world.settings.read()]);
  return gapBlocks(gaps, commands.collections);
}

async function viewOf(
  world: DraftCardNeeds,
  stored: StoredDraft,
  queue: Omit<ReviewQueue, 'today'>,
  gaps: DraftView['gaps'],
): Promise<DraftView> {
  const { draft } = stored;
  const [account, settings, freshness, around, plan] = await Promise.all([
    world.ledger.account(draft.account),
    world.settings.read(),
    world.ledger.freshness(),
    readAround(world, draft),
    draft.state === 'queued' ? world.leaving.plan(draft) : null,
  ]);
  return {
    ...{ stored, around, plan, gaps },
    accountName: account?.name ?? draft.account,
    zone: settings.zone,
    now: world.clock.now(),
    ...{ waiting: queue.waiting.length, batch: queue.batch.length, approved: queue.approved.length },
    sample: freshness.sample,
    server: world.leaving.server,
  };
}

const closedNotice = ({ draft }: StoredDraft) =>
  draft.state === 'void' ? `This email was withdrawn: ${plain(draft.closed)}` : `It was rejected: ${plain(draft.closed)}`;

/** Who was asked for the second approval. */
async function secondWanted(world: DraftCardNeeds, draft: Draft): Promise<string> {
  const [team, { zone }] = await Promise.all([world.team.read(), world.settings.read()]);
  const asked = secondApprovers(draft, team, dayIn(zone, world.clock.now()));
  const who =
    asked.length > 0
      ? `${asked.map((user) => `<@${user}>`).join(' or ')} has been asked.`
      : 'Nobody else may approve it: an admin can give somebody the right in `/collections roles`.';
  return `A final notice needs a second person. ${who}`;
}

/** "Approved: Firm reminder to Kestrel Foundry Ltd, £1,240.00. It goes out …": what was approved, and when it leaves. */
export async function approvedNotice(world: DraftCardNeeds, draft: Draft): Promise<string> {
  const row = await world.ledger.account(draft.account);
  const name = plain(clip(row?.name ?? draft.account, 80));
  const approved = `:white_check_mark: Approved: *${plain(draft.stage.name)}* to *${name}*, ${askedWords(draft)}.`;
  if (draft.state === 'waiting') return `${approved} ${await secondWanted(world, draft)}`;
  if (!world.leaving.server) return `${approved} Not sent: no mail server is connected.`;
  return `${approved} ${await leavesWords(world, draft)}`;
}

async function leavesWords(world: DraftCardNeeds, draft: Draft): Promise<string> {
  const now = world.clock.now();
  const opens = await world.leaving.time(draft.account, now, draft.notBefore);
  if (opens && Temporal.Instant.compare(opens, now) > 0)
    return `It goes out when the customer’s working hours begin, ${moment(opens.toString())}.`;
  const plan = draft.state === 'queued' ? await world.leaving.plan(draft) : null;
  if (plan?.trouble) return 'It waits: the mail server takes none of our emails at the moment.';
  const soon = !plan || Temporal.Instant.compare(plan.at, now.add({ minutes: 1 })) <= 0;
  return soon ? 'It goes out within two minutes.' : `It goes out about ${moment(plan.at.toString())}.`;
}
