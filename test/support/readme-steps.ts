import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startWorkspace, type Workspace } from '../../src/embedded/slack/workspace.ts';
import { PersonOnPage } from '../embedded/slack/person.ts';
import { until } from '../embedded/slack/until.ts';
import { said } from './ask.ts';

/** One fenced block of a section and the phrases in “…” that stand behind it, before the next block. */
export interface ReadmeStep {
  readonly kind: 'sh' | 'slack';
  readonly lines: readonly string[];
  readonly seen: readonly string[];
}

/** The steps of a section by its heading; null when the text has no such section. */
export function readmeSteps(markdown: string, heading: string): ReadmeStep[] | null {
  const section = new RegExp(`^## ${heading}$([\\s\\S]*?)(?=^## |(?![\\s\\S]))`, 'm').exec(markdown)?.[1];
  if (section === undefined) return null;
  return [...section.matchAll(/^ *```(sh|slack)\n([\s\S]*?)^ *```$([\s\S]*?)(?=^ *```|^\*\*|(?![\s\S]))/gm)].map(
    ([, kind, block, after]) => ({
      kind: kind as ReadmeStep['kind'],
      lines: block!
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
      // A phrase may go over the end of a line.
      seen: [...after!.matchAll(/“([^”]+)”/g)].map((match) => match[1]!.replace(/\n\s*/g, ' ')),
    }),
  );
}

const root = path.resolve(import.meta.dirname, '../..');
const CHANNEL = 'C0COLLECT';
const BOT = 'U0ARREARS';

/** Does what a reader would do, with the local workspace in place of Slack, in a copy of the program. Throws where something else is seen. */
export async function followSteps(steps: readonly ReadmeStep[], say: (line: string) => void): Promise<void> {
  const stops: (() => unknown)[] = [];
  try {
    const dir = await copyOfTheProgram(stops);
    const workspace = await startWorkspace({ dir: null, limits: 'off' });
    stops.push(() => workspace.stop());
    const reader = await PersonOnPage.open(workspace.pageLink(), 'U0ALEX');
    stops.push(() => reader.close());
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, BOT_TOKEN: workspace.botToken, APP_TOKEN: workspace.appToken, SLACK_API_URL: workspace.apiUrl };
    const place = { dir, env, workspace, reader, stops, code: '', installed: false };
    for (const step of steps) {
      for (const line of step.lines) {
        say(`${step.kind === 'sh' ? '$' : '#collections:'} ${line}`);
        await (step.kind === 'sh' ? inShell(place, line, step.seen) : inSlack(place, line, step.seen));
        for (const phrase of step.seen) say(`  seen: ${phrase}`);
      }
    }
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

interface Place {
  readonly dir: string;
  readonly env: Record<string, string>;
  readonly workspace: Workspace;
  readonly reader: PersonOnPage;
  readonly stops: (() => unknown)[];
  code: string;
  installed: boolean;
}

async function copyOfTheProgram(stops: (() => unknown)[]): Promise<string> {
  const dir = await fs.mkdtemp(path.join(await fs.realpath(os.tmpdir()), 'arrears-readme-'));
  stops.push(() => fs.rm(dir, { recursive: true, force: true }));
  for (const name of ['src', 'scripts', 'prompts', 'test', 'package.json'])
    await fs.cp(path.join(root, name), path.join(dir, name), { recursive: true });
  await fs.symlink(path.join(root, 'node_modules'), path.join(dir, 'node_modules'), 'junction');
  return dir;
}

/** A program that stays is left running until everything is over; any other must end well. */
async function inShell(place: Place, line: string, seen: readonly string[]): Promise<void> {
  const child = spawn('sh', ['-c', `exec 2>&1; ${line === 'npm start' ? 'exec npm start' : line}`], {
    cwd: place.dir,
    env: place.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const stays = line === 'npm start';
  // Its own group, since npm starts the program as a child of its own.
  if (stays) {
    place.stops.push(async () => {
      if (child.exitCode === null) process.kill(-child.pid!, 'SIGTERM');
      await ended;
    });
    await until(
      () => seen.every((phrase) => output.includes(phrase)) || child.exitCode !== null || undefined,
      () => `${seen.join(', ')} in:\n${output}`,
    );
    place.code = /claim ([A-Z0-9-]+)/.exec(output)?.[1] ?? '';
  } else {
    const [code] = await ended;
    if (code !== 0) throw new Error(`“${line}” ended with ${code}:\n${output}`);
  }
  const lacking = seen.filter((phrase) => !output.includes(phrase));
  if (lacking.length > 0) throw new Error(`“${line}” did not show ${lacking.join(', ')} but:\n${output}`);
  await installManifest(place);
}

/** What the reader does on Slack's own pages with the file: the app is created and installed, and is in no channel yet. */
async function installManifest(place: Place): Promise<void> {
  const text = await fs.readFile(path.join(place.dir, 'manifest.json'), 'utf8').catch(() => null);
  if (text === null || place.installed) return;
  place.workspace.install(JSON.parse(text));
  place.workspace.control({ do: 'remove-member', channel: CHANNEL, person: BOT });
  place.installed = true;
}

async function inSlack({ reader, code }: Place, line: string, seen: readonly string[]): Promise<void> {
  const before = new Set(reader.shown.map((message) => message.ts));
  const { users } = await reader.snapshot();
  // Slack's composer puts in the person who was picked from its list.
  const picked = (whole: string, name: string) => {
    const user = users.find((each) => each.name === name);
    return user ? `<@${user.id}|${name}>` : whole;
  };
  const result = await reader.command(CHANNEL, line.replace('CODE', code).replace(/@([\w.-]+)/g, picked));
  if (!result.ok) throw new Error(`“${line}” was refused: ${JSON.stringify(result)}`);
  const modals = () => reader.seen.findLast((event) => event.type === 'modals')?.modals ?? [];
  const answers = () => [
    ...reader.shown.filter((message) => !before.has(message.ts)).map(said),
    ...modals().map((view) => view.title ?? ''),
    // The digest may have come before the last line was typed.
    ...reader.shown.filter((message) => message.ephemeralTo === undefined).map(said),
  ];
  await until(
    () => seen.every((phrase) => answers().some((answer) => answer.includes(phrase))) || undefined,
    () => `${seen.join(', ')} after “${line}” but: ${answers().join('\n')}`,
  );
  for (const view of modals()) await reader.act({ do: 'close', view: view.id });
}
