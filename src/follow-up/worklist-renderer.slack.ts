import type { WebClient } from '@slack/web-api';
import type { Asker } from '../slack/listeners.ts';
import type { Renderer } from '../slack/outbound.ts';
import { actingFor, mayDo } from '../team/team.ts';
import { listOf, readBoard, type WorkPorts } from './list-work.op.ts';
import { workListReply } from './work-list.view.ts';

export interface WorklistRendererPorts extends WorkPorts {
  readonly client: WebClient;
  readonly homeTeam: string;
  readonly membership: (asker: Asker) => Promise<string | null>;
}

/** A collector's list of the day by direct message: nothing when it is empty, its day is over, or the person has left or lost the role. */
export function worklistRenderer(ports: WorklistRendererPorts): Renderer {
  return async (payload) => {
    const user = String(payload.user);
    if ((await ports.membership({ user, team: ports.homeTeam, channel: '' })) !== null) return null;
    const [board, { zone }] = await Promise.all([readBoard(ports), ports.settings.read()]);
    if (board.today !== payload.day || !mayDo(board.team, user, 'collect')) return null;
    // Whoever is away finds the list on return; meanwhile the cover gets it.
    if (actingFor(board.team, user, board.today) !== user) return null;
    const list = listOf(board, user);
    if (list.entries.length === 0) return null;
    const channel = (await ports.client.conversations.open({ users: user })).channel?.id;
    if (!channel) throw new Error('conversations.open answered without a channel');
    return { channel, messages: [workListReply(list, user, 0, zone, ports.clock.now())] };
  };
}
