import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { type AccountPorts, accountSubject } from './account/account.slack.ts';
import { legalHoldSubject } from './account/legal-hold.slack.ts';
import { promiseSettling } from './arrangements/settle-promises.op.ts';
import { mailParts } from './compose-mails.ts';
import { buildSides } from './compose-sides.ts';
import { type BotPulse, countedMailer } from './compose-watch.ts';
import type { Config } from './config.ts';
import { EMBEDDED_STORE_LIMIT } from './embedded/mongo/embedded-store.ts';
import type { Workspace } from './embedded/slack/workspace.ts';
import { spokenInCase } from './escalation/case-thread.slack.ts';
import { anchorRenderer } from './follow-up/anchor-renderer.slack.ts';
import { chartOnHome } from './follow-up/chart-file.slack.ts';
import { digestRenderer } from './follow-up/digest-renderer.slack.ts';
import { CHART_JOB, type Home, homes } from './follow-up/home.slack.ts';
import { homeSubject } from './follow-up/home-tab.slack.ts';
import { ANCHOR_JOB, postAnchor } from './follow-up/post-anchor.op.ts';
import { DIGEST_JOB, type DigestPorts, postDigest } from './follow-up/post-digest.op.ts';
import { type PostWorklistsPorts, postWorklists, WORKLIST_JOB } from './follow-up/post-worklists.op.ts';
import { workSubject } from './follow-up/work.slack.ts';
import { worklistRenderer } from './follow-up/worklist-renderer.slack.ts';
import type { Clock, HolidayCalendar, Waits } from './kernel/clock.port.ts';
import { oneAtATime } from './kernel/one-at-a-time.op.ts';
import { reacting } from './kernel/reactions.op.ts';
import { FILE_JOB } from './ledger/change-file.op.ts';
import { invoiceSearch } from './ledger/invoice-options.slack.ts';
import { overdueSubject } from './ledger/overdue.slack.ts';
import { scrub } from './log.ts';
import { KEEP_DRAFTS_JOB } from './mails/keep-drafts.op.ts';
import type { Metrics } from './monitoring/metrics.ts';
import { ageingChart } from './reporting/ageing-chart.ts';
import { csvFile } from './reporting/csv-file.ts';
import { evidencePdf } from './reporting/evidence-pdf.ts';
import { trailPdf } from './reporting/trail-pdf.ts';
import { xlsxFile } from './reporting/xlsx-file.ts';
import { zipFile } from './reporting/zip-file.ts';
import { atMost } from './schedule/at-most.ts';
import { holidayCalendar, holidayPlaces } from './schedule/holidays.ts';
import { minuteTick } from './schedule/minute-tick.ts';
import { repeatedly } from './schedule/repeatedly.ts';
import type { Due } from './schedule/step.ts';
import { watchAcks } from './slack/ack-watch.ts';
import type { SlackApp } from './slack/connect.ts';
import { channelFinder } from './slack/destination.ts';
import { registerListeners } from './slack/entrance.ts';
import { givenUpRenderers } from './slack/given-up.ts';
import { eventName } from './slack/hear-events.ts';
import { INBOX_KIND, keepEvents } from './slack/inbox.ts';
import { type ListenerPorts, type Listeners, mergeSubjects, type Subject } from './slack/listeners.ts';
import { manifest } from './slack/manifest.ts';
import { messagesTabSubject, writtenToBot } from './slack/messages-tab.ts';
import { outbound } from './slack/outbound.ts';
import { gate, membership } from './slack/people.ts';
import { sharedNews } from './slack/shared-news.ts';
import { storeIsAway } from './store/connect.ts';
import type { Stores } from './store/open-store.ts';
import { ASSIGN_MANY } from './team/assign-many.op.ts';
import { CHECK_JOB } from './team/check-leavers.op.ts';
import { newClaimCode } from './team/claim-admin.op.ts';
import { helpSubject } from './team/help.slack.ts';
import type { CommandNames } from './team/settings.port.ts';
import { copyOutboxes } from './trail/copy-outboxes.op.ts';
import { type EraseSubjectPorts, eraseSubject } from './trail/erase.slack.ts';
import { evidenceSubject } from './trail/evidence.slack.ts';
import { RETENTION_JOB, removeOldRecords } from './trail/remove-old-records.op.ts';
import { type RetentionSubjectPorts, retentionSubject } from './trail/retention.slack.ts';
import { trailExportSubject } from './trail/trail-export.slack.ts';

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

interface Parts {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
  readonly waits: Waits;
  readonly stores: Stores;
  readonly slack: SlackApp;
  readonly workspace: Workspace | null;
  /** Where the local workspace sends its requests; undefined for a socket. */
  readonly requestUrl?: string | undefined;
  readonly metrics: Metrics;
  /** Whatever is started is added, to be stopped in the opposite order. */
  readonly stops: (() => Promise<unknown>)[];
}

/** Jobs are looked for this often besides the moments when this instance adds one: other instances add some too. */
const OUTBOUND_EVERY_MS = 2_000;
/** What is under way when the program is stopped may end within this time. */
const IDLE_WITHIN_MS = 10_000;

/** What listens, posts and follows the clock, between an open store and a connected Slack. */
export async function runBot({ config, log, clock, waits, stores, slack, workspace, requestUrl, metrics, stops }: Parts): Promise<Bot> {
  const ports = portsOf({ log, clock, stores, slack });
  const { client, owner } = ports;
  const refusal = gate(stores.team, ports.membership, async () => (await stores.settings.read()).commands.collections);
  const parts = mailParts(config, stores, clock, log);
  const mails = { ...parts, mailer: parts.mailer && countedMailer(parts.mailer, metrics) };
  const sides = buildSides({
    ...ports,
    refusal,
    botName: slack.botName,
    botUser: slack.botUser,
    places: holidayPlaces,
    installCommands: workspace && ((names: CommandNames) => workspace.install(manifest(names, requestUrl))),
    mails,
    documentLimit: config.MONGODB_URI ? undefined : EMBEDDED_STORE_LIMIT,
    postSoon: () => posting.soon(),
  });
  const replay = async () => {
    // What answers an event needs Slack: none is tried in vain while it is away.
    if (!slack.api.away) inbox.replay();
  };
  const copyTrail = () => copyOutboxes({ ...ports, told: sides.told });
  const mayRead = async (user: string) => (await refusal({ user, team: slack.team, channel: '' }, 'read')) === null;
  const home = homes({ ...ports, chart: chartOnHome(ports), mayRead, health: () => tick.health() });
  const evidence = evidenceSubject({ ...ports, ...mails, copyTrail, indexPdf: evidencePdf, archive: zipFile });
  const removal = removalSubjects({ ...ports, copy: copyTrail, mongodb: config.MONGODB_URI !== undefined });
  const listeners = listen(ports, refusal, home, [...sides.subjects, ...removal, evidence], sides);
  const { unkept } = registerListeners(slack.app, listeners.all, listeners.ports);
  const inbox = keepEvents(slack.app, { jobs: stores.jobs, clock, owner, log, worthKeeping: worthKeeping(stores.cases), unkept });
  watchAcks(slack.app, metrics.acked);
  stops.push(() => inbox.stop());
  const shared = sharedNews(ports);
  slack.exit.onShared(shared.tell);
  const renderers = { ...sides.renderers, ...shared.renderers, ...ownRenderers(ports) };
  const { follow, posting } = workers(ports, sides.reactions, outbound({ ...ports, renderers, api: slack.api }), home);
  const destination = channelFinder(client, slack.team, slack.botName, log, slack.exit.shared);
  const tick = minuteTick(
    [
      { name: 'events left behind', run: replay },
      { name: 'promises', run: promiseSettling(ports) },
      ...sides.due.recording,
      { name: 'trail', run: copyTrail },
      { name: 'what follows from entries', run: follow.now },
      ...digestAndLists({ ...ports, destination }),
      ...sides.due.following,
      { name: 'outgoing messages', run: posting.now },
      { name: 'old records', run: () => removeOldRecords(ports) },
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
  const claim = await claimCommand(stores);
  const page = workspace && (() => workspace.pageLink());
  const pulse = {
    health: tick.health,
    lastTick: tick.lastTick,
    mailbox: mails.mailer?.mailbox ?? null,
    jobKinds: jobKindsOf(renderers, sides.reactions),
  };
  return { ...pulse, page, claim, listeners: listeners.all, tick: () => tick.now(), mailed: sides.mailed };
}

/** What is posted, what follows from entries, and what is worked on otherwise. */
const jobKindsOf = (renderers: object, reactions: object): string[] => [
  ...Object.keys(renderers),
  ...Object.keys(reactions),
  ...[INBOX_KIND, CHART_JOB, FILE_JOB, ASSIGN_MANY, CHECK_JOB, KEEP_DRAFTS_JOB, RETENTION_JOB],
];

/** What removes things for good, and what keeps them from it. */
const removalSubjects = (ports: EraseSubjectPorts & RetentionSubjectPorts): Subject[] => [
  eraseSubject(ports),
  legalHoldSubject(ports),
  retentionSubject(ports),
];

/** What nearly everything works with. */
function portsOf({ log, clock, stores, slack }: Pick<Parts, 'log' | 'clock' | 'stores' | 'slack'>) {
  const { client } = slack.app;
  const here = { client, homeTeam: slack.team, membership: membership(client), chart: ageingChart };
  return { ...stores, ...here, clock, log, holidays: holidayCalendar(), owner: randomUUID() };
}

type BotPorts = ReturnType<typeof portsOf>;

/** Which events are kept in the store until they are answered. */
const worthKeeping = (cases: Stores['cases']) => async (event: Readonly<Record<string, unknown>>) => {
  if (eventName(event) === 'message.im') return writtenToBot(event);
  return event.type !== 'message' || (await spokenInCase(cases, event)) !== null;
};

/** Draw the messages that belong to no side. */
function ownRenderers(ports: BotPorts) {
  return {
    ...givenUpRenderers(ports.client),
    [DIGEST_JOB]: digestRenderer({ ...ports, posted: (digest, ts) => postAnchor(ports, digest, ts) }),
    [ANCHOR_JOB]: anchorRenderer,
    [WORKLIST_JOB]: worklistRenderer(ports),
  };
}

/** What follows from entries is done, and what waits is posted, by one at a time each. */
function workers(ports: BotPorts, reactions: Parameters<typeof reacting>[1], out: ReturnType<typeof outbound>, home: Home) {
  const follow = oneAtATime(reacting(ports, reactions), (error) =>
    ports.log.error({ err: error }, 'what follows from entries is not being done; it is tried again within a minute'),
  );
  const posting = oneAtATime(
    async () => {
      await out.work();
      await home.fillIn();
    },
    (error) => ports.log.error({ err: error }, 'outgoing messages are not being posted'),
  );
  return { follow, posting };
}

async function claimCommand(stores: Stores): Promise<string | null> {
  const code = await newClaimCode(stores);
  return code && `/${(await stores.settings.read()).commands.collections} claim ${code}`;
}

/** The lists go out with a digest, and without one where Slack's channel cannot be had. */
function digestAndLists(ports: DigestPorts & PostWorklistsPorts): Due[] {
  let decided = false;
  return [
    {
      name: 'digest',
      run: async () => {
        if ((await postDigest(ports)) !== null) decided = true;
      },
    },
    {
      name: 'work lists',
      run: async () => {
        await postWorklists(ports, decided);
        decided = false;
      },
    },
  ];
}

function listen(
  ports: Omit<Stores, 'clock'> & Pick<Parts, 'log' | 'clock'> & { readonly holidays: HolidayCalendar },
  refusal: ListenerPorts['refusal'],
  home: Home,
  subjects: readonly Subject[],
  { assignable, openCall }: Pick<AccountPorts, 'assignable' | 'openCall'>,
) {
  let all: Listeners | null = null;
  all = mergeSubjects([
    overdueSubject({ ...ports, writers: { csv: csvFile, xlsx: xlsxFile } }),
    homeSubject(home),
    messagesTabSubject(),
    workSubject(ports, home),
    invoiceSearch(ports),
    trailExportSubject({ ...ports, csv: csvFile, pdf: trailPdf }),
    accountSubject({ ...ports, assignable, openCall }),
    ...subjects,
    helpSubject(
      () => all!,
      async (asker, needed) => (await refusal(asker, needed)) === null,
    ),
  ]);
  return { all, ports: { settings: () => ports.settings.read(), refusal, storeAway: storeIsAway, log: ports.log } };
}
