import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { arrangementKinds } from './arrangements/arrangement-kinds.op.ts';
import { mailParts } from './compose-mails.ts';
import { countedMailer } from './compose-watch.ts';
import type { Config } from './config.ts';
import { EMBEDDED_STORE_LIMIT } from './embedded/mongo/embedded-store.ts';
import type { Workspace } from './embedded/slack/workspace.ts';
import type { CaseKindRules } from './escalation/case.port.ts';
import { supplyKinds } from './escalation/case-kinds.op.ts';
import { letterKind } from './escalation/letter-kind.op.ts';
import { placementKinds } from './escalation/placement-kinds.op.ts';
import { writeOffKind } from './escalation/write-off.op.ts';
import { fileFormats } from './importing/file-formats.ts';
import { inboxFolder } from './importing/inbox-folder.ts';
import { rejectsSheet } from './importing/rejects-sheet.ts';
import type { Clock } from './kernel/clock.port.ts';
import type { World } from './kernel/world.port.ts';
import type { Metrics } from './monitoring/metrics.ts';
import { ageingChart } from './reporting/ageing-chart.ts';
import { csvFile } from './reporting/csv-file.ts';
import { evidencePdf } from './reporting/evidence-pdf.ts';
import { lineChart } from './reporting/line-chart.ts';
import { trailPdf } from './reporting/trail-pdf.ts';
import { workbookFile } from './reporting/workbook.ts';
import { xlsxFile } from './reporting/xlsx-file.ts';
import { zipFile } from './reporting/zip-file.ts';
import { holidayCalendar, holidayPlaces } from './schedule/holidays.ts';
import type { SlackApp } from './slack/connect.ts';
import { shortDay } from './slack/freshness.ts';
import { manifest } from './slack/manifest.ts';
import { gate, membership } from './slack/people.ts';
import { placeCheck } from './slack/shared-file.ts';
import type { SlackWorld } from './slack/world.ts';
import type { OpenStore } from './store/open-store.ts';
import { assignableCheck } from './team/assignable.slack.ts';
import { ourPeople } from './team/our-people.slack.ts';

export interface WorldParts {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
  readonly stores: OpenStore;
  readonly slack: SlackApp;
  readonly workspace: Workspace | null;
  /** Where the local workspace sends its requests; undefined for a socket. */
  readonly requestUrl?: string | undefined;
  readonly metrics: Metrics;
}

/** Everything that listeners, verbs and renderers may use, made once. `postSoon` lets what waits be posted at once. */
export function slackWorld(
  { config, log, clock, stores, slack, workspace, requestUrl, metrics }: WorldParts,
  postSoon: () => void,
): SlackWorld {
  const { client } = slack.app;
  const member = membership(client);
  const mails = mailParts(config, stores, clock, log);
  const kinds: CaseKindRules = {};
  const world: SlackWorld = {
    ...stores,
    ...mails,
    mailer: mails.mailer && countedMailer(mails.mailer, metrics),
    clock,
    log,
    kinds,
    holidays: holidayCalendar(),
    places: holidayPlaces,
    owner: randomUUID(),
    mongodb: config.MONGODB_URI !== undefined,
    documentLimit: config.MONGODB_URI ? undefined : EMBEDDED_STORE_LIMIT,
    formats: fileFormats,
    inbox: config.IMPORT_FOLDER === undefined ? null : inboxFolder(config.IMPORT_FOLDER),
    rejectsSheet,
    people: ourPeople(client),
    writers: { csv: csvFile, xlsx: xlsxFile },
    workbook: workbookFile,
    trailPdf,
    indexPdf: evidencePdf,
    archive: zipFile,
    ageingChart,
    lineChart,
    client,
    homeTeam: slack.team,
    botName: slack.botName,
    botUser: slack.botUser,
    membership: member,
    refusal: gate(stores.team, member, async () => (await stores.settings.read()).commands.collections),
    assignable: assignableCheck(stores.team, member),
    placeProblem: placeCheck(client),
    installCommands: workspace && ((names) => workspace.install(manifest(names, requestUrl))),
    postSoon,
  };
  // The kinds of decisions are part of the world that they act on.
  Object.assign(kinds, caseKinds(world));
  return world;
}

const caseKinds = (world: World): CaseKindRules => ({
  ...supplyKinds(world),
  ...arrangementKinds(world),
  ...writeOffKind(world),
  ...placementKinds(world, shortDay),
  'demand-letter': letterKind(world),
});
