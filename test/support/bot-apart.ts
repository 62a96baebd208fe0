import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { compose, type Running, type Surroundings } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { startWorkspace, type Workspace, type WorkspaceOptions } from '../../src/embedded/slack/workspace.ts';
import type { Clock } from '../../src/kernel/clock.port.ts';
import { createLog } from '../../src/log.ts';
import { manifest } from '../../src/slack/manifest.ts';
import { PersonOnPage } from '../embedded/slack/person.ts';
import { fillWithSample } from './sample-folder.ts';

const NAMES = { overdue: 'overdue', account: 'account', collections: 'collections' };

/** The local workspace by itself, as Slack is: it is there before the bot and after it. Ends with the test. */
export async function workspaceApart(options: Partial<WorkspaceOptions> = {}): Promise<Workspace> {
  const workspace = await startWorkspace({ dir: null, limits: 'off', ...options });
  onTestFinished(() => workspace.stop());
  workspace.install(manifest(NAMES));
  return workspace;
}

/** The bot's settings for that workspace, over Socket Mode, with a folder of its own that goes with the test; the sample of the clock's day is in it. */
export async function settingsFor(workspace: Workspace, clock?: Clock): Promise<Record<string, string>> {
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-apart-'));
  onTestFinished(() => fs.rm(dir, { recursive: true, force: true }));
  await fillWithSample(dir, clock);
  return {
    DATA_DIR: dir,
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_API_URL: workspace.apiUrl,
    SAMPLE_LEDGER: 'yes',
    HEALTH_ADDRESS: '127.0.0.1:0',
  };
}

export interface BotApart {
  readonly log: string[];
  readonly deaths: Error[];
  /** Settles when the start is over. */
  readonly running: Promise<Running>;
}

/** A bot against that workspace, whose start may take its time. Ends with the test. */
export function botApart(env: Readonly<Record<string, string>>, surroundings: Partial<Surroundings> = {}): BotApart {
  const log: string[] = [];
  const deaths: Error[] = [];
  const running = compose(readConfig(env), {
    log: createLog('info', { write: (line) => void log.push(line) }),
    onDeath: (error) => void deaths.push(error),
    ...surroundings,
  });
  running.catch(() => undefined);
  onTestFinished(async () => {
    await (await running.catch(() => null))?.stop();
  });
  return { log, deaths, running };
}

/** Somebody in front of the workspace; gone with the test. */
export async function personApart(workspace: Workspace, id = 'U0INES'): Promise<PersonOnPage> {
  const person = await PersonOnPage.open(workspace.pageLink(), id);
  onTestFinished(() => person.close());
  return person;
}

/** What a command is answered with; null when Slack says that it did not arrive. */
export async function answerTo(person: PersonOnPage, command: string): Promise<string | null> {
  person.seen.length = 0;
  await person.command('C0COLLECT', command);
  const { text } = await person.message((message) => message.text !== '');
  return /failed with the error/.test(text) ? null : text;
}
