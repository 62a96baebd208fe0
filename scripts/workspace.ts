import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startWorkspace } from '../src/embedded/slack/workspace.ts';

const HELP = `npm run workspace -- [--port 3101] [--dir DIR] [--http-url URL]... [--manifest FILE]
  --dir       keeps the conversation and the tokens (without it both are new at every start)
  --http-url  sends signed requests to the bot instead of Socket Mode; may be repeated
  --manifest  installs the app's manifest (JSON): commands, shortcuts, events, scopes`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3101' },
    dir: { type: 'string' },
    'http-url': { type: 'string', multiple: true },
    manifest: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const requestUrl = values['http-url'];
const secret = process.env.SLACK_SIGNING_SECRET;
if (requestUrl && !secret) {
  console.error(
    'HTTP mode signs its requests: set SLACK_SIGNING_SECRET for both the workspace and the bot, for example to 32 random characters.',
  );
  process.exit(1);
}
const workspace = await startWorkspace({
  port: Number(values.port),
  dir: values.dir ?? null,
  ...(requestUrl && secret && { http: { requestUrl, signingSecret: secret } }),
});
if (values.manifest) workspace.install(JSON.parse(readFileSync(values.manifest, 'utf8')));

console.log(`The workspace is open at ${workspace.pageUrl}

Start the bot with:
SLACK_BOT_TOKEN=${workspace.botToken}
SLACK_APP_TOKEN=${workspace.appToken}
SLACK_SIGNING_SECRET=${workspace.signingSecret}
SLACK_API_URL=${workspace.apiUrl}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void workspace.stop());
