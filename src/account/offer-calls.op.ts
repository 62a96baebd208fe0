import { type AccountCase, decideAccountCase, readAccountDays, rowIdOf } from '../follow-up/account-days.op.ts';
import { ladderOf } from '../follow-up/ladder.ts';
import type { Policies } from '../follow-up/policies.ts';
import { eachAlone } from '../kernel/each-alone.op.ts';
import type { World } from '../kernel/world.port.ts';
import { changeAccount } from './change-account.op.ts';

/** Calls that are due come onto a list: one that nobody makes is passed over after some days. Returns how many accounts have a new one; may be repeated. */
export async function offerCalls(world: World): Promise<number> {
  const { cases, policies, freshness } = await readAccountDays(world);
  if (freshness.applying) return 0;
  let offered = 0;
  await eachAlone('accounts', cases, rowIdOf, async (each) => {
    const request = newCalls(each, policies);
    if (!request) return;
    const command = `offer-call:${request.entity}:${each.day.today}:${request.calls.map(({ invoice }) => invoice).join()}`.slice(0, 200);
    if ((await changeAccount(world, each.row.id, request, 'clock', command)).done) offered += 1;
  });
  return offered;
}

function newCalls(account: AccountCase, policies: Policies) {
  const { action } = decideAccountCase(account, policies);
  if (action?.stage.channel !== 'call') return null;
  const { offered } = ladderOf(account.work.ladders, action.entity);
  const known = new Set(offered.map(({ invoice, stage }) => `${invoice} ${stage}`));
  const calls = action.said.took
    .map(({ invoice, stage }) => ({ invoice, stage }))
    .filter((each) => !known.has(`${each.invoice} ${each.stage}`));
  return calls.length > 0 ? ({ do: 'offer-call', entity: action.entity, calls } as const) : null;
}

/** After each import and each hour, since days begin at different hours. */
export function callOffering(world: World): () => Promise<void> {
  let done = '';
  return async () => {
    const { asOf } = await world.ledger.freshness();
    const state = `${asOf} ${world.clock.now().toString().slice(0, 13)}`;
    if (state === done) return;
    await offerCalls(world);
    done = state;
  };
}
