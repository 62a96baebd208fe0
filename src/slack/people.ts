import type { WebClient } from '@slack/web-api';
import { authorize } from '../team/authorize.op.ts';
import type { TeamStore } from '../team/team.port.ts';
import type { Permission } from '../team/team.ts';
import { type Installation, installationOf, listsOf } from './installation.ts';
import type { Asker } from './listeners.ts';
import { escaped } from './text.ts';

const KEEP_MS = 60_000;

type SlackUser = {
  is_bot?: boolean;
  deleted?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  team_id?: string;
  enterprise_user?: { enterprise_id?: string; teams?: string[] };
};

/**
 * On Enterprise Grid team_id names one of a person's workspaces, and not always ours: all of them stand in enterprise_user.teams
 * (github.com/slackapi/bolt-js/issues/1875, docs.slack.dev/reference/objects/user-object).
 */
function workspacesOf({ enterprise_user, team_id }: SlackUser): readonly string[] {
  return enterprise_user?.teams ?? (team_id === undefined ? [] : [team_id]);
}

function refusalFor(user: SlackUser, here: Installation): string | null {
  if (user.is_bot) return 'Arrears does not take orders from bots. Nothing was changed.';
  if (user.deleted) return 'This account is deactivated. Nothing was changed.';
  if (!workspacesOf(user).some((id) => here.workspaces.includes(id))) {
    if (here.organisation !== null && user.enterprise_user?.enterprise_id === here.organisation)
      return `Arrears is installed in ${escaped(here.name)}, and you are not a member there. Nothing was changed. Ask an admin of that workspace to add you.`;
    return 'Arrears works for members of its own workspace only, not for people from shared channels. Nothing was changed.';
  }
  if (user.is_restricted || user.is_ultra_restricted) {
    return 'Guests cannot use Arrears: it shows customers’ balances. Ask a full member of the team. Nothing was changed.';
  }
  return null;
}

/** Reasons of users.info that the person is none of the workspace whose token the bot has. */
const UNKNOWN = ['user_not_found', 'users_not_found', 'user_not_visible'];

/**
 * Refuses whoever is not a full member of a workspace the bot is installed in. Answers of users.info are kept for a minute. The workspace
 * that a request names is ours where there is one alone; on Enterprise Grid it may be any of the organisation's, and only Slack's list of the
 * person's workspaces tells.
 */
export function membership(client: WebClient, installation = installationOf(client)) {
  const known = new Map<string, { until: number; refusal: string | null }>();
  return async (asker: Asker): Promise<string | null> => {
    const here = await installation();
    if (here.organisation === null && asker.team !== '' && !here.workspaces.includes(asker.team))
      return 'Arrears works for members of its own workspace only. Nothing was changed.';
    const kept = known.get(asker.user);
    if (kept && kept.until > performance.now()) return kept.refusal;
    const found = await client.users.info({ user: asker.user }).catch((error: { data?: { error?: string } }) => {
      if (UNKNOWN.includes(error.data?.error ?? '')) return null;
      throw error;
    });
    const refusal = found ? refusalFor(found.user ?? {}, here) : unknownHere(here);
    known.set(asker.user, { until: performance.now() + KEEP_MS, refusal });
    return refusal;
  };
}

function unknownHere({ name }: Installation): string {
  return `Slack does not know you in ${escaped(name)}, where Arrears is installed. Nothing was changed. If you belong there, the bot may have the token of another workspace: tell your admin.`;
}

const ASKED: Readonly<Record<Permission, string>> = {
  member: 'do this',
  read: 'see this',
  collect: 'do this (it needs the role collector, manager or finance lead)',
  manage: 'do this (it needs the role manager, finance lead or admin)',
  approve: 'approve (it needs the role manager or finance lead)',
  retain: 'do this (it needs the role finance lead or admin)',
  admin: 'do this (it needs the role admin)',
};

/** Membership first, then roles; the refusal names who could do it. */
export function gate(team: TeamStore, isMember: (asker: Asker) => Promise<string | null>, collectionsCommand: () => Promise<string>) {
  return async (asker: Asker, needed: Permission): Promise<string | null> => {
    const stranger = await isMember(asker);
    if (stranger) return stranger;
    const authorization = await authorize(team, asker.user, needed);
    if (authorization.allowed) return null;
    if (authorization.noAdmin) {
      return `Nobody has been given a role yet. The person who started Arrears finds a one-time code in its output: \`/${await collectionsCommand()} claim CODE\` makes them admin.`;
    }
    const could = authorization.could.map((user) => `<@${user}>`).join(', ');
    return `You may not ${ASKED[needed]}. ${could ? `${could} could.` : 'Nobody has that role yet; an admin can give it.'} Nothing was changed.`;
  };
}

/** Everybody of the workspaces the bot is installed in, with the title and the address they show. */
export async function peopleOf(client: WebClient): Promise<{ user: string; title: string; email: string }[]> {
  const people = new Map<string, { user: string; title: string; email: string }>();
  for (const team of listsOf(await installationOf(client)())) {
    let cursor = '';
    do {
      const page = await client.users.list({ ...team, limit: 200, ...(cursor ? { cursor } : {}) });
      for (const { id, deleted, is_bot, profile } of page.members ?? []) {
        if (id && !deleted && !is_bot) people.set(id, { user: id, title: profile?.title ?? '', email: profile?.email ?? '' });
      }
      cursor = page.response_metadata?.next_cursor ?? '';
    } while (cursor);
  }
  return [...people.values()];
}
