import { afterEach, expect, test } from 'vitest';
import { compose, type Running } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { startWorkspace, type Workspace } from '../../src/embedded/slack/workspace.ts';
import { createLog } from '../../src/log.ts';
import { PersonOnPage } from '../embedded/slack/person.ts';
import { ask, said } from '../support/ask.ts';
import { tempFolder } from '../support/temp-folder.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A workspace in which nobody has a role, as a real one at first; the bot talks to it by tokens. */
async function freshWorkspace(): Promise<Workspace> {
  const workspace = await startWorkspace({ dir: null, limits: 'off' });
  stops.push(() => workspace.stop());
  const { manifest } = await import('../../src/slack/manifest.ts');
  workspace.install(manifest({ overdue: 'overdue', account: 'account', collections: 'collections' }));
  return workspace;
}

async function startedBot(workspace: Workspace, dir: string): Promise<Running> {
  const env = { DATA_DIR: dir, SLACK_BOT_TOKEN: workspace.botToken, SLACK_APP_TOKEN: workspace.appToken, SLACK_API_URL: workspace.apiUrl };
  const bot = await compose(readConfig(env), { log: createLog('error', { write: () => {} }), onDeath: () => {} });
  stops.push(() => bot.stop());
  return bot;
}

async function person(workspace: Workspace, id: string): Promise<PersonOnPage> {
  const someone = await PersonOnPage.open(workspace.pageLink(), id);
  stops.push(() => someone.close());
  return someone;
}

test('whoever types the printed code becomes admin, once; everybody else is told where the code is', async () => {
  const workspace = await freshWorkspace();
  const bot = await startedBot(workspace, await tempFolder(stops));
  const [alex, sara] = [await person(workspace, 'U0ALEX'), await person(workspace, 'U0SARA')];
  expect(bot.claim).toMatch(/^\/collections claim [A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
  expect(said(await ask(alex, 'C0COLLECT', '/collections roles'))).toContain('Nobody has been given a role yet');
  expect(said(await ask(alex, 'C0COLLECT', '/collections claim ABCD-EFGH-JKLM'))).toContain('That is not the code');
  expect(said(await ask(alex, 'C0COLLECT', bot.claim!.toLowerCase()))).toContain('You are the admin now');
  expect(said(await ask(sara, 'C0COLLECT', bot.claim!))).toContain('There already is an admin');
  expect(said(await ask(alex, 'C0COLLECT', '/collections roles'))).toContain('<@U0ALEX>: Admin');
});

test('a guest cannot claim even with the right code', async () => {
  const workspace = await freshWorkspace();
  const bot = await startedBot(workspace, await tempFolder(stops));
  expect(said(await ask(await person(workspace, 'U0GIA'), 'C0COLLECT', bot.claim!))).toContain('Guests cannot use Arrears');
  expect(said(await ask(await person(workspace, 'U0ALEX'), 'C0COLLECT', bot.claim!))).toContain('You are the admin now');
});

test('after five guesses nobody may try for a quarter of an hour, not even with the right code', async () => {
  const workspace = await freshWorkspace();
  const bot = await startedBot(workspace, await tempFolder(stops));
  const [alex, sara] = [await person(workspace, 'U0ALEX'), await person(workspace, 'U0SARA')];
  for (let guess = 0; guess < 5; guess += 1)
    expect(said(await ask(sara, 'C0COLLECT', `/collections claim AAAA-AAAA-AAA${guess}`))).toContain('not the code');
  expect(said(await ask(alex, 'C0COLLECT', bot.claim!))).toContain('Too many wrong codes');
});

test('a second start makes a new code and voids the one before', async () => {
  const workspace = await freshWorkspace();
  const dir = await tempFolder(stops);
  const first = await startedBot(workspace, dir);
  await first.stop();
  stops.pop();
  const second = await startedBot(workspace, dir);
  const alex = await person(workspace, 'U0ALEX');
  expect(second.claim).not.toBe(first.claim);
  expect(said(await ask(alex, 'C0COLLECT', first.claim!))).toContain('That is not the code');
  expect(said(await ask(alex, 'C0COLLECT', second.claim!))).toContain('You are the admin now');
});

test('where Slack must be told of new command names, the old ones go on working and the steps are said', async () => {
  const workspace = await freshWorkspace();
  const bot = await startedBot(workspace, await tempFolder(stops));
  const alex = await person(workspace, 'U0ALEX');
  await ask(alex, 'C0COLLECT', bot.claim!);
  await alex.command('C0COLLECT', '/collections setup');
  const view = await alex.modal(1, (each) => JSON.stringify(each.blocks).includes('digestHour'));
  const text = (value: string) => ({ value: { type: 'plain_text_input', value } });
  expect(await alex.submit(view.id, { zone: text('Europe/London'), overdue: text('late') })).toMatchObject({ ok: true });
  expect(said(await alex.says('Saved.'))).toContain('Run `npm run manifest`');
  expect(said(await ask(alex, 'C0COLLECT', '/overdue nonsense'))).not.toContain('is not set up');
});
