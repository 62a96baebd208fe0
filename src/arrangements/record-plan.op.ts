import type { ChangeAccountResult } from '../account/change-account.op.ts';
import { changeOnFigures } from '../account/change-on-figures.op.ts';
import { termsIn } from '../charges/terms.ts';
import { coversPlan } from '../escalation/mandate.ts';
import { approvalLimit } from '../follow-up/follow-up.ts';
import { calendarAround, type WorkingDays } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import { knowingly } from './beyond-insured.op.ts';
import { type ChosenRefusal, chosenInvoices } from './chosen-invoices.op.ts';
import type { Instalment } from './instalments.ts';
import type { InvoiceRef } from './record-promise.op.ts';

export interface PlanAsked {
  readonly id: string;
  readonly account: string;
  /** Of one selling entity in one currency. */
  readonly invoices: readonly InvoiceRef[];
  /** Minor units; null: all that is free on these invoices. */
  readonly amount: number | null;
  readonly agreedWith: string;
  /** The warning of the credit insurer's period that was shown. */
  readonly warned?: string | undefined;
  /** Of the whole amount, with the customer's days off: the instalments as they will fall due. */
  readonly instalments: (of: { readonly amount: number; readonly currency: string }, calendar: WorkingDays) => readonly Instalment[];
}

/** The longest plan is 60 months. */
const YEARS_AHEAD = 6;

export type RecordPlanResult = ChangeAccountResult | { readonly done: false; readonly refused: ChosenRefusal | 'beyond-insured' };

/** A plan as it would be recorded: for the preview, and for recording it. */
export async function proposedPlan(
  world: World,
  { account, invoices, amount, instalments }: Omit<PlanAsked, 'id' | 'agreedWith'>,
  by: string,
) {
  const chosen = await chosenInvoices(world, account, invoices);
  if ('refused' in chosen) return chosen;
  const { parts, entity, currency, account: of, rules } = chosen;
  const place = of.row.country === '' ? await world.settings.read() : of.row;
  const calendar = calendarAround(world.holidays, place, of.day.today, YEARS_AHEAD);
  const whole = amount ?? parts.reduce((sum, { ask }) => sum + ask, 0);
  const agreed = whole > 0 ? instalments({ amount: whole, currency }, calendar) : [];
  return {
    entity,
    currency,
    amount: whole,
    invoices: parts.map(({ item, ask }) => ({ invoice: item.number, open: item.open, free: ask })),
    instalments: agreed,
    needsApproval: whole > approvalLimit(rules, currency) && !coversPlan(of.work.mandate, by, of.day.today, agreed),
    accelerates: termsIn(await world.settings.read(), of.work.agreement, entity).acceleration,
    today: of.day.today,
    of,
  };
}

/** Nothing is recorded unless all of it is right. The caller has authorized `by`. */
export async function recordPlan(world: World, asked: PlanAsked, by: string, command: string): Promise<RecordPlanResult> {
  const { id, agreedWith } = asked;
  const read = async () => {
    const proposed = await proposedPlan(world, asked, by);
    if ('refused' in proposed) return proposed;
    const { today: _, of, ...plan } = proposed;
    const until = plan.instalments
      .map(({ date }) => date)
      .sort()
      .at(-1);
    const request = { do: 'record-plan' as const, id, agreedWith, ...plan };
    return until ? knowingly(world, of, { invoices: asked.invoices, until }, asked.warned, request) : request;
  };
  return changeOnFigures(world, asked.account, read, by, command);
}
