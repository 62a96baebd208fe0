import { expect, it, onTestFinished } from 'vitest';
import type { Answered } from '../../src/embedded/slack/delivery/delivery.ts';
import { until } from '../embedded/slack/until.ts';
import { overHttp } from '../support/bot.ts';
import { botApart, personApart, settingsFor, workspaceApart } from '../support/bot-apart.ts';
import { ledgerPlace } from '../support/ledger-place.ts';

const NOTES = 12;

it('what Slack was told had arrived when the program is stopped is recorded and answered', async () => {
  const place = await ledgerPlace();
  onTestFinished(() => place.close());
  let acked = 0;
  const answered: Answered = (kind, _payload, answer) => {
    if (kind === 'slash_commands' && answer.acked) acked += 1;
  };
  const http = await overHttp();
  const workspace = await workspaceApart({ http, answered });
  const { SLACK_APP_TOKEN: _, ...env } = await settingsFor(workspace);
  const port = new URL(http.requestUrl).port;
  const bot = botApart({ ...env, MONGODB_URI: place.uri, SLACK_SIGNING_SECRET: http.signingSecret, PORT: port });
  const running = await bot.running;
  const mara = await personApart(workspace, 'U0MARA');
  for (let n = 0; n < NOTES; n += 1) void mara.command('C0COLLECT', `/collections note C${1030 + n}: note ${n} of a busy day`);
  await until(() => acked === NOTES);
  await running.stop();
  const bodies = await place.raw.collection('accounts').find({}).toArray();
  const kept = JSON.stringify(bodies).match(/note \d+ of a busy day/g) ?? [];
  expect(new Set(kept).size).toBe(NOTES);
  expect(mara.shown.filter(({ text }) => text.includes('On the file of'))).toHaveLength(NOTES);
  expect(bot.log.filter((line) => /"level":50/.test(line))).toEqual([]);
});
