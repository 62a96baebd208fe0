import { z } from 'zod';
import { changeAccount } from '../account/change-account.op.ts';
import type { World } from '../kernel/world.port.ts';
import { readCarried } from '../slack/carried.ts';
import type { Subject } from '../slack/listeners.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';

const taskRef = z.object({ a: z.string().max(100), c: z.string().max(60) });

/** Sales operations say that the order system has followed a stop or release of supply. */
export function supplySubject(world: Pick<World, 'clock' | 'settings' | 'accounts'>): Subject {
  return {
    clicks: {
      'supply-done': {
        may: 'read',
        async run({ value, asker, replace }) {
          const { a, c } = readCarried(taskRef, value);
          const result = await changeAccount(world, a, { do: 'supply-done', case: c }, asker.user, `click:supply:${c}:${asker.user}`);
          await replace(sentence(result.done ? ':white_check_mark: Recorded: the order system has followed.' : REFUSED[result.refused]));
        },
      },
    },
  };
}
