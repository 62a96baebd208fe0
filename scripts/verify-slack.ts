/**
 * `npm run verify-slack [-- --channel collections]`: does this Slack workspace do what Arrears relies on? With the tokens of .env against
 * that workspace, in a channel the bot was invited to; without any against the local workspace. A line per check; exit code 1 if one fails.
 */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { readConfig } from '../src/config.ts';
import { startWorkspace } from '../src/embedded/slack/workspace.ts';
import { createLog } from '../src/log.ts';
import { connectSlack } from '../src/slack/connect.ts';
import { channelProblem, findChannel } from '../src/slack/destination.ts';
import { manifest } from '../src/slack/manifest.ts';
import { slackProblem } from '../src/slack/problems.ts';
import { SLACK_CHECKS } from '../test/contracts/slack-calls.ts';
import type { SlackPlace } from '../test/contracts/slack-place.ts';

if (fs.existsSync('.env')) process.loadEnvFile('.env');
const { values } = parseArgs({ options: { channel: { type: 'string', default: 'collections' } } });

const stops: (() => Promise<unknown>)[] = [];
try {
  const place = await placeOf();
  for (const check of SLACK_CHECKS) {
    try {
      const note = await check.run(place);
      console.log(`ok    ${check.name}${note ? ` (${note})` : ''}`);
    } catch (error) {
      process.exitCode = 1;
      console.log(`FAIL  ${check.name}: ${slackProblem(error)?.message ?? (error as Error).message}`);
    }
  }
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof Error ? error.message : String(error));
} finally {
  for (const stop of stops.reverse()) await stop();
}

async function placeOf(): Promise<SlackPlace> {
  const config = readConfig(process.env);
  const local = config.SLACK_BOT_TOKEN ? null : await startWorkspace({ dir: null });
  if (local) {
    stops.push(() => local.stop());
    local.install(manifest({ overdue: 'overdue', account: 'account', collections: 'collections' }));
  }
  console.log(local ? 'No SLACK_BOT_TOKEN is set: the local workspace is checked.' : 'The workspace of SLACK_BOT_TOKEN is checked.');
  const nowhere = { kind: 'http' as const, signingSecret: 'not listening', port: 0 };
  const place = { botToken: local?.botToken ?? config.SLACK_BOT_TOKEN!, apiUrl: local?.apiUrl ?? config.SLACK_API_URL };
  const log = createLog('warn');
  // A socket that is closed as soon as it is open says so at length.
  const quiet = createLog('silent');
  const slack = await connectSlack({ ...place, mode: nowhere }, log);
  const appToken = local?.appToken ?? config.SLACK_APP_TOKEN;
  const socket = async () => {
    const listening = await connectSlack({ ...place, mode: { kind: 'socket', appToken: appToken! } }, quiet);
    await listening.start();
    await listening.stop();
  };
  const found = await findChannel(slack.app.client, values.channel);
  const problem = channelProblem(found, values.channel, slack.botName);
  if (problem) throw new Error(problem);
  return {
    client: slack.app.client,
    channel: found!.id!,
    botUser: slack.botUser,
    botName: slack.botName,
    socket: appToken ? socket : null,
  };
}
