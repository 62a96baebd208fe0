import { changeAccount } from '../account/change-account.op.ts';
import { readAccountDays } from '../follow-up/account-days.op.ts';
import { policyFor } from '../follow-up/policies.ts';
import { isNote } from '../follow-up/policy.ts';
import { startMarks } from '../follow-up/start.ts';
import { addDays, daysBetween } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';

const BY = 'the sample';
/** One account in so many is left as an import would leave it: its collector has to say where it begins. */
const LEFT_UNCONFIRMED = 7;

/** Gives the sample's late accounts a past: the step before the one that is due was sent, for most long enough ago that the next may follow. */
export async function writeSampleHistory(world: World): Promise<void> {
  const { cases, policies } = await readAccountDays(world);
  const ordered = cases.toSorted((a, b) => (a.row.number < b.row.number ? -1 : 1));
  for (const [index, { row, work, day }] of ordered.entries()) {
    if (index % LEFT_UNCONFIRMED === 0) continue;
    const policy = policyFor(policies, work.policy, row.segment);
    const { stages } = policy;
    for (const entity of new Set(day.items.map((item) => item.entity))) {
      const late = day.items.filter((item) => item.entity === entity && item.due < day.today);
      const oldest = Math.max(...late.map((item) => daysBetween(item.due, day.today)));
      const reached = stages.filter((stage) => !isNote(stage) && stage.offset <= oldest);
      // Some accounts are followed up closely, others lag behind by a step or two.
      const before = reached.at(-2 - (index % 3)) ?? null;
      const sent = before && addDays(day.today, index % 5 === 0 ? -3 : -12);
      if (late.length === 0) continue;
      const said = { stage: before?.key ?? null, sent };
      const marks = startMarks(late, policy, day.today, said);
      await changeAccount(
        world,
        row.id,
        { do: 'confirm-start', entity, stage: before, sent, marks, from: day.today },
        BY,
        `sample-start:${row.id}:${entity}`,
      );
    }
  }
}
