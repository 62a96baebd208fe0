import { changeAccount } from '../account/change-account.op.ts';
import { dayIn } from '../kernel/day.ts';
import { eachAlone } from '../kernel/each-alone.op.ts';
import type { World } from '../kernel/world.port.ts';

/** Ends every mandate whose last day has passed where its customer is. May be repeated. Returns how many ended. */
export async function lapseMandates(world: Pick<World, 'clock' | 'settings' | 'accounts'>): Promise<number> {
  const works = await world.accounts.all();
  // The earliest zone of all: whether the customer's own day is over is decided on the account.
  const ahead = dayIn('Pacific/Kiritimati', world.clock.now());
  let ended = 0;
  await eachAlone(
    'accounts',
    works,
    ([account]) => account,
    async ([account, { mandate }]) => {
      if (!mandate || mandate.until >= ahead) return;
      const result = await changeAccount(world, account, { do: 'lapse-mandate', id: mandate.id }, 'clock', `lapse:${mandate.id}`);
      if (result.done && !result.again) ended += 1;
    },
  );
  return ended;
}

/** Once an hour, since days end at different hours. */
export function mandateLapsing(world: Pick<World, 'clock' | 'settings' | 'accounts'>): () => Promise<void> {
  let looked = '';
  return async () => {
    const hour = world.clock.now().toString().slice(0, 13);
    if (hour === looked) return;
    await lapseMandates(world);
    looked = hour;
  };
}
