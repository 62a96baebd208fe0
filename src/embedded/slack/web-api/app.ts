import { SocketMode } from '../delivery/socket-mode.ts';
import { installManifest } from '../install.ts';
import { TIERS } from '../rate-limits.ts';
import { appName } from '../world.ts';
import { ApiError, invalidArgument } from './api-error.ts';
import { page } from './args.ts';
import { type Method, method } from './method.ts';

export const APP_METHODS: Record<string, Method> = {
  'auth.test': {
    ...method(null, [], (world) => ({
      url: `${world.baseUrl}/`,
      team: world.organisation?.orgWide ? world.organisation.name : world.team.name,
      user: world.store.person(world.app.botUser)!.name,
      // An org-wide token stands for no one workspace (docs.slack.dev/reference/methods/auth.test, bolt-js #1720).
      team_id: world.organisation?.orgWide ? world.organisation.id : world.team.id,
      ...(world.organisation && { enterprise_id: world.organisation.id }),
      user_id: world.app.botUser,
      bot_id: world.app.botId,
      is_enterprise_install: world.organisation?.orgWide ?? false,
    })),
    token: 'any',
  },
  /** docs.slack.dev/reference/methods/auth.teams.list: the workspaces an org-wide app was approved for. */
  'auth.teams.list': method(2, [], (world, args) => {
    const teams = world.organisation?.orgWide ? world.organisation.teams : [world.team];
    const { items, cursor } = page(teams, args, 100);
    return { teams: items.map(({ id, name }) => ({ id, name })), response_metadata: { next_cursor: cursor } };
  }),
  'apps.connections.open': {
    // Tier1 in slackapi/java-slack-sdk, metadata/web-api/rate_limit_tiers.json.
    allowance: TIERS[1],
    scopes: [],
    token: 'app',
    run: (world) => {
      const { transport } = world.delivery;
      // In HTTP mode the app has no Socket Mode, as when the manifest switches it off.
      if (!(transport instanceof SocketMode) || !world.socketModeOn) throw new ApiError('access_denied');
      return { url: `${world.baseUrl.replace('http', 'ws')}/socket-mode?ticket=${transport.openTicket()}&app_id=${world.app.appId}` };
    },
  },
  /** Slack wants a configuration token here; the workspace takes the app's own. */
  'apps.manifest.update': {
    ...method(2, [], (world, args) => {
      try {
        installManifest(world, args.json('manifest', 'invalid_manifest'));
      } catch (error) {
        throw error instanceof ApiError ? error : new ApiError('invalid_manifest', invalidArgument((error as Error).message).detail);
      }
      return { app_id: world.app.appId, permissions_updated: true, app_name: appName(world) };
    }),
    token: 'any',
  },
};
