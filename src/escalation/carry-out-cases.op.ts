import type { Fingerprint } from '../kernel/clock.port.ts';
import { eachAlone } from '../kernel/each-alone.op.ts';
import type { CaseKindRules } from './case.port.ts';
import { type ChangeCasePorts, changeCase } from './change-case.op.ts';

export interface CarryOutPorts extends ChangeCasePorts {
  readonly fingerprint: Fingerprint;
  readonly kinds: CaseKindRules;
}

/** Longer than carrying out takes; the case of an instance that died is taken up after it. */
const CLAIM_SECONDS = 120;

/**
 * Does what was approved: claim, act where it still rests on what people saw, record. Whatever crashes, it happens once, since each kind's
 * changes go by the case's own command id. A case that cannot be handled holds up no other one; its error is thrown at the end. `ended` is told of
 * each that was carried out or voided.
 */
export async function carryOutCases(ports: CarryOutPorts, ended: (id: string) => Promise<void> = async () => {}): Promise<number> {
  let done = 0;
  await eachAlone(
    'approved decisions',
    await ports.cases.approved(),
    ({ case: { id } }) => id,
    async ({ case: { id } }) => {
      if (!(await carryOut(ports, id))) return;
      done += 1;
      await ended(id);
    },
  );
  return done;
}

async function carryOut(ports: CarryOutPorts, id: string): Promise<boolean> {
  const now = ports.clock.now();
  const claimed = await ports.cases.claim(id, now, now.add({ seconds: CLAIM_SECONDS }));
  const rule = claimed && ports.kinds[claimed.case.kind];
  if (!rule) return false;
  const holds = async () => ports.fingerprint(await rule.basis(claimed.case)) === claimed.case.basis;
  const result = await rule.carryOut(claimed.case, `case:${id}`, holds);
  if (result === 'later') return false;
  const record = result === 'done' ? ({ do: 'carry-out', outcome: '' } as const) : ({ do: 'void', why: result.voided } as const);
  return (await changeCase(ports, id, record, 'clock', `carry-out:${id}`)).done;
}
