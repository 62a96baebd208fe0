import type { WebClient } from '@slack/web-api';
import type { OurPerson } from './team.port.ts';

const KEEP_MS = 10 * 60_000;

/** Name, telephone number and address of a member as their Slack profile says; null for one who is unknown or has left. Kept for ten minutes. */
export function ourPeople(client: WebClient) {
  const known = new Map<string, { until: number; person: OurPerson | null }>();
  return async (user: string): Promise<OurPerson | null> => {
    const kept = known.get(user);
    if (kept && kept.until > performance.now()) return kept.person;
    const found = await client.users.info({ user }).catch((error: { data?: { error?: string } }) => {
      if (error.data?.error === 'user_not_found') return null;
      throw error;
    });
    const profile = found?.user?.deleted ? undefined : found?.user?.profile;
    const person = profile ? { name: profile.real_name ?? '', phone: profile.phone ?? '', email: profile.email ?? '' } : null;
    known.set(user, { until: performance.now() + KEEP_MS, person });
    return person;
  };
}

/** Slack id of the active member with an address, null when there is none. Needs users:read.email. */
export async function memberByAddress(client: WebClient, email: string): Promise<string | null> {
  try {
    const { user } = await client.users.lookupByEmail({ email });
    return user?.id && !user.deleted && !user.is_bot ? user.id : null;
  } catch (error) {
    // What is no address at all ends the same way.
    if (['users_not_found', 'invalid_arguments', 'no_email'].includes((error as { data?: { error?: string } }).data?.error ?? ''))
      return null;
    throw error;
  }
}
