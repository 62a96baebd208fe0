import { App, type AppOptions, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { onTestFinished } from 'vitest';
import { startWorkspace, type Workspace, type WorkspaceOptions } from '../../../src/embedded/slack/workspace.ts';
import { PersonOnPage } from './person.ts';

export const CHANNEL = 'C0COLLECT';

export const MANIFEST = {
  display_information: { name: 'Arrears' },
  features: {
    app_home: { home_tab_enabled: true, messages_tab_enabled: true },
    bot_user: { display_name: 'Arrears' },
    slash_commands: [{ command: '/overdue', description: 'What is overdue', usage_hint: '[>days]', should_escape: true }],
    shortcuts: [
      { name: 'Log this', type: 'message', callback_id: 'log', description: 'Log it' },
      { name: 'New promise', type: 'global', callback_id: 'promise', description: 'Record one' },
    ],
  },
  oauth_config: {
    scopes: {
      bot: [
        'app_mentions:read',
        'channels:history',
        'channels:join',
        'channels:read',
        'chat:write',
        'commands',
        'files:read',
        'files:write',
        'groups:history',
        'groups:read',
        'im:history',
        'im:read',
        'im:write',
        'pins:write',
        'reactions:write',
        'team:read',
        'users:read',
        'users:read.email',
      ],
    },
  },
  settings: {
    event_subscriptions: {
      bot_events: [
        'app_mention',
        'app_home_opened',
        'message.channels',
        'message.im',
        'file_shared',
        'member_joined_channel',
        'user_change',
      ],
    },
    interactivity: { is_enabled: true },
    socket_mode_enabled: true,
  },
};

/** A workspace that ends with the test; limits are off unless the test asks for them. */
export async function workspaceForTest(options: Partial<WorkspaceOptions> = {}): Promise<Workspace> {
  const workspace = await startWorkspace({ dir: null, limits: 'off', ...options });
  onTestFinished(() => workspace.stop());
  workspace.install(MANIFEST);
  return workspace;
}

export async function personOn(workspace: Workspace, id = 'U0MARA'): Promise<PersonOnPage> {
  const person = await PersonOnPage.open(workspace.pageLink(), id);
  onTestFinished(() => person.close());
  return person;
}

export const SILENT = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => LogLevel.ERROR, setName() {} };

/** A Bolt App against the workspace. Its receiver waits one second, not five, before it reconnects. */
export function appFor(workspace: Workspace, receiver?: AppOptions['receiver']): App {
  const clientOptions = { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 }, timeout: 10_000 };
  const socket = () =>
    new SocketModeReceiver({ appToken: workspace.appToken, logger: SILENT, clientPingTimeout: 1000, installerOptions: { clientOptions } });
  return new App({ token: workspace.botToken, logger: SILENT, clientOptions, receiver: receiver ?? socket() });
}

/** A real Bolt App over Socket Mode, with its listeners, connected. */
export async function connected(workspace: Workspace, listeners: (app: App) => void): Promise<App> {
  const app = appFor(workspace);
  listeners(app);
  await app.start();
  onTestFinished(async () => {
    await app.stop();
  });
  return app;
}
