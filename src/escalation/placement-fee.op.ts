import { changeCharges } from '../charges/change-charges.op.ts';
import type { Reactions } from '../kernel/reactions.op.ts';
import type { Tell } from '../kernel/told.op.ts';
import type { World } from '../kernel/world.port.ts';
import { idOf } from '../trail/fact-table.ts';
import type { RecordedFact } from '../trail/trail.port.ts';

/** Kind of the job that puts an agency's fee on the account. */
const FEE = 'placement-fee';

export const feeTells = (fact: RecordedFact): Tell[] =>
  Number(fact.fee) > 0 ? [{ id: `${FEE}:${fact.id}`, kind: FEE, payload: { account: idOf(fact), fact } }] : [];

/** An agency's fee is a cost of recovery, put on the account once. */
export const feeReactions = (world: World): Reactions => ({
  async [FEE](payload) {
    const { account, fact } = payload as { account: string; fact: RecordedFact };
    const { entity, currency, name } = fact as RecordedFact & { entity: string; currency: string; name: string };
    const about = { entity, invoice: '', currency, amount: Number(fact.fee), document: '' };
    const cost = { do: 'add-cost', id: `cost:${fact.id}`, ...about, purpose: `Fee of ${name}` } as const;
    const result = await changeCharges(world, account, () => cost, fact.by, `fee:${fact.id}`);
    if (!result.done && result.refused !== 'no-such-account') throw new Error(`the fee was refused: ${result.refused}`);
  },
});
