import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { mailParts } from './compose-mails.ts';
import { buildSides } from './compose-sides.ts';
import { type BotPulse, countedMailer } from './compose-watch.ts';
import type { Config } from './config.ts';
import { EMBEDDED_STORE_LIMIT } from './embedded/mongo/embedded-store.ts';
import type { Workspace } from './embedded/slack/workspace.ts';
import { scrub } from './log.ts';
import type { Metrics } from './monitoring/metrics.ts';
import { ASSIGN_MANY } from './operations/assign-many.ts';
import { FILE_JOB } from './operations/change-file.ts';
import { CHECK_JOB } from './operations/check-leavers.ts';
import { newClaimCode } from './operations/claim-admin.ts';
import { copyOutboxes } from './operations/copy-outboxes.ts';
import { KEEP_DRAFTS_JOB } from './operations/keep-drafts.ts';
import { oneAtATime } from './operations/one-at-a-time.ts';
import type { Clock, CommandNames, HolidayCalendar, Waits } from './operations/ports.ts';
import { ANCHOR_JOB, postAnchor } from './operations/post-anchor.ts';
import { DIGEST_JOB, type DigestPorts, postDigest } from './operations/post-digest.ts';
import { type PostWorklistsPorts, postWorklists, WORKLIST_JOB } from './operations/post-worklists.ts';
import { reacting } from './operations/reactions.ts';
import { RETENTION_JOB, removeOldRecords } from './operations/remove-old-records.ts';
import { promiseSettling } from './operations/settle-promises.ts';
import { ageingChart } from './reporting/ageing-chart.ts';
import { csvFile } from './reporting/csv-file.ts';
import { evidencePdf } from './reporting/evidence-pdf.ts';
import { trailPdf } from './reporting/trail-pdf.ts';
import { xlsxFile } from './reporting/xlsx-file.ts';
import { zipFile } from './reporting/zip-file.ts';
import { atMost } from './schedule/at-most.ts';
import { holidayCalendar, holidayPlaces } from './schedule/holidays.ts';
import { minuteTick } from './schedule/minute-tick.ts';
import type { Due } from './schedule/step.ts';
import { watchAcks } from './slack/ack-watch.ts';
import { anchorRenderer } from './slack/anchor-renderer.ts';
import { chartOnHome } from './slack/chart-file.ts';
import type { SlackApp } from './slack/connect.ts';
import { channelFinder } from './slack/destination.ts';
import { digestRenderer } from './slack/digest-renderer.ts';
import { registerListeners } from './slack/entrance.ts';
import { givenUpRenderers } from './slack/given-up.ts';
import { eventName } from './slack/hear-events.ts';
import { CHART_JOB, type Home, homes } from './slack/home.ts';
import { INBOX_KIND, keepEvents } from './slack/inbox.ts';
import { invoiceSearch } from './slack/invoice-options.ts';
import { type ListenerPorts, type Listeners, mergeSubjects, type Subject } from './slack/listeners.ts';
import { manifest } from './slack/manifest.ts';
import { outbound } from './slack/outbound.ts';
import { gate, membership } from './slack/people.ts';
import { sharedNews } from './slack/shared-news.ts';
import { type AccountPorts, accountSubject } from './slack/subjects/account.ts';
import { spokenInCase } from './slack/subjects/case-thread.ts';
import { type EraseSubjectPorts, eraseSubject } from './slack/subjects/erase.ts';
import { evidenceSubject } from './slack/subjects/evidence.ts';
import { helpSubject } from './slack/subjects/help.ts';
import { homeSubject } from './slack/subjects/home.ts';
import { legalHoldSubject } from './slack/subjects/legal-hold.ts';
import { messagesTabSubject, writtenToBot } from './slack/subjects/messages-tab.ts';
import { overdueSubject } from './slack/subjects/overdue.ts';
import { type RetentionSubjectPorts, retentionSubject } from './slack/subjects/retention.ts';
import { trailExportSubject } from './slack/subjects/trail-export.ts';
import { workSubject } from './slack/subjects/work.ts';
import { worklistRenderer } from './slack/worklist-renderer.ts';
import { storeIsAway } from './store/connect.ts';
import type { Stores } from './store/open-store.ts';

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
  const owner = randomUUID();
  const { client } = slack.app;
  const isMember = membership(client);
  const here = { client, homeTeam: slack.team, membership: isMember, chart: ageingChart };
  const ports = { ...stores, ...here, clock, log, holidays: holidayCalendar(), owner };
  const worthKeeping = async (event: Readonly<Record<string, unknown>>) => {
    if (eventName(event) === 'message.im') return writtenToBot(event);
    return event.type !== 'message' || (await spokenInCase(stores.cases, event)) !== null;
  };
  const refusal = gate(stores.team, isMember, async () => (await stores.settings.read()).commands.collections);
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
  const listeners = listen(
    ports,
    refusal,
    home,
    [...sides.subjects, ...removalSubjects({ ...ports, copy: copyTrail, mongodb: config.MONGODB_URI !== undefined }), evidence],
    sides,
  );
  const { unkept } = registerListeners(slack.app, listeners.all, listeners.ports);
  const inbox = keepEvents(slack.app, { jobs: stores.jobs, clock, owner, log, worthKeeping, unkept });
  watchAcks(slack.app, metrics.acked);
  stops.push(() => inbox.stop());
  const shared = sharedNews(ports);
  slack.exit.onShared(shared.tell);
  const renderers = {
    ...sides.renderers,
    ...shared.renderers,
    ...givenUpRenderers(client),
    [DIGEST_JOB]: digestRenderer({ ...ports, posted: (digest, ts) => postAnchor(ports, digest, ts) }),
    [ANCHOR_JOB]: anchorRenderer,
    [WORKLIST_JOB]: worklistRenderer(ports),
  };
  const out = outbound({ ...ports, renderers, api: slack.api });
  const follow = oneAtATime(reacting(ports, sides.reactions), (error) =>
    log.error({ err: error }, 'what follows from entries is not being done; it is tried again within a minute'),
  );
  const posting = oneAtATime(
    async () => {
      await out.work();
      await home.fillIn();
    },
    (error) => log.error({ err: error }, 'outgoing messages are not being posted'),
  );
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
  const code = await newClaimCode(stores);
  const claim = code && `/${(await stores.settings.read()).commands.collections} claim ${code}`;
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

/** Does the work again and again, each time behind a pause, until it is stopped. */
function repeatedly(pause: number, { waits, log }: Pick<Parts, 'waits' | 'log'>, work: () => Promise<void>) {
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = async () => {
    for (;;) {
      await waits.sleep(pause, signal).catch(() => undefined);
      if (signal.aborted) return;
      await work().catch((error) => log.error({ err: error }, 'work that waited could not be taken up'));
    }
  };
  const ended = loop();
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
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
