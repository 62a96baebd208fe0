import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { DrawAlert } from '../follow-up/alert-cards.view.ts';
import type { Alert } from '../follow-up/alerts.ts';
import { type OneAtATime, oneAtATime } from '../kernel/one-at-a-time.op.ts';
import type { SlackWorld } from '../slack/world.ts';
import { idOf } from '../trail/fact-table.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import { type DraftCardNeeds, draftCards, type MailsLeaving } from './draft-cards.slack.ts';
import type { MailTrouble } from './mail-trouble.ts';
import { stoppedCard, worksCard } from './mail-trouble.view.ts';
import { SEND_TIMES, sendingTime, sendRound } from './send-approved.op.ts';
import { readMailbox, releaseProbe } from './send-mailbox.op.ts';
import { type SendNeeds, sendPlan } from './send-plan.op.ts';
import { troubleTell } from './tell-trouble.op.ts';
import { writeOutbox } from './write-outbox.op.ts';

/** A stop waits this long for what is under way: as long as a server that hangs before the final dot is given. What had no answer is settled later. */
const STOP_MS = 35_000;
/** When there is room for the next mail, or a minute later: the clock of the store may run differently. */
const SOONEST_MS = 250;
const LATEST_MS = 60_000;

/** What becomes of approved mails: sent by the mail server, or written as files; and who is told when that fails. */
export function sendSide(world: SlackWorld) {
  const { mailer, mailLimits } = world;
  const send = mailer && { ...world, mailer, times: { ...SEND_TIMES, limits: mailLimits } };
  const handing = send ? sender(send, world.log) : null;
  const writing = oneAtATime(
    () => writeOutbox(world),
    (error) => world.log.error({ err: error }, 'approved mails are not being written as files'),
  );
  const leaving: MailsLeaving = {
    server: mailer !== null,
    time: (account, now, notBefore) => sendingTime(world, account, now, notBefore),
    plan: async (draft) => send && sendPlan(send, draft),
    wake: handing ? handing.soon : writing.soon,
  };
  return {
    leaving,
    // A mail server may take its time: the clock goes on.
    due: [{ name: 'approved mails', run: async () => (handing ? handing.soon() : writing.now()) }],
    alertCards: { 'mail-trouble': troubleAlert({ ...world, leaving }), ...mailboxAlerts(send) },
    told: { 'send-failed': tellsOf, 'send-ambiguous': tellsOf },
    /** Resolves when this instance is not handing anything over. */
    mailed: (handing ?? writing).idle,
    /** The same at the end: nothing new is begun, and a server without an answer is waited for no longer than a while. */
    idle: handing ? handing.stop : writing.idle,
  };
}

/** Sends round after round, one at a time: at each tick, when an approval wakes it, and when the mailbox has room again. */
function sender(send: SendNeeds, log: Logger): Pick<OneAtATime, 'soon' | 'idle'> & { stop(): Promise<void> } {
  let stopped = false;
  let begun = false;
  let timer: NodeJS.Timeout | undefined;
  const round = async () => {
    if (stopped) return;
    // Whoever starts the program anew may have mended what was wrong.
    if (!begun) await releaseProbe(send, null);
    begun = true;
    const { next } = await sendRound(send, () => stopped);
    clearTimeout(timer);
    if (!next || stopped) return;
    const wait = next.since(send.clock.now()).total('milliseconds');
    timer = setTimeout(work.soon, Math.min(LATEST_MS, Math.max(SOONEST_MS, wait))).unref();
  };
  const work = oneAtATime(round, (error) =>
    log.error({ err: error }, 'mails are not leaving; they stay queued and are tried again within a minute'),
  );
  return {
    soon: work.soon,
    idle: work.idle,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await Promise.race([work.idle(), pause(STOP_MS, undefined, { ref: false })]);
    },
  };
}

/** To the admins; nothing is said of what was over before they could hear of it. */
function mailboxAlerts(send: SendNeeds | null): Record<'mail-stopped' | 'mail-works', DrawAlert> {
  const find = async (about: Alert['about']): Promise<MailTrouble | null> => {
    const troubles = send ? (await readMailbox(send)).troubles : [];
    return troubles.find(({ of, since }) => of === about.of && since === about.since) ?? null;
  };
  return {
    async 'mail-stopped'({ about }) {
      const trouble = await find(about);
      return trouble && trouble.over === null ? stoppedCard(trouble) : null;
    },
    async 'mail-works'({ about, notBefore }) {
      const trouble = await find(about);
      return worksCard(trouble ?? (about as unknown as MailTrouble), trouble?.over ?? notBefore.toString());
    },
  };
}

const tellsOf = (fact: RecordedFact) => [troubleTell(idOf(fact), String(fact.account), Number(fact.fence))];

/** The card with its buttons, until somebody has decided. */
function troubleAlert(world: DraftCardNeeds): DrawAlert {
  const { cardOf } = draftCards(world);
  return async ({ about }) => {
    const stored = await world.drafts.load(String(about.draft));
    if (!stored || (stored.draft.state !== 'failed' && stored.draft.state !== 'ambiguous')) return null;
    return cardOf(stored);
  };
}
