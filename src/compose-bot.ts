import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { mailParts } from './compose-mails.ts';
import { buildSides } from './compose-sides.ts';
import type { Config } from './config.ts';
import { EMBEDDED_STORE_LIMIT } from './embedded/mongo/embedded-store.ts';
import type { Workspace } from './embedded/slack/workspace.ts';
import { scrub } from './log.ts';
import { newClaimCode } from './operations/claim-admin.ts';
import { copyOutboxes } from './operations/copy-outboxes.ts';
import { oneAtATime } from './operations/one-at-a-time.ts';
import type { Clock, CommandNames, HolidayCalendar } from './operations/ports.ts';
import { ANCHOR_JOB, postAnchor } from './operations/post-anchor.ts';
import { DIGEST_JOB, type DigestPorts, postDigest } from './operations/post-digest.ts';
import { type PostWorklistsPorts, postWorklists, WORKLIST_JOB } from './operations/post-worklists.ts';
import { promiseSettling } from './operations/settle-promises.ts';
import type { StepHealth } from './operations/step-health.ts';
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
import { anchorRenderer } from './slack/anchor-renderer.ts';
import { chartFile } from './slack/chart-file.ts';
import type { SlackApp } from './slack/connect.ts';
import { channelFinder } from './slack/destination.ts';
import { digestRenderer } from './slack/digest-renderer.ts';
import { uploader } from './slack/files.ts';
import { type Home, homes } from './slack/home.ts';
import { keepEvents } from './slack/inbox.ts';
import { type ListenerPorts, type Listeners, mergeSubjects, registerListeners, type Subject } from './slack/listeners.ts';
import { manifest } from './slack/manifest.ts';
import { outbound } from './slack/outbound.ts';
import { gate, membership } from './slack/people.ts';
import { type AccountPorts, accountSubject } from './slack/subjects/account.ts';
import { spokenInCase } from './slack/subjects/case-thread.ts';
import { eraseSubject } from './slack/subjects/erase.ts';
import { evidenceSubject } from './slack/subjects/evidence.ts';
import { helpSubject } from './slack/subjects/help.ts';
import { homeSubject } from './slack/subjects/home.ts';
import { overdueSubject } from './slack/subjects/overdue.ts';
import { trailExportSubject } from './slack/subjects/trail-export.ts';
import { workSubject } from './slack/subjects/work.ts';
import { worklistRenderer } from './slack/worklist-renderer.ts';
import type { Stores } from './store/open-store.ts';

export interface Bot {
  /** Address of the local workspace's page; null when the bot talks to Slack. */
  readonly page: string | null;
  /** What the first admin types in Slack; null once there is one. */
  readonly claim: string | null;
  /** Everything that people can ask for by command, button, form or event, for those who check them all. */
  readonly listeners: Listeners;
  /** Carries out everything that is due now; resolves when it is done. */
  tick(): Promise<void>;
  /** How the steps of the clock fare. */
  health(): readonly StepHealth[];
}

interface Parts {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
  readonly stores: Stores;
  readonly slack: SlackApp;
  readonly workspace: Workspace | null;
  /** Whatever is started is added, to be stopped in the opposite order. */
  readonly stops: (() => Promise<unknown>)[];
}

/** Jobs are looked for this often besides the moments when this instance adds one: other instances add some too. */
const OUTBOUND_EVERY_MS = 2_000;
/** What is under way when the program is stopped may end within this time. */
const IDLE_WITHIN_MS = 10_000;

/** What listens, posts and follows the clock, between an open store and a connected Slack. */
export async function runBot({ config, log, clock, stores, slack, workspace, stops }: Parts): Promise<Bot> {
  const owner = randomUUID();
  const { client } = slack.app;
  const isMember = membership(client, slack.team);
  const here = { client, homeTeam: slack.team, membership: isMember, chart: ageingChart };
  const ports = { ...stores, ...here, clock, log, holidays: holidayCalendar(), owner };
  const worthKeeping = async (event: Readonly<Record<string, unknown>>) =>
    event.type !== 'message' || (await spokenInCase(stores.cases, event)) !== null;
  const inbox = keepEvents(slack.app, { jobs: stores.jobs, clock, owner, log, worthKeeping });
  const refusal = gate(stores.team, isMember, async () => (await stores.settings.read()).commands.collections);
  const mails = mailParts(config, stores, clock, log);
  const sides = buildSides({
    ...ports,
    refusal,
    botName: slack.botName,
    botUser: slack.botUser,
    places: holidayPlaces,
    installCommands: workspace && ((names: CommandNames) => workspace.install(manifest(names))),
    mails,
    documentLimit: config.MONGODB_URI ? undefined : EMBEDDED_STORE_LIMIT,
    postSoon: () => posting.soon(),
  });
  const copyTrail = () => copyOutboxes({ ...ports, told: sides.told });
  const home = homes({ ...ports, chart: chartFile({ ...ports, upload: uploader(client) }), health: () => tick.health() });
  const evidence = evidenceSubject({ ...ports, ...mails, copyTrail, indexPdf: evidencePdf, archive: zipFile });
  const listeners = listen(ports, refusal, home, [...sides.subjects, eraseSubject({ ...ports, copy: copyTrail }), evidence], sides);
  const renderers = {
    ...sides.renderers,
    [DIGEST_JOB]: digestRenderer({ ...ports, posted: (digest, ts) => postAnchor(ports, digest, ts) }),
    [ANCHOR_JOB]: anchorRenderer,
    [WORKLIST_JOB]: worklistRenderer(ports),
  };
  const out = outbound({ jobs: stores.jobs, clock, client, owner, log, renderers });
  const posting = oneAtATime(
    () => out.work(),
    (error) => log.error({ err: error }, 'outgoing messages are not being posted'),
  );
  const destination = channelFinder(client, slack.team, slack.botName, log);
  const tick = minuteTick(
    [
      { name: 'events left behind', run: () => inbox.replay() },
      { name: 'promises', run: promiseSettling(ports) },
      ...sides.due.recording,
      { name: 'trail', run: copyTrail },
      ...digestAndLists({ ...ports, destination }),
      ...sides.due.following,
      { name: 'outgoing messages', run: posting.now },
    ],
    { log, clock, scrub },
  );
  stops.push(() => tick.stop());
  const often = setInterval(posting.soon, OUTBOUND_EVERY_MS);
  stops.push(async () => {
    clearInterval(often);
    if (!(await atMost(IDLE_WITHIN_MS, Promise.all([posting.idle(), sides.idle()]))))
      log.warn('stopped while work was under way; it goes on at the next start');
  });
  registerListeners(slack.app, listeners.all, listeners.ports);
  await slack.start();
  const code = await newClaimCode(stores);
  const claim = code && `/${(await stores.settings.read()).commands.collections} claim ${code}`;
  return { page: workspace?.pageUrl ?? null, claim, listeners: listeners.all, tick: () => tick.now(), health: () => tick.health() };
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
    workSubject(ports, home),
    trailExportSubject({ ...ports, csv: csvFile, pdf: trailPdf }),
    accountSubject({ ...ports, assignable, openCall }),
    ...subjects,
    helpSubject(
      () => all!,
      async (asker, needed) => (await refusal(asker, needed)) === null,
    ),
  ]);
  return { all, ports: { settings: () => ports.settings.read(), refusal, log: ports.log } };
}
