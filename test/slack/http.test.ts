import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifest } from '../../src/slack/manifest.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { until } from '../embedded/slack/until.ts';
import { postSigned, requestTo, startRelay } from '../properties/p13-slack.ts';
import { ask, said } from '../support/ask.ts';
import { type Bot, overHttp, startBot } from '../support/bot.ts';

const CHANNEL = 'C0COLLECT';
const NAMES = { overdue: 'overdue', account: 'account', collections: 'collections' };

test('Slack is told one address for everything: requests, events, commands, and the choices of a select', () => {
  const url = 'https://arrears.example.com/any/path';
  const { settings, features } = manifest(NAMES, url);
  expect(settings.interactivity).toEqual({ is_enabled: true, request_url: url, message_menu_options_url: url });
  expect(settings.event_subscriptions.request_url).toBe(url);
  expect(features.slash_commands.map((each) => (each as { url?: string }).url)).toEqual([url, url, url]);
  expect(manifest(NAMES).settings.interactivity).toEqual({ is_enabled: true });
});

describe('over HTTP', () => {
  let bot: Bot;
  let mara: PersonOnPage;
  let http: Awaited<ReturnType<typeof overHttp>>;
  beforeAll(async () => {
    http = await overHttp();
    bot = await startBot({ workspace: { http } });
    mara = await bot.person('U0MARA');
  });
  afterAll(() => bot.stop());

  test('an account is found while one types in the form that puts a message on its file', async () => {
    await mara.say(CHANNEL, 'They pay on Friday.');
    const spoken = await mara.says('They pay on Friday.');
    await mara.act({ do: 'shortcut', callbackId: 'file-message', channel: CHANNEL, ts: spoken.ts });
    const form = await mara.modal();
    const element = { action_id: 'file-account' };
    const found = await mara.act({ do: 'suggest', from: { view: form.id }, block: 'account', element, text: 'Wolkenheim' });
    expect(JSON.stringify(found)).toContain('Wolkenheim Logistik AG');
  });

  test('whoever writes to the bot is told what it takes; a file dropped there is offered for import and nothing more is said', async () => {
    const { channel } = (await mara.act({ do: 'open-im', user: 'U0ARREARS' })) as { channel: string };
    await mara.say(channel, 'What does Wolkenheim owe us?');
    const told = await mara.message(
      (each) => each.user === 'U0ARREARS' && each.channel === channel && said(each).includes('I do not read'),
    );
    expect(said(told)).toContain('Type `/collections mine` for your work list, `/account NAME` for one customer');
    const ines = await bot.person('U0INES');
    const own = (await ines.act({ do: 'open-im', user: 'U0ARREARS' })) as { channel: string };
    await ines.upload(own.channel, 'mine.csv', 'account,number,currency,total,issued,due\nA,1,EUR,1.00,2026-01-01,2026-01-31\n');
    await ines.message((each) => each.channel === own.channel && each.text.startsWith('mine.csv:'));
    expect(ines.shown.some((each) => said(each).includes('I do not read'))).toBe(false);
    const gia = await bot.person('U0GIA');
    const guest = (await gia.act({ do: 'open-im', user: 'U0ARREARS' })) as { channel: string };
    await gia.say(guest.channel, 'Hello');
    await until(() => gia.shown.some((each) => said(each).includes('Guests cannot use Arrears')));
  });

  test('a signed request that somebody recorded and sends again within five minutes records nothing twice', async () => {
    const relay = await startRelay(new URL('api/', bot.page()).href);
    const fields = { command: '/collections', user_id: 'U0MARA', team_id: 'T0NORTHWIND' };
    const typed = {
      ...fields,
      text: 'note C1022: sent once',
      channel_id: CHANNEL,
      trigger_id: 'recorded.1',
      response_url: relay.answerUrl,
    };
    const content = new URLSearchParams({ ...typed, api_app_id: 'A0ARREARS' }).toString();
    const stamp = String(Math.floor(Date.now() / 1000));
    const signature = `v0=${createHmac('sha256', http.signingSecret).update(`v0:${stamp}:${content}`).digest('hex')}`;
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': stamp,
      'x-slack-signature': signature,
    };
    const post = async () => (await fetch(http.requestUrl, { method: 'POST', headers, body: content })).status;
    const answers: string[] = [];
    for (let n = 1; n <= 3; n += 1) {
      expect(await post()).toBe(200);
      await until(() => {
        answers.push(...relay.take());
        return answers.filter((each) => each.includes('On the file of')).length >= n || undefined;
      });
    }
    await relay.close();
    const timeline = said(await ask(mara, CHANNEL, '/account C1022 timeline'));
    expect(timeline.match(/sent once/g)).toHaveLength(1);
  });

  test('a request from a workspace that the bot’s token is not of is refused with what to look at', async () => {
    const relay = await startRelay(new URL('api/', bot.page()).href);
    const way = { kind: 'commands', name: 'overdue', may: 'read' } as const;
    const { contentType, content } = requestTo(way, 'U0ELSEWHERE', 'T0NORTHWIND', relay.answerUrl);
    expect((await postSigned(http.requestUrl, http.signingSecret, contentType, content)).status).toBe(200);
    const told = await until(() => relay.take().join() || undefined);
    await relay.close();
    expect(told).toContain('Slack does not know you in Northwind Trading, where Arrears is installed. Nothing was changed.');
    expect(told).toContain('the bot may have the token of another workspace: tell your admin.');
  });
});
