import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import type { startEmbeddedStore } from '../../src/embedded/mongo/embedded-store.ts';
import type { startWorkspace } from '../../src/embedded/slack/workspace.ts';
import type { postDigest } from '../../src/follow-up/post-digest.op.ts';
import type { outbound } from '../../src/slack/outbound.ts';
import type { openStore } from '../../src/store/open-store.ts';
import { worldOf } from '../support/world.ts';
import { walkZone } from './p3-calendar.ts';

type Load = <T>(file: string) => Promise<T>;

/** Where clocks change by an hour, by half an hour, at midnight, on other dates, or never. */
const SOME_ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Africa/Casablanca',
];

/** Exactly one digest per channel and local date: over all zones and clock changes, and among five instances whose clocks differ. */
export async function p3(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const zones = size === 'full' ? Intl.supportedValuesOf('timeZone') : SOME_ZONES;
  const [from, to] = size === 'full' ? [2025, 2031] : [2026, 2027];
  const figures = { zones: zones.length, days: 0, ticks: 0, missed: 0, wrongDate: 0, early: 0, onDaysOff: 0 };
  for (const zone of zones) {
    const walked = await walkZone(src, zone, from, to);
    figures.days += walked.days;
    figures.ticks += walked.ticks;
    figures.missed += walked.missed;
    figures.wrongDate += walked.wrongDate;
    figures.early += walked.early;
    figures.onDaysOff += walked.onDaysOff;
  }
  const instances = await fiveInstances(src, size === 'full' ? 60 : 6);
  const faults =
    figures.missed + figures.wrongDate + figures.early + figures.onDaysOff + instances.doubled + instances.absent + instances.wrongLate;
  return { held: faults === 0 && instances.posted > 0, figures: { ...figures, ...instances } };
}

const ZONE = 'Europe/Berlin';
const HOUR = 9;

interface Instance {
  /** Milliseconds its clock is ahead. */
  readonly ahead: number;
  tick(): Promise<void>;
}

/** Walks business days around the clock change of March 2026; every third day all instances are down from half past eight to half past eleven. */
async function fiveInstances(src: string, days: number) {
  const load: Load = (file) => import(path.join(src, file));
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-p3-'));
  const { startEmbeddedStore: startStore } = await load<{ startEmbeddedStore: typeof startEmbeddedStore }>(
    'embedded/mongo/embedded-store.ts',
  );
  const { startWorkspace: openWorkspace } = await load<{ startWorkspace: typeof startWorkspace }>('embedded/slack/workspace.ts');
  const store = await startStore({ dir: path.join(dir, 'store') });
  const workspace = await openWorkspace({ dir: null, limits: 'off' });
  const closing: (() => Promise<void>)[] = [];
  const time = { ms: 0 };
  try {
    const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } });
    const instances: Instance[] = [];
    for (const minutes of [-20, -10, 0, 10, 20]) {
      instances.push(await startInstance(load, store.uri, client, time, minutes * 60_000, closing));
    }
    const counts = { posted: 0, doubled: 0, absent: 0, late: 0, wrongLate: 0 };
    let seen = 0;
    for (let day = Temporal.PlainDate.from('2026-03-26'), n = 0; n < days; day = day.add({ days: 1 })) {
      if (day.dayOfWeek > 5) continue;
      const outage = n % 3 === 2;
      n += 1;
      for (const minute of minutesOf(outage)) {
        time.ms = day
          .toZonedDateTime({ timeZone: ZONE, plainTime: new Temporal.PlainTime(HOUR) })
          .add({ minutes: minute }).epochMilliseconds;
        await Promise.all(instances.map((instance) => instance.tick()));
      }
      const digests =
        (await client.conversations.history({ channel: 'C0COLLECT', limit: 999 })).messages?.filter(
          (message) => message.text?.includes('igest') || message.text?.includes('Nothing changed'),
        ) ?? [];
      const today = digests.length - seen;
      seen = digests.length;
      counts.posted += today;
      if (today > 1) counts.doubled += today - 1;
      if (today === 0) counts.absent += 1;
      const late = JSON.stringify(digests[0]?.blocks ?? []).includes('*Late*');
      if (late) counts.late += 1;
      if (late !== (outage && n > 1)) counts.wrongLate += 1;
    }
    return counts;
  } finally {
    for (const close of closing) await close();
    await workspace.stop();
    await store.stop();
    await fs.rm(dir, { recursive: true, force: true });
  }
}

/** Minutes from the set hour at which the instances tick: from an hour before to four hours after. */
function minutesOf(outage: boolean): number[] {
  const all = [-60, -30, -20, -10, -1, 0, 1, 5, 10, 15, 20, 30, 60, 120, 150, 180, 240];
  return outage ? all.filter((minute) => minute < -30 || minute > 150) : all;
}

async function startInstance(
  load: Load,
  uri: string,
  client: WebClient,
  time: { ms: number },
  ahead: number,
  closing: (() => Promise<void>)[],
): Promise<Instance> {
  const { openStore: open } = await load<{ openStore: typeof openStore }>('store/open-store.ts');
  const { postDigest: post } = await load<{ postDigest: typeof postDigest }>('follow-up/post-digest.op.ts');
  const { outbound: out } = await load<{ outbound: typeof outbound }>('slack/outbound.ts');
  const { digestRenderer } = await load<typeof import('../../src/follow-up/digest-renderer.slack.ts')>(
    'follow-up/digest-renderer.slack.ts',
  );
  const stores = await open(uri);
  closing.push(() => stores.close());
  const commands = { overdue: 'overdue', account: 'account', collections: 'collections' };
  await stores.settings.load({
    digestChannel: 'collections',
    digestHour: HOUR,
    zone: ZONE,
    company: '',
    country: '',
    region: '',
    commands,
  });
  const clock = { now: () => Temporal.Instant.fromEpochMilliseconds(time.ms + ahead) };
  const log = pino({ level: 'silent' });
  const ageingChart = async () => new Uint8Array();
  const renderers = { digest: digestRenderer(worldOf({ ...stores, clock, ageingChart, homeTeam: 'T0NORTHWIND' })) };
  const outgoing = out({ jobs: stores.jobs, uploads: stores.uploads, clock, client, renderers, log, owner: `ahead ${ahead}` });
  const destination = async () => ({ team: 'T0NORTHWIND', channel: 'C0COLLECT' });
  return {
    ahead,
    async tick() {
      await post(worldOf({ ...stores, clock, destination, holidays: () => new Set<string>() }));
      await outgoing.work();
    },
  };
}
