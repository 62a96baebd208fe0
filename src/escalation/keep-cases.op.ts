import { eachAlone } from '../kernel/each-alone.op.ts';
import type { World } from '../kernel/world.port.ts';
import { changeCase } from './change-case.op.ts';

/** Reminds of what is about to lapse, once, and closes what has. Any number of instances may do so at once. Returns how many lapsed. */
export async function keepCases(world: World): Promise<number> {
  const now = world.clock.now();
  const due = (at: string) => Temporal.Instant.compare(now, Temporal.Instant.from(at)) >= 0;
  let lapsed = 0;
  await eachAlone(
    'decisions',
    await world.cases.open(),
    ({ case: { id } }) => id,
    async ({ case: each }) => {
      if (due(each.expiresAt)) {
        if ((await changeCase(world, each.id, { do: 'expire' }, 'clock', `expire:${each.id}`)).done) lapsed += 1;
      } else if (each.remindedAt === null && due(each.remindAt))
        await changeCase(world, each.id, { do: 'remind' }, 'clock', `remind:${each.id}:${each.revision}`);
    },
  );
  return lapsed;
}
