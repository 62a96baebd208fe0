import { type AccountCase, readAccountDays, rowIdOf } from '../follow-up/account-days.op.ts';
import type { Policies } from '../follow-up/policies.ts';
import { isFormal } from '../follow-up/policy.ts';
import { stepsOf } from '../follow-up/simulate.op.ts';
import { daysBetween } from '../kernel/day.ts';
import { eachAlone } from '../kernel/each-alone.op.ts';
import type { World } from '../kernel/world.port.ts';
import { askableOwner } from '../team/team.ts';
import { changeAccount } from './change-account.op.ts';
import { asksOwner, standingGo, vetoOf } from './veto.ts';

/**
 * Asks the owners in sales about firm steps that come within their time to answer, so that silence delays nothing. Once a step and leading
 * invoice; may be repeated. Returns how many were asked.
 */
export async function askOwners(world: World): Promise<number> {
  const { cases, policies, freshness } = await readAccountDays(world);
  if (freshness.applying) return 0;
  const team = await world.team.read();
  let asked = 0;
  await eachAlone('accounts', cases, rowIdOf, async (each) => {
    const step = nextFirmStep(each, policies);
    const owner = askableOwner(team, each.row.owner);
    if (!step || !owner || each.day.ownerSilence === null) return;
    const { entity, stage, leading, said } = step.action;
    const invoices = said.took.filter((taken) => taken.stage === stage.key).map(({ invoice }) => invoice);
    const about = { entity, stage: stage.key, invoice: leading.invoice, invoices };
    if (vetoOf(each.work.vetoes, about, each.day.today)) return;
    if (!isFormal(stage) && standingGo(each.work.vetoes, each.day.today)) return;
    const request = { do: 'ask-owner' as const, ...about, owner, silenceEnds: each.day.ownerSilence };
    const command = `ask-owner:${entity}:${stage.key}:${leading.invoice}:${each.day.today}`;
    if ((await changeAccount(world, each.row.id, request, 'clock', command)).done) asked += 1;
  });
  return asked;
}

/** The next step that would go within the time to answer if nobody had to be asked. */
function nextFirmStep(account: AccountCase, policies: Policies) {
  const { today, ownerSilence } = account.day;
  if (ownerSilence === null) return null;
  const unasked = { ...account, day: { ...account.day, ownerSilence: null } };
  return stepsOf(unasked, policies, daysBetween(today, ownerSilence) + 1).find(({ action }) => asksOwner(action.stage)) ?? null;
}

/** Asks after each import and each hour, since days begin at different hours. */
export function ownerAsking(world: World): () => Promise<void> {
  let asked = '';
  return async () => {
    const { asOf } = await world.ledger.freshness();
    const state = `${asOf} ${world.clock.now().toString().slice(0, 13)}`;
    if (state === asked) return;
    await askOwners(world);
    asked = state;
  };
}
