import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Logger } from 'pino';
import { mailParts } from './compose-mails.ts';
import type { Config } from './config.ts';
import { dayIn } from './domain/day.ts';
import { EMBEDDED_STORE_LIMIT, type EmbeddedStore, startEmbeddedStore } from './embedded/mongo/embedded-store.ts';
import { ESCALATIONS_CHANNEL } from './embedded/slack/state/seed.ts';
import { startWorkspace, type Workspace } from './embedded/slack/workspace.ts';
import { fileFormats } from './importing/file-formats.ts';
import { rejectsSheet } from './importing/rejects-sheet.ts';
import { sampleSource } from './importing/sample-ledger.ts';
import { arrangementKinds } from './operations/arrangement-kinds.ts';
import { supplyKinds } from './operations/case-kinds.ts';
import { newClaimCode } from './operations/claim-admin.ts';
import { copyOutboxes } from './operations/copy-outboxes.ts';
import { importLedger } from './operations/import-ledger.ts';
import type { Clock, CommandNames, HolidayCalendar, SettingsStore } from './operations/ports.ts';
import { ANCHOR_JOB, postAnchor } from './operations/post-anchor.ts';
import { DIGEST_JOB, postDigest } from './operations/post-digest.ts';
import { postWorklists, WORKLIST_JOB } from './operations/post-worklists.ts';
import { requestDecision } from './operations/request-decision.ts';
import { seatSampleTeam } from './operations/seat-sample-team.ts';
import { promiseSettling } from './operations/settle-promises.ts';
import { ageingChart } from './reporting/ageing-chart.ts';
import { csvFile } from './reporting/csv-file.ts';
import { trailPdf } from './reporting/trail-pdf.ts';
import { xlsxFile } from './reporting/xlsx-file.ts';
import { holidayCalendar, holidayPlaces } from './schedule/holidays.ts';
import { minuteTick } from './schedule/minute-tick.ts';
import { anchorRenderer } from './slack/anchor-renderer.ts';
import { arrangementSide } from './slack/arrangement-side.ts';
import { callSide } from './slack/call-side.ts';
import { caseSide } from './slack/case-side.ts';
import { chargeSubjects } from './slack/charge-side.ts';
import { chartFile } from './slack/chart-file.ts';
import { connectSlack, type SlackApp, type SlackConnection, type SlackReceiver } from './slack/connect.ts';
import { channelFinder } from './slack/destination.ts';
import { digestRenderer } from './slack/digest-renderer.ts';
import { disputeSide } from './slack/dispute-side.ts';
import { uploader } from './slack/files.ts';
import { followUpSubjects } from './slack/follow-up-side.ts';
import { type Home, homes } from './slack/home.ts';
import { importSide } from './slack/imports.ts';
import { keepEvents } from './slack/inbox.ts';
import { type ListenerPorts, type Listeners, mergeSubjects, registerListeners, type Subject } from './slack/listeners.ts';
import { manifest } from './slack/manifest.ts';
import { ourPeople } from './slack/our-people.ts';
import { outbound } from './slack/outbound.ts';
import { gate, membership, peopleOf } from './slack/people.ts';
import { reviewSide } from './slack/review-side.ts';
import { sendSide } from './slack/send-side.ts';
import { type AccountPorts, accountSubject } from './slack/subjects/account.ts';
import { caseOfMessage } from './slack/subjects/case-thread.ts';
import { eraseSubject } from './slack/subjects/erase.ts';
import { helpSubject } from './slack/subjects/help.ts';
import { homeSubject } from './slack/subjects/home.ts';
import { overdueSubject } from './slack/subjects/overdue.ts';
import { trailExportSubject } from './slack/subjects/trail-export.ts';
import { workSubject } from './slack/subjects/work.ts';
import { teamSide } from './slack/team.ts';
import { worklistRenderer } from './slack/worklist-renderer.ts';
import { openStore, type Stores } from './store/open-store.ts';

export interface Running {
  /** Address of the local workspace's page; null when the bot talks to Slack. */
  readonly page: string | null;
  /** What the first admin types in Slack; null once there is one. */
  readonly claim: string | null;
  /** Everything that people can ask for by command, button, form or event, for those who check them all. */
  readonly listeners: Listeners;
  /** Carries out everything that is due now; resolves when it is done. */
  tick(): Promise<void>;
  stop(): Promise<void>;
}

export interface Surroundings {
  readonly log: Logger;
  /** The store's synchronised clock when left out. */
  readonly clock?: Clock;
  /** Slack's requests arrive by this one in place of a socket or an HTTP port. */
  readonly receiver?: SlackReceiver;
  /** Called when a part has died without which nothing can go on. */
  readonly onDeath: (error: Error) => void;
}

/** What a first start writes when nobody has set anything yet. */
const FIRST_SETTINGS = {
  digestChannel: 'collections',
  digestHour: 9,
  company: '',
  country: 'GB',
  region: '',
  commands: { overdue: 'overdue', account: 'account', collections: 'collections' },
};

/** Jobs are looked for this often besides the moments when this instance adds one: other instances add some too. */
const OUTBOUND_EVERY_MS = 2_000;

/** Builds every part of the house and starts it. On failure everything that had started is stopped again. */
export async function compose(config: Config, surroundings: Surroundings): Promise<Running> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const each of stops.reverse()) await each().catch((error) => surroundings.log.warn({ err: error }, 'a part did not stop cleanly'));
  };
  try {
    const started = await start(config, surroundings, stops);
    return { ...started, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  config: Config,
  { log, clock: given, receiver, onDeath }: Surroundings,
  stops: (() => Promise<unknown>)[],
): Promise<Omit<Running, 'stop'>> {
  const embedded = config.MONGODB_URI ? null : await startEmbeddedStore({ dir: path.join(config.DATA_DIR, 'store'), onDeath });
  if (embedded) stops.push(() => embedded.stop());
  const stores = await openStore(config.MONGODB_URI ?? embedded!.uri);
  stops.push(() => stores.close());
  const clock = given ?? stores.clock;
  const zone = Temporal.Now.timeZoneId();
  const local = config.SLACK_BOT_TOKEN ? {} : { escalationsChannel: ESCALATIONS_CHANNEL };
  const settings = await stores.settings.load({ ...FIRST_SETTINGS, ...local, zone });

  const workspace = config.SLACK_BOT_TOKEN ? null : await openWorkspace(config, log);
  if (workspace) {
    stops.push(() => workspace.stop());
    workspace.install(manifest(settings.commands));
  }
  const slack = await connectSlack(connectionOf(config, workspace, receiver), log);
  stops.push(() => slack.stop());

  const healed = await stores.intake.heal(clock.now());
  if (healed.length > 0) log.info({ healed: healed.length }, 'interrupted imports were completed');
  if (config.SAMPLE_LEDGER === 'yes' || (config.SAMPLE_LEDGER === 'auto' && workspace)) {
    await loadSample(stores, clock, zone, embedded);
    if (isLocal(config)) await seatSampleTeam({ ...stores, clock, holidays: holidayCalendar() }, await peopleOf(slack.app.client));
  }
  return run({ config, log, clock, stores, slack, workspace, stops });
}

interface Parts {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
  readonly stores: Stores;
  readonly slack: SlackApp;
  readonly workspace: Workspace | null;
  readonly stops: (() => Promise<unknown>)[];
}

async function run({ config, log, clock, stores, slack, workspace, stops }: Parts): Promise<Omit<Running, 'stop'>> {
  const owner = randomUUID();
  const { client } = slack.app;
  const holidays = holidayCalendar();
  const ports = { ...stores, clock, log, holidays };
  const isMember = membership(client, slack.team);
  const worthKeeping = async (event: Readonly<Record<string, unknown>>) =>
    event.type !== 'message' || (await caseOfMessage(stores.cases, event)) !== null;
  const inbox = keepEvents(slack.app, { jobs: stores.jobs, clock, owner, log, worthKeeping });
  const destination = channelFinder(client, slack.team, slack.botName, log);
  const here = { client, homeTeam: slack.team, membership: isMember, chart: ageingChart };
  const home = homes({ ...ports, client, chart: chartFile({ ...ports, ...here, upload: uploader(client) }) });
  const refusal = gate(stores.team, isMember, async () => (await stores.settings.read()).commands.collections);
  const installCommands = workspace && ((names: CommandNames) => workspace.install(manifest(names)));
  const team = teamSide({ ...ports, ...here, owner, refusal, botName: slack.botName, places: holidayPlaces, installCommands });
  const mails = mailParts(config, stores, clock, log);
  const sending = sendSide({ ...ports, ...here, ...mails });
  const review = reviewSide({ ...ports, ...here, ...mails, owner, leaving: sending.leaving });
  const disputes = disputeSide({ ...ports, ...here, botName: slack.botName });
  const kinds = { ...supplyKinds(ports), ...arrangementKinds(ports) };
  const cases = caseSide({ ...ports, ...here, kinds });
  const arrangements = arrangementSide({
    ...ports,
    ...here,
    requestDecision: (asked, by, command) => requestDecision({ ...ports, kinds }, asked, by, command),
  });
  const calls = callSide({ ...ports, ...here, people: ourPeople(client), scripts: mails.scripts });
  const imports = importSide({
    ...ports,
    client,
    owner,
    botUser: slack.botUser,
    formats: fileFormats,
    rejectsSheet,
    postSoon: () => void post(),
    documentLimit: config.MONGODB_URI ? undefined : EMBEDDED_STORE_LIMIT,
  });
  const copyTrail = () =>
    copyOutboxes({
      ...ports,
      told: { ...team.told, ...sending.told, ...disputes.told, ...arrangements.told, ...cases.told, ...calls.told },
    });
  const listeners = listen(
    { log, clock, stores, holidays },
    refusal,
    home,
    [
      ...team.subjects,
      ...imports.subjects,
      ...review.subjects,
      ...disputes.subjects,
      ...arrangements.subjects,
      ...cases.subjects,
      ...calls.subjects,
      ...followUpSubjects(ports),
      ...chargeSubjects({ ...ports, ...mails }),
      eraseSubject({ ...ports, copy: copyTrail }),
    ],
    { assignable: team.assignable, openCall: calls.openCall },
  );
  const renderers = {
    ...team.renderers,
    ...sending.renderers,
    ...imports.renderers,
    ...disputes.renderers,
    ...arrangements.renderers,
    ...cases.renderers,
    ...calls.renderers,
    [DIGEST_JOB]: digestRenderer({ ...ports, ...here, posted: (digest, ts) => postAnchor(ports, digest, ts) }),
    [ANCHOR_JOB]: anchorRenderer,
    [WORKLIST_JOB]: worklistRenderer({ ...ports, ...here }),
  };
  const out = outbound({ jobs: stores.jobs, clock, client, owner, log, renderers });

  let posting: Promise<unknown> = Promise.resolve();
  const post = () => {
    posting = posting.then(() => out.work()).catch((error) => log.error({ err: error }, 'outgoing messages are not being posted'));
    return posting;
  };
  const tick = minuteTick(
    [
      { name: 'events left behind', run: () => inbox.replay() },
      { name: 'promises', run: promiseSettling({ ...ports, holidays }) },
      ...disputes.due,
      ...arrangements.due,
      ...cases.due,
      { name: 'trail', run: copyTrail },
      {
        name: 'digest and lists',
        run: async () => postWorklists(ports, (await postDigest({ ...ports, destination })) !== null),
      },
      ...team.due,
      ...imports.due,
      ...review.due,
      ...sending.due,
      { name: 'outgoing messages', run: post },
    ],
    log,
  );
  stops.push(() => tick.stop());
  const often = setInterval(post, OUTBOUND_EVERY_MS);
  stops.push(async () => {
    clearInterval(often);
    await posting;
    await team.idle();
    await sending.idle();
    await cases.idle();
    await imports.stop();
  });
  registerListeners(slack.app, listeners.all, listeners.ports);
  await slack.start();
  const code = await newClaimCode(stores);
  const claim = code && `/${(await stores.settings.read()).commands.collections} claim ${code}`;
  return { page: workspace?.pageUrl ?? null, claim, listeners: listeners.all, tick: () => tick.now() };
}

function listen(
  { log, clock, stores, holidays }: Pick<Parts, 'log' | 'clock' | 'stores'> & { readonly holidays: HolidayCalendar },
  refusal: ListenerPorts['refusal'],
  home: Home,
  subjects: readonly Subject[],
  card: Pick<AccountPorts, 'assignable' | 'openCall'>,
) {
  const ports = { ...stores, clock, holidays };
  let all: Listeners | null = null;
  all = mergeSubjects([
    overdueSubject({ ...ports, writers: { csv: csvFile, xlsx: xlsxFile } }),
    homeSubject(home),
    workSubject(ports, home),
    trailExportSubject({ ...ports, csv: csvFile, pdf: trailPdf }),
    accountSubject({ ...ports, ...card }),
    ...subjects,
    helpSubject(
      () => all!,
      async (asker, needed) => (await refusal(asker, needed)) === null,
    ),
  ]);
  return { all, ports: { settings: () => stores.settings.read(), refusal, log } };
}

function connectionOf(config: Config, workspace: Workspace | null, receiver?: SlackReceiver): SlackConnection {
  const apiUrl = workspace?.apiUrl ?? config.SLACK_API_URL;
  if (receiver) return { botToken: workspace?.botToken ?? config.SLACK_BOT_TOKEN!, mode: { kind: 'receiver', receiver }, apiUrl };
  if (workspace) return { botToken: workspace.botToken, mode: { kind: 'socket', appToken: workspace.appToken }, apiUrl: workspace.apiUrl };
  const mode: SlackConnection['mode'] = config.SLACK_APP_TOKEN
    ? { kind: 'socket', appToken: config.SLACK_APP_TOKEN }
    : { kind: 'http', signingSecret: config.SLACK_SIGNING_SECRET!, port: config.PORT };
  return { botToken: config.SLACK_BOT_TOKEN!, mode, apiUrl: config.SLACK_API_URL };
}

/** The usual port, or a free one when another program has it. */
async function openWorkspace(config: Config, log: Logger): Promise<Workspace> {
  const dir = path.join(config.DATA_DIR, 'workspace');
  try {
    return await startWorkspace({ dir, port: config.WORKSPACE_PORT });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    log.warn({ port: config.WORKSPACE_PORT }, 'another program uses the port of the local workspace; a free one is taken instead');
    return startWorkspace({ dir, port: 0 });
  }
}

/** The stand-in on this machine, in this process or in another: the only place where titles give roles. */
function isLocal(config: Config): boolean {
  if (!config.SLACK_BOT_TOKEN) return true;
  return config.SLACK_API_URL !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(config.SLACK_API_URL).hostname);
}

/** Into an empty store only. */
async function loadSample(
  stores: Stores & { settings: SettingsStore },
  clock: Clock,
  zone: string,
  embedded: EmbeddedStore | null,
): Promise<void> {
  if ((await stores.intake.hasReal()) || (await stores.intake.hasSample())) return;
  const source = sampleSource(dayIn(zone, clock.now()));
  const limit = embedded ? { documentLimit: EMBEDDED_STORE_LIMIT } : {};
  await importLedger({ intake: stores.intake, clock }, { source, dryRun: false, confirmVanished: false, sample: true, ...limit });
}
