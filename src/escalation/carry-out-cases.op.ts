import { eachAlone } from '../kernel/each-alone.op.ts';
import type { World } from '../kernel/world.port.ts';
import { changeCase } from './change-case.op.ts';

/** Longer than carrying out takes; the case of an instance that died is taken up after it. */
const CLAIM_SECONDS = 120;

/**
 * Does what was approved: claim, act where it still rests on what people saw, record. Whatever crashes, it happens once, since each kind's
 * changes go by the case's own command id. A case that cannot be handled holds up no other one; its error is thrown at the end. `ended` is told of
 * each that was carried out or voided.
 */
export async function carryOutCases(world: World, ended: (id: string) => Promise<void> = async () => {}): Promise<number> {
  let done = 0;
  await eachAlone(
    'approved decisions',
    await world.cases.approved(),
    ({ case: { id } }) => id,
    async ({ case: { id } }) => {
      if (!(await carryOut(world, id))) return;
      done += 1;
      await ended(id);
    },
  );
  return done;
}

async function carryOut(world: World, id: string): Promise<boolean> {
  const now = world.clock.now();
  const claimed = await world.cases.claim(id, now, now.add({ seconds: CLAIM_SECONDS }));
  const rule = claimed && world.kinds[claimed.case.kind];
  if (!rule) return false;
  const holds = async () => world.fingerprint(await rule.basis(claimed.case)) === claimed.case.basis;
  const result = await rule.carryOut(claimed.case, `case:${id}`, holds);
  if (result === 'later') return false;
  const record = result === 'done' ? ({ do: 'carry-out', outcome: '' } as const) : ({ do: 'void', why: result.voided } as const);
  return (await changeCase(world, id, record, 'clock', `carry-out:${id}`)).done;
}
