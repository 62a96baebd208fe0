import type { Renderer } from '../slack/outbound.ts';
import type { SlackWorld } from '../slack/world.ts';
import { actingFor, mayDo } from '../team/team.ts';
import { listOf, readBoard } from './list-work.op.ts';
import { workListReply } from './work-list.view.ts';

/** A collector's list of the day by direct message: nothing when it is empty, its day is over, or the person has left or lost the role. */
export function worklistRenderer(world: SlackWorld): Renderer {
  return async (payload) => {
    const user = String(payload.user);
    if ((await world.membership({ user, team: world.homeTeam, channel: '' })) !== null) return null;
    const [board, { zone }] = await Promise.all([readBoard(world), world.settings.read()]);
    if (board.today !== payload.day || !mayDo(board.team, user, 'collect')) return null;
    // Whoever is away finds the list on return; meanwhile the cover gets it.
    if (actingFor(board.team, user, board.today) !== user) return null;
    const list = listOf(board, user);
    if (list.entries.length === 0) return null;
    const channel = (await world.client.conversations.open({ users: user })).channel?.id;
    if (!channel) throw new Error('conversations.open answered without a channel');
    return { channel, messages: [workListReply(list, user, 0, zone, world.clock.now())] };
  };
}
