import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startWorkspace, type Workspace } from '../src/embedded/slack/workspace.ts';
import { keepPrivate } from '../src/private-files.ts';

const HELP = `npm run workspace -- [--port 3101] [--dir DIR] [--http-url URL]... [--manifest FILE]
  --dir       keeps the conversation and the tokens (without it both are new at every start)
  --http-url  sends signed requests to the bot instead of Socket Mode; may be repeated
  --manifest  installs the app's manifest (JSON): commands, shortcuts, events, scopes
  --grid      workspace or org-wide: one of two workspaces of an organisation, the app in this one or in both
  --channels  so many more public channels, in which nobody is`;

const OPTIONS = {
  port: { type: 'string', default: '3101' },
  dir: { type: 'string' },
  'http-url': { type: 'string', multiple: true },
  manifest: { type: 'string' },
  grid: { type: 'string' },
  channels: { type: 'string', default: '0' },
  help: { type: 'boolean', default: false },
} as const;

async function open(): Promise<Workspace | null> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    console.log(HELP);
    return null;
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port is a number from 0 to 65535, not ${values.port}.`);
  const [requestUrl, signingSecret] = [values['http-url'], process.env.SLACK_SIGNING_SECRET];
  if (requestUrl && !signingSecret)
    throw new Error('Requests are signed: set SLACK_SIGNING_SECRET for the workspace and the bot, for example to 32 random characters.');
  const manifest: unknown = values.manifest && JSON.parse(readFileSync(values.manifest, 'utf8'));
  const http = requestUrl && signingSecret ? { http: { requestUrl, signingSecret } } : {};
  const { grid } = values;
  if (grid !== undefined && grid !== 'workspace' && grid !== 'org-wide') throw new Error(`--grid is workspace or org-wide, not ${grid}.`);
  const channels = Number(values.channels);
  if (!Number.isInteger(channels) || channels < 0) throw new Error(`--channels is a whole number, not ${values.channels}.`);
  if (values.dir) keepPrivate(values.dir);
  const workspace = await startWorkspace({ ...(grid ? { grid } : {}), channels, port, dir: values.dir ?? null, ...http });
  try {
    if (manifest) workspace.install(manifest);
  } catch (error) {
    await workspace.stop();
    throw error;
  }
  return workspace;
}

function explained(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'EADDRINUSE' ? 'The port is taken, perhaps by another workspace: stop that one or give another --port.' : message;
}

try {
  const workspace = await open();
  if (workspace) {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void workspace.stop());
    console.log(`The workspace is open at ${workspace.pageLink()}

Start the bot with:
SLACK_BOT_TOKEN=${workspace.botToken}
SLACK_APP_TOKEN=${workspace.appToken}
SLACK_SIGNING_SECRET=${workspace.signingSecret}
SLACK_API_URL=${workspace.apiUrl}`);
  }
} catch (error) {
  console.error(`The workspace was not started. ${explained(error)}`);
  process.exitCode = 1;
}
