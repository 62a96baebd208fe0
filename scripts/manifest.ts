/** `npm run manifest [-- --http https://your.host/slack/events]`: the app manifest for Slack, as JSON on stdout; why each scope, on stderr. */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { manifest, SCOPES } from '../src/slack/manifest.ts';
import type { CommandNames } from '../src/team/settings.port.ts';
import { withStore } from './with-store.ts';

if (fs.existsSync('.env')) process.loadEnvFile('.env');

const { values } = parseArgs({ options: { http: { type: 'string' } } });
if (values.http !== undefined && !URL.canParse(values.http)) {
  console.error(
    `--http takes the address where Slack reaches the bot, for example https://arrears.example.com/slack/events, not ${values.http}.`,
  );
  process.exit(1);
}

const names = (await namesInUse()) ?? { overdue: 'overdue', account: 'account', collections: 'collections' };
console.log(JSON.stringify(manifest(names, values.http), null, 2));
const width = Math.max(...Object.keys(SCOPES).map((scope) => scope.length));
console.error(
  `\nWhy each permission is asked for:\n${Object.entries(SCOPES)
    .map(([scope, reason]) => `  ${scope.padEnd(width)}  ${reason}`)
    .join('\n')}`,
);

/** The names an admin has set; null before the first start. */
async function namesInUse(): Promise<CommandNames | null> {
  const kept = process.env.MONGODB_URI || fs.existsSync(`${process.env.DATA_DIR || 'data'}/store`);
  if (!kept) return null;
  return withStore(process.env, async ({ stores }) => (await stores.settings.read()).commands).catch(() => null);
}
