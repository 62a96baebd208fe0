import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { World } from '../kernel/world.port.ts';
import { readCarried } from '../slack/carried.ts';
import { Refused, type Subject } from '../slack/listeners.ts';
import { button, section } from '../slack/parts.ts';
import { REFUSED } from '../slack/refusals.ts';
import type { Reply } from '../slack/reply.ts';
import { changeTeam } from '../team/change-team.op.ts';
import { memberOf } from '../team/team.ts';
import { type Alert, OPENS } from './alerts.ts';

const how = z.enum(['each', 'daily']);

/** /collections alerts: how one's alerts come, and the card behind a line of a list. */
export function alertsSubject(world: World, draw: (alert: Alert) => Promise<Reply | null>): Subject {
  const shown = async (user: string, hour: number): Promise<Reply> => {
    const daily = memberOf(await world.team.read(), user)?.alerts === 'daily';
    const text = daily
      ? `Your alerts come as *one list a day*, at ${Math.max(hour, OPENS)}:00 on working days. What lapses before it comes at once.`
      : 'Your alerts come *each at once*, from 8:00 to 18:00 on working days; more than five within an hour become one list.';
    const buttons: KnownBlock = {
      type: 'actions',
      elements: [
        daily
          ? button('alerts-set', 'each', 'Each at once', { how: 'each' })
          : button('alerts-set', 'daily', 'One list a day', { how: 'daily' }),
      ],
    };
    return { text, blocks: [section(text), buttons] };
  };
  return {
    parts: {
      alerts: {
        may: 'read',
        usage: 'alerts',
        help: 'how your alerts come: each at once, or one list a day',
        run: async ({ asker, answer, settings }) => answer(await shown(asker.user, settings.digestHour)),
      },
    },
    clicks: {
      'alerts-set': {
        may: 'read',
        async run({ value, asker, replace, settings, body }) {
          const wanted = readCarried(z.object({ how }), value).how;
          const command = `click:alerts:${asker.user}:${wanted}:${body.container.message_ts ?? body.trigger_id}`;
          const result = await changeTeam(world, { do: 'set-alerts', user: asker.user, how: wanted }, asker.user, command);
          if (!result.done && result.refused !== 'alerts-unchanged') throw new Refused(REFUSED[result.refused]);
          await replace(await shown(asker.user, settings.digestHour));
        },
      },
      'alert-open': {
        may: 'read',
        async run({ value, asker, answer }) {
          const { i } = readCarried(z.object({ i: z.string().max(400) }), value);
          const alert = await world.alerts.one(i);
          const card = alert && alert.user === asker.user ? await draw(alert) : null;
          if (!card) throw new Refused('There is nothing to act on any more. Nothing was changed.');
          await answer(card);
        },
      },
    },
  };
}
