import { promiseSettling } from './arrangements/settle-promises.op.ts';
import { buildSides } from './compose-sides.ts';
import type { BotPulse } from './compose-watch.ts';
import { slackWorld, type WorldParts } from './compose-world.ts';
import { spokenInCase } from './escalation/case-thread.slack.ts';
import { anchorRenderer } from './follow-up/anchor-renderer.slack.ts';
import { chartOnHome } from './follow-up/chart-file.slack.ts';
import { digestRenderer } from './follow-up/digest-renderer.slack.ts';
import { CHART_JOB, type Home, homes } from './follow-up/home.slack.ts';
import { homeSubject } from './follow-up/home-tab.slack.ts';
import { ANCHOR_JOB, postAnchor } from './follow-up/post-anchor.op.ts';
import { DIGEST_JOB, type DigestNeeds, postDigest } from './follow-up/post-digest.op.ts';
import { postWorklists, WORKLIST_JOB } from './follow-up/post-worklists.op.ts';
import { START_MANY } from './follow-up/start-many.op.ts';
import { workSubject } from './follow-up/work.slack.ts';
import { worklistRenderer } from './follow-up/worklist-renderer.slack.ts';
import type { Waits } from './kernel/clock.port.ts';
import { oneAtATime } from './kernel/one-at-a-time.op.ts';
import { reacting } from './kernel/reactions.op.ts';
import type { World } from './kernel/world.port.ts';
import { FILE_JOB } from './ledger/change-file.op.ts';
import { scrub } from './log.ts';
import { KEEP_DRAFTS_JOB } from './mails/keep-drafts.op.ts';
import { atMost } from './schedule/at-most.ts';
import { minuteTick } from './schedule/minute-tick.ts';
import { repeatedly } from './schedule/repeatedly.ts';
import type { Due } from './schedule/step.ts';
import { watchAcks } from './slack/ack-watch.ts';
import { channelFinder } from './slack/destination.ts';
import { registerListeners } from './slack/entrance.ts';
import { givenUpRenderers } from './slack/given-up.ts';
import { eventName } from './slack/hear-events.ts';
import { INBOX_KIND, keepEvents } from './slack/inbox.ts';
import { type Listeners, mergeSubjects, type Subject } from './slack/listeners.ts';
import { messagesTabSubject, writtenToBot } from './slack/messages-tab.ts';
import { outbound } from './slack/outbound.ts';
import { sharedNews } from './slack/shared-news.ts';
import type { SlackWorld } from './slack/world.ts';
import { storeIsAway } from './store/connect.ts';
import { ASSIGN_MANY } from './team/assign-many.op.ts';
import { CHECK_JOB } from './team/check-leavers.op.ts';
import { newClaimCode } from './team/claim-admin.op.ts';
import { helpSubject } from './team/help.slack.ts';
import { copyOutboxes } from './trail/copy-outboxes.op.ts';
import { RETENTION_JOB, removeOldRecords } from './trail/remove-old-records.op.ts';
import { trailSubjects } from './trail/trail-side.slack.ts';

export interface Bot extends BotPulse {
  /** A new address of the local workspace's page, good for one browser; null when the bot talks to Slack. */
  readonly page: (() => string) | null;
  /** What the first admin types in Slack; null once there is one. */
  readonly claim: string | null;
  /** Everything that people can ask for by command, button, form or event, for those who check them all. */
  readonly listeners: Listeners;
  /** Carries out everything that is due now; resolves when it is done. */
  tick(): Promise<void>;
  /** Resolves when no mail is being handed over: the clock does not wait for mail servers. */
  mailed(): Promise<unknown>;
}

interface Parts extends WorldParts {
  readonly waits: Waits;
  /** Done before anything listens. */
  readonly first: (world: SlackWorld) => Promise<void>;
  /** Whatever is started is added, to be stopped in the opposite order. */
  readonly stops: (() => Promise<unknown>)[];
}

/** Jobs are looked for this often besides the moments when this instance adds one: other instances add some too. */
const OUTBOUND_EVERY_MS = 2_000;
/** What is under way when the program is stopped may end within this time. */
const IDLE_WITHIN_MS = 10_000;

/** What listens, posts and follows the clock, between an open store and a connected Slack. */
export async function runBot({ waits, stops, first, ...parts }: Parts): Promise<Bot> {
  const { log, clock, slack, workspace, metrics } = parts;
  const world = slackWorld(parts, () => posting.soon());
  await first(world);
  const sides = buildSides(world);
  const replay = async () => {
    // What answers an event needs Slack: none is tried in vain while it is away.
    if (!slack.api.away) inbox.replay();
  };
  const copyTrail = () => copyOutboxes({ ...world, told: sides.told });
  const mayRead = async (user: string) => (await world.refusal({ user, team: slack.team, channel: '' }, 'read')) === null;
  const home = homes({ ...world, chart: chartOnHome(world), mayRead, health: () => tick.health() });
  const listeners = listen(world, home, [...sides.subjects, ...trailSubjects(world, copyTrail)]);
  const { unkept } = registerListeners(slack.app, listeners.all, listeners.ports);
  const inbox = keepEvents(slack.app, { ...world, worthKeeping: worthKeeping(world.cases), unkept });
  watchAcks(slack.app, metrics.acked);
  stops.push(() => inbox.stop());
  const shared = sharedNews(world);
  slack.exit.onShared(shared.tell);
  const renderers = { ...sides.renderers, ...shared.renderers, ...ownRenderers(world) };
  const { follow, posting } = workers(world, sides.reactions, outbound({ ...world, renderers, api: slack.api }), home);
  const destination = channelFinder(world.client, slack.team, slack.botName, log, slack.exit.shared);
  const tick = minuteTick(
    [
      { name: 'events left behind', run: replay },
      { name: 'promises', run: promiseSettling(world) },
      ...sides.due.recording,
      { name: 'trail', run: copyTrail },
      { name: 'what follows from entries', run: follow.now },
      ...digestAndLists({ ...world, destination }),
      ...sides.due.following,
      { name: 'outgoing messages', run: posting.now },
      { name: 'old records', run: () => removeOldRecords(world) },
    ],
    { log, clock, scrub, ended: metrics.stepEnded },
  );
  stops.push(() => tick.stop());
  const often = repeatedly(OUTBOUND_EVERY_MS, { waits, log }, async () => {
    follow.soon();
    if (slack.api.away) return;
    posting.soon();
    await replay();
  });
  // Whatever is due by the clock was tried in vain meanwhile.
  slack.api.onBack(() => void tick.now());
  stops.push(async () => {
    await often.stop();
    if (!(await atMost(IDLE_WITHIN_MS, Promise.all([follow.idle(), posting.idle(), sides.idle()]))))
      log.warn('stopped while work was under way; it goes on at the next start');
  });
  await slack.start();
  const claim = await claimCommand(world);
  const page = workspace && (() => workspace.pageLink());
  const pulse = {
    health: tick.health,
    lastTick: tick.lastTick,
    mailbox: world.mailer?.mailbox ?? null,
    jobKinds: jobKindsOf(renderers, sides.reactions),
  };
  return { ...pulse, page, claim, listeners: listeners.all, tick: () => tick.now(), mailed: sides.mailed };
}

/** What is posted, what follows from entries, and what is worked on otherwise. */
const jobKindsOf = (renderers: object, reactions: object): string[] => [
  ...Object.keys(renderers),
  ...Object.keys(reactions),
  ...[INBOX_KIND, CHART_JOB, FILE_JOB, ASSIGN_MANY, START_MANY, CHECK_JOB, KEEP_DRAFTS_JOB, RETENTION_JOB],
];

/** Which events are kept in the store until they are answered. */
const worthKeeping = (cases: World['cases']) => async (event: Readonly<Record<string, unknown>>) => {
  if (eventName(event) === 'message.im') return writtenToBot(event);
  return event.type !== 'message' || (await spokenInCase(cases, event)) !== null;
};

/** Draw the messages that belong to no side. */
function ownRenderers(world: SlackWorld) {
  return {
    ...givenUpRenderers(world.client),
    [DIGEST_JOB]: digestRenderer({ ...world, posted: (digest, ts) => postAnchor(world, digest, ts) }),
    [ANCHOR_JOB]: anchorRenderer,
    [WORKLIST_JOB]: worklistRenderer(world),
  };
}

/** What follows from entries is done, and what waits is posted, by one at a time each. */
function workers(world: SlackWorld, reactions: Parameters<typeof reacting>[1], out: ReturnType<typeof outbound>, home: Home) {
  const follow = oneAtATime(reacting(world, reactions), (error) =>
    world.log.error({ err: error }, 'what follows from entries is not being done; it is tried again within a minute'),
  );
  const posting = oneAtATime(
    async () => {
      await out.work();
      await home.fillIn();
    },
    (error) => world.log.error({ err: error }, 'outgoing messages are not being posted'),
  );
  return { follow, posting };
}

async function claimCommand(world: World): Promise<string | null> {
  const code = await newClaimCode(world);
  return code && `/${(await world.settings.read()).commands.collections} claim ${code}`;
}

/** The lists go out with a digest, and without one where Slack's channel cannot be had. */
function digestAndLists(world: DigestNeeds & Pick<SlackWorld, 'postSoon'>): Due[] {
  let decided = false;
  return [
    {
      name: 'digest',
      run: async () => {
        if ((await postDigest(world)) === null) return;
        decided = true;
        // Whoever waits for it does not wait for the mails that are drafted after it.
        world.postSoon();
      },
    },
    {
      name: 'work lists',
      run: async () => {
        await postWorklists(world, decided);
        decided = false;
      },
    },
  ];
}

function listen(world: SlackWorld, home: Home, subjects: readonly Subject[]) {
  const { refusal, log } = world;
  let all: Listeners | null = null;
  all = mergeSubjects([
    homeSubject(home),
    messagesTabSubject(),
    workSubject(world, home),
    ...subjects,
    helpSubject(
      () => all!,
      async (asker, needed) => (await refusal(asker, needed)) === null,
    ),
  ]);
  return { all, ports: { settings: () => world.settings.read(), refusal, storeAway: storeIsAway, log } };
}
