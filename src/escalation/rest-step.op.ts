import { changeAccount } from '../account/change-account.op.ts';
import { NUMBERS } from '../follow-up/numbers.ts';
import { dayIn, zoneOf } from '../kernel/day.ts';
import type { Reactions } from '../kernel/reactions.op.ts';
import type { Tell } from '../kernel/told.op.ts';
import { calendarAround, workingDayAfter } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import { idOf } from '../trail/fact-table.ts';
import type { RecordedFact } from '../trail/trail.port.ts';

const REST_JOB = 'step-refused';
const FORMAL: ReadonlySet<unknown> = new Set(['demand-letter', 'agency', 'legal', 'write-off']);

export function restStepTells(fact: RecordedFact): Tell[] {
  return FORMAL.has(fact.kind) ? [{ id: `${REST_JOB}:${fact.id}`, kind: REST_JOB, payload: { case: idOf(fact) } }] : [];
}

export const restStepReactions = (world: World): Reactions => ({
  [REST_JOB]: (payload) => restStep(world, String(payload.case)),
});

/** People said no to a formal step: the question rests for a while, and its invoices are in ordinary mails again. May be repeated. */
async function restStep(world: World, id: string): Promise<void> {
  const of = (await world.cases.load(id))?.case;
  if (!of) return;
  const [row, settings] = await Promise.all([world.ledger.account(of.account), world.settings.read()]);
  if (!row) return;
  const today = dayIn(zoneOf(row, settings), world.clock.now());
  const calendar = calendarAround(world.holidays, settings, today);
  // The day on which the question comes back.
  const until = workingDayAfter(today, NUMBERS.noDays, calendar);
  const request = { do: 'refuse-step', entity: of.entity, currency: of.currency, until } as const;
  const result = await changeAccount(world, of.account, request, 'clock', `refused:${id}`);
  if (!result.done && result.refused === 'changed-meanwhile') throw new Error('the account changed at the same moment');
}
