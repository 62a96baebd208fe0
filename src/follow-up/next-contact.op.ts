import type { Day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { decideAccountCase, readAccountDay } from './account-days.op.ts';
import { NUMBERS } from './numbers.ts';
import { policyFor } from './policies.ts';
import type { StageChannel } from './policy.ts';
import { stepsOf } from './simulate.op.ts';

/** The step that comes next by itself, on its day; `at` of `of`: which of the policy's steps it is, 0 for one that is none of them. */
export interface NextContact {
  readonly day: Day;
  readonly today: boolean;
  readonly name: string;
  readonly channel: StageChannel;
  readonly at: number;
  readonly of: number;
}

/** Looking ahead asks for a decision a day: of a customer with more open invoices the day is not worked out. */
const MOST_ITEMS = 300;

/** What comes next if nothing changes, else null: somebody has to act, or the customer is too large to look ahead. */
export async function nextContact(world: World, account: string): Promise<NextContact | null> {
  const read = await readAccountDay(world, account);
  const found = read?.cases[0];
  if (!read || !found) return null;
  const { action } = decideAccountCase(found, read.policies);
  const { today } = found.day;
  const step = action
    ? { day: today, action }
    : found.day.items.length <= MOST_ITEMS
      ? stepsOf(found, read.policies, NUMBERS.searched, 1)[0]
      : undefined;
  if (!step) return null;
  const { stages } = policyFor(read.policies, found.work.policy, found.row.segment);
  const { key, name, channel } = step.action.stage;
  const at = stages.findIndex((each) => each.key === key) + 1;
  return { day: step.day, today: step.day === today, name, channel, at, of: stages.length };
}
