import fs from 'node:fs/promises';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compose, type Surroundings } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { startEmbeddedStore } from '../../src/embedded/mongo/embedded-store.ts';
import type { ControlOrder } from '../../src/embedded/slack/control.ts';
import { createLog } from '../../src/log.ts';
import { connectSlack } from '../../src/slack/connect.ts';
import { manifest } from '../../src/slack/manifest.ts';
import { PersonOnPage } from '../embedded/slack/person.ts';
import { order, signIn } from '../embedded/slack/sign-in.ts';
import { until } from '../embedded/slack/until.ts';
import { ask, press, said } from '../support/ask.ts';
import { freePort } from '../support/free-port.ts';
import { startProgram } from '../support/processes.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { SLACK_CHECKS } from './slack-calls.ts';
import { InProcessReceiver } from './slack-receiver.ts';

const CHANNEL = 'C0COLLECT';
const NAMES = { overdue: 'overdue', account: 'account', collections: 'collections' };
const SECRET = 'a signing secret of thirty-two characters';

/** Ways in which Slack and the network misbehave; the same has to come out of each. */
const MISBEHAVIOURS: readonly [name: string, orders: readonly ControlOrder[]][] = [
  ['nothing amiss', []],
  ['commands that arrive twice', [{ do: 'fault', fault: { fault: 'redeliver', of: 'commands', next: 9, times: 1 } }]],
  ['clicks and forms that arrive twice', [{ do: 'fault', fault: { fault: 'redeliver', of: 'interactions', next: 9, times: 1 } }]],
  ['events that arrive twice', [{ do: 'fault', fault: { fault: 'redeliver', of: 'events', next: 9, times: 2 } }]],
  ['a lost reply to a post', [{ do: 'fault', fault: { fault: 'lose-reply', method: 'chat.postMessage' } }]],
  ['429 to a post', [{ do: 'fault', fault: { fault: 'rate-limit', method: 'chat.postMessage', next: 2, retryAfter: 1 } }]],
  ['an update that is refused', [{ do: 'fault', fault: { fault: 'refuse', method: 'chat.update', next: 5, error: 'edit_window_closed' } }]],
  ['a socket that is told to reconnect', [{ do: 'disconnect', abruptly: false }]],
  ['a socket that is cut', [{ do: 'disconnect', abruptly: true }]],
];

export type Mode = 'in process' | 'Socket Mode' | 'HTTP';

/** The bot, and `npm run workspace` as a process of its own in place of Slack. */
async function startMode(mode: Mode, stops: (() => unknown)[]) {
  const dir = await tempFolder(stops);
  await fs.writeFile(path.join(dir, 'manifest.json'), JSON.stringify(manifest(NAMES)));
  const receiver = mode === 'in process' ? new InProcessReceiver() : null;
  const port = await freePort();
  const url = receiver ? await receiver.listen() : `http://127.0.0.1:${port}/slack/events`;
  const http = mode === 'Socket Mode' ? [] : ['--http-url', url];
  const args = ['--port', '0', '--manifest', path.join(dir, 'manifest.json'), ...http];
  const workspace = await startProgram('scripts/workspace.ts', args, { SLACK_SIGNING_SECRET: SECRET }, /SLACK_API_URL=(\S+)/);
  stops.push(() => workspace.stop());
  const printed = (name: string) => new RegExp(`${name}=(\\S+)`).exec(workspace.output())![1]!;
  const tokens =
    mode === 'Socket Mode' ? { SLACK_APP_TOKEN: printed('SLACK_APP_TOKEN') } : { SLACK_SIGNING_SECRET: SECRET, PORT: String(port) };
  const env = { SLACK_BOT_TOKEN: printed('SLACK_BOT_TOKEN'), SLACK_API_URL: printed('SLACK_API_URL'), SAMPLE_LEDGER: 'yes', ...tokens };
  const store = await startEmbeddedStore({ dir: path.join(dir, 'store') });
  stops.push(() => store.stop());
  const client = await new MongoClient(store.uri).connect();
  stops.push(() => client.close());
  const surroundings: Surroundings = { log: createLog('error', { write: () => {} }), onDeath: () => {}, ...(receiver ? { receiver } : {}) };
  const bot = await compose(readConfig({ ...env, MONGODB_URI: store.uri }), surroundings);
  stops.push(() => bot.stop());
  // The printed address is good for one: whoever has its cookie lets others in.
  const page = await signIn(/at (http\S+)/.exec(workspace.output())![1]!);
  const person = async (id: string) => {
    const someone = await PersonOnPage.open(page, id);
    stops.push(() => someone.close());
    return someone;
  };
  const control = async (body: ControlOrder) => {
    const answer = await order(page, body);
    if (!answer.ok) throw new Error(await answer.text());
  };
  return {
    bot,
    person,
    control,
    jobs: client.db().collection('jobs'),
    connection: { botToken: env.SLACK_BOT_TOKEN, apiUrl: env.SLACK_API_URL },
  };
}

/** One account of the sample each, so that no scenario sees another's. */
const ACCOUNTS = [
  'Wolkenheim Elektro GmbH',
  'Wolkenheim Logistik AG',
  'Le Renard Discret Transports SARL',
  'De Scheve Molen Kaas B.V.',
  'Papierflieger Verpackung GmbH',
  'Wolkenheim Metallbau AG',
  'Siebenschläfer Elektro AG',
  'Faro Imaginario Cerámica S.L.',
  'Papierflieger Elektro AG',
];

/** What people and the bot do to each other over Slack, the same whichever way the requests come in. */
export function slackContract(mode: Mode): void {
  const stops: (() => unknown)[] = [];
  let place: Awaited<ReturnType<typeof startMode>>;
  let ines: PersonOnPage;
  let mara: PersonOnPage;
  beforeAll(async () => {
    place = await startMode(mode, stops);
    await place.control({ do: 'limits', limits: 'off' });
    [ines, mara] = [await place.person('U0INES'), await place.person('U0MARA')];
    await place.bot.tick();
  });
  afterAll(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  test('every call does what it does in Slack', async () => {
    const slack = await connectSlack(
      { ...place.connection, mode: { kind: 'http', signingSecret: SECRET, port: 0 } },
      createLog('error', { write: () => {} }),
    );
    const calls = { client: slack.app.client, channel: CHANNEL, botUser: slack.botUser, botName: slack.botName, socket: null };
    const failed: string[] = [];
    for (const check of SLACK_CHECKS) await check.run(calls).catch((error) => failed.push(`${check.name}: ${error.message}`));
    expect(failed).toEqual([]);
  });

  test.each(MISBEHAVIOURS.filter(([name]) => mode === 'Socket Mode' || !name.includes('socket')))(
    'with %s: command, click, form, card and message each have one effect',
    async (name, orders) => {
      const account = ACCOUNTS[MISBEHAVIOURS.findIndex(([each]) => each === name)]!;
      for (const order of orders) await place.control(order);
      // While the socket is away Slack says so, and a person types the command again.
      const card = await until(async () => {
        const answer = await ask(ines, CHANNEL, `/account ${account}`);
        return said(answer).includes(account) ? answer : undefined;
      });
      await press(ines, card, 'account-hold');
      const form = await ines.modal(1, (view) => view.title === 'Put on hold');
      const past = await ines.submit(form.id, {
        until: { value: { type: 'datepicker', selected_date: '2020-01-01' } },
        reason: { value: { type: 'plain_text_input', value: name } },
      });
      expect(past).toMatchObject({ errors: { until: expect.stringContaining('after today') } });
      const day = Temporal.Now.plainDateISO().add({ days: 9 }).toString();
      expect(
        await ines.submit(form.id, {
          until: { value: { type: 'datepicker', selected_date: day } },
          reason: { value: { type: 'plain_text_input', value: name } },
        }),
      ).toMatchObject({ ok: true });
      await ines.noModal();
      await ines.message((message) => said(message).includes('On hold.') && said(message).includes(account));
      await mara.act({ do: 'open-home' });
      await ines.command(CHANNEL, `/collections assign ${account} to <@U0INES>`);
      await ines.message((message) => said(message).includes(account) && said(message).includes('is now with <@U0INES>'));
      await ines.command(CHANNEL, `/collections assign ${account} to <@U0MARA>`);
      const news = () =>
        mara.shown.filter((message) => said(message).includes('1 account assigned to you') && said(message).includes(account));
      await until(async () => {
        await place.bot.tick();
        return news().length > 0 || undefined;
      });
      await place.control({ do: 'clear-faults' });
      // A lost reply is looked for only after some seconds: the job's end is the point at which nothing more may come.
      await until(async () => (await place.jobs.countDocuments({ kind: 'tell-assigned', state: 'open' })) === 0 || undefined);
      expect(news()).toHaveLength(1);
      const file = said(await ask(ines, CHANNEL, `/account ${account}`));
      expect(file.match(/on hold through/g) ?? []).toHaveLength(1);
      expect(file.match(/→ <@U0MARA> \(by hand\)/g) ?? []).toHaveLength(1);
    },
  );
}
