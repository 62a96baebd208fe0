import { type Day, dayIn } from '../kernel/day.ts';
import { calendarAround, workingDayAfter } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import { actingFor, askableOwner } from '../team/team.ts';
import type { AccountRefusal } from './account-work.ts';
import { type ChangeAccountResult, changeAccount } from './change-account.op.ts';
import { CALL_DAYS, type VetoAnswer } from './veto.ts';

export interface OwnerAnswer {
  readonly account: string;
  /** Id of the question. */
  readonly veto: string;
  readonly answer: VetoAnswer['do'];
  /** Last day of a hold, or of a "go" for whatever comes; a call has its own. */
  readonly until: Day | null;
  readonly reason: string;
}

type Answered = ChangeAccountResult | { readonly done: false; readonly refused: AccountRefusal | 'not-your-account' };

/** Go, hold or "I will call". Only whoever was asked answers, while they hold the role, or who covers for them on this day. */
export async function answerOwner(
  world: World,
  { account, veto: id, answer, until, reason }: OwnerAnswer,
  by: string,
  command: string,
): Promise<Answered> {
  const [found, team, { zone, country, region }] = await Promise.all([
    world.accounts.load(account),
    world.team.read(),
    world.settings.read(),
  ]);
  const veto = found?.work.vetoes.find((each) => each.id === id);
  if (!veto) return { done: false, refused: 'veto-over' };
  const today = dayIn(zone, world.clock.now());
  const mine = by === veto.owner ? askableOwner(team, by) === by : actingFor(team, veto.owner, today) === by;
  if (!mine) return { done: false, refused: 'not-your-account' };
  const ours = calendarAround(world.holidays, { country, region }, today);
  const through = answer === 'call' ? workingDayAfter(today, CALL_DAYS, ours) : (until ?? today);
  return changeAccount(world, account, { do: 'answer-owner', id, answer, until: through, reason }, by, command);
}
