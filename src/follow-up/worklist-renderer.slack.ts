import { queueOf } from '../mails/review-queue.op.ts';
import type { Renderer } from '../slack/outbound.ts';
import type { SlackWorld } from '../slack/world.ts';
import { actingFor, mayDo } from '../team/team.ts';
import { listOf, readBoard } from './list-work.op.ts';
import { morningReply } from './morning.view.ts';

/** A collector's day by direct message: nothing when there is nothing to do, its day is over, or the person has left or lost the role. */
export function worklistRenderer(world: SlackWorld): Renderer {
  return async (payload) => {
    const user = String(payload.user);
    if ((await world.membership({ user, team: world.homeTeam, channel: '' })) !== null) return null;
    const board = await readBoard(world);
    if (board.today !== payload.day || !mayDo(board.team, user, 'collect')) return null;
    // Whoever is away finds the list on return; meanwhile the cover gets it.
    if (actingFor(board.team, user, board.today) !== user) return null;
    const list = listOf(board, user);
    const queue = queueOf(board.drafts, board.team, user, board.today);
    const message = morningReply(list, queue);
    if (!message) return null;
    const channel = (await world.client.conversations.open({ users: user })).channel?.id;
    if (!channel) throw new Error('conversations.open answered without a channel');
    return { channel, messages: [message] };
  };
}
