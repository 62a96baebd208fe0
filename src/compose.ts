import path from 'node:path';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { type EmbeddedStore, EMBEDDED_STORE_LIMIT, startEmbeddedStore } from './embedded/mongo/embedded-store.ts';
import { startWorkspace, type Workspace } from './embedded/slack/workspace.ts';
import { DIGEST_JOB, postDigest } from './operations/post-digest.ts';
import type { Clock, Settings } from './operations/ports.ts';
import { ageingChart } from './reporting/ageing-chart.ts';
import { holidayCalendar } from './schedule/holidays.ts';
import { minuteTick } from './schedule/minute-tick.ts';
import { connectSlack, type SlackConnection } from './slack/connect.ts';
import { channelFinder } from './slack/destination.ts';
import { digestRenderer } from './slack/digest-renderer.ts';
import { keepEvents } from './slack/inbox.ts';
import { mergeSubjects, registerListeners } from './slack/listeners.ts';
import { manifest } from './slack/manifest.ts';
import { outbound } from './slack/outbound.ts';
import { membership } from './slack/people.ts';
import { helpSubject } from './slack/subjects/help.ts';
import { overdueSubject } from './slack/subjects/overdue.ts';
import { digestStore } from './store/digests.ts';
import { jobStore } from './store/jobs.ts';
import { settingsStore } from './store/settings.ts';

export interface Running {
  /** Address of the local workspace's page; null when the bot talks to Slack. */
  readonly page: string | null;
  /** Carries out everything that is due now; resolves when it is done. */
  tick(): Promise<void>;
  stop(): Promise<void>;
}

export interface Surroundings {
  readonly log: Logger;
  /** The store's synchronised clock when left out. */
  readonly clock?: Clock;
  /** Called when a part has died without which nothing can go on. */
  readonly onDeath: (error: Error) => void;
}
