import { withRole } from '../team/team.ts';
import { directChannel } from './direct.ts';
import type { Renderer } from './outbound.ts';
import { sentence } from './reply.ts';
import type { SlackWorld } from './world.ts';

const SHARED_JOB = 'channel-shared';

/** Admins are told once of a channel that another company reads, and what to do; a job's id makes sure of once. */
export function sharedNews(world: SlackWorld) {
  const renderer: Renderer = async ({ user, channel }) => {
    const [direct, { commands }] = await Promise.all([directChannel(world.client, String(user)), world.settings.read()]);
    if (direct === null) return null;
    const text = `:warning: <#${channel}> is shared with another company, or somebody was invited to share it. Customers’ balances, names and decisions are not posted there any more: what belongs there waits, and nothing is lost.\nEnd the sharing in the channel’s settings, or choose another channel with \`/${commands.collections} setup\`. What waits for that very channel is posted within 15 minutes after the sharing has ended.`;
    return { channel: direct, messages: [sentence(text)] };
  };
  const tell = async (channel: string): Promise<void> => {
    const team = await world.team.read();
    const admins = withRole(team, 'admin');
    for (const user of admins.length > 0 ? admins : withRole(team, 'manager')) {
      const payload = { user, channel };
      await world.jobs.add({ id: `${SHARED_JOB}:${channel}:${user}`, kind: SHARED_JOB, payload, dueAt: world.clock.now() });
    }
  };
  return {
    renderers: { [SHARED_JOB]: renderer },
    tell: (channel: string): void =>
      void tell(channel).catch((error) => world.log.error({ err: error, channel }, 'nobody could be told that a channel is shared')),
  };
}
