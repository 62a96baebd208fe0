import type { WebClient } from '@slack/web-api';
import type { Permission } from '../domain/team.ts';
import { authorize } from '../operations/authorize.ts';
import type { TeamStore } from '../operations/ports.ts';
import type { Asker } from './listeners.ts';

const KEEP_MS = 60_000;

type SlackUser = {
  is_bot?: boolean;
  deleted?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  is_stranger?: boolean;
  team_id?: string;
};

function refusalFor(user: SlackUser, homeTeam: string): string | null {
  if (user.is_bot) return 'Arrears does not take orders from bots. Nothing was changed.';
  if (user.deleted) return 'This account is deactivated. Nothing was changed.';
  if (user.is_stranger || (user.team_id !== undefined && user.team_id !== homeTeam)) {
    return 'Arrears works for members of its own workspace only, not for people from shared channels. Nothing was changed.';
  }
  if (user.is_restricted || user.is_ultra_restricted) {
    return 'Guests cannot use Arrears: it shows customers’ balances. Ask a full member of the team. Nothing was changed.';
  }
  return null;
}

/** Refuses whoever is not a full member of the workspace the bot is installed in (P13). Answers of users.info are kept for a minute. */
export function membership(client: WebClient, homeTeam: string) {
  const known = new Map<string, { until: number; refusal: string | null }>();
  return async (asker: Asker): Promise<string | null> => {
    if (asker.team !== homeTeam) return 'Arrears works for members of its own workspace only. Nothing was changed.';
    const kept = known.get(asker.user);
    if (kept && kept.until > performance.now()) return kept.refusal;
    const { user } = await client.users.info({ user: asker.user });
    const refusal = refusalFor(user ?? {}, homeTeam);
    known.set(asker.user, { until: performance.now() + KEEP_MS, refusal });
    return refusal;
  };
}

const ASKED: Readonly<Record<Permission, string>> = {
  member: 'do this',
  read: 'see this',
  collect: 'do this (it needs the role collector, manager or finance lead)',
  manage: 'do this (it needs the role manager, finance lead or admin)',
  approve: 'approve (it needs the role manager or finance lead)',
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

/** Everybody of the workspace with the title and the address they show. */
export async function peopleOf(client: WebClient): Promise<{ user: string; title: string; email: string }[]> {
  const people: { user: string; title: string; email: string }[] = [];
  let cursor = '';
  do {
    const page = await client.users.list({ limit: 200, ...(cursor ? { cursor } : {}) });
    for (const { id, deleted, is_bot, profile } of page.members ?? []) {
      if (id && !deleted && !is_bot) people.push({ user: id, title: profile?.title ?? '', email: profile?.email ?? '' });
    }
    cursor = page.response_metadata?.next_cursor ?? '';
  } while (cursor);
  return people;
}
