import type { Moment } from '../account/moment.ts';
import type { Day } from '../kernel/day.ts';
import { residualsOf } from './collectable.ts';
import { coveredBy, type Instalment, type InstalmentProblem, instalmentProblem, sumOf } from './instalments.ts';
import { awaited, type PromisableInvoice, type PromisedPart, promisedParts } from './promise.ts';

/** A payment plan that has not come to an end. A plan in default whose balance did not fall due at once goes on being watched. */
export interface OpenPlan {
  readonly id: string;
  readonly entity: string;
  readonly currency: string;
  readonly amount: number;
  /** Oldest invoice first. */
  readonly parts: readonly PromisedPart[];
  readonly instalments: readonly Instalment[];
  readonly state: 'proposed' | 'active' | 'in-default';
  /** Who at the customer agreed to it. */
  readonly agreedWith: string;
  /** Slack user id of who took it: what goes wrong goes back there. */
  readonly takenBy: string;
  /** The agreement says that the whole balance falls due when an instalment stays away. */
  readonly accelerates: boolean;
  readonly on: Day;
  /** Through which instalment (1, 2, ...) missing ones have been told; 0: none. */
  readonly missedThrough: number;
  /** Of default: when it was given and through which day it runs. */
  readonly notice: { readonly on: Day; readonly until: Day } | null;
}

export type PlanEnd = 'completed' | 'cancelled' | 'declined' | 'in-default';

export type PlanRequest =
  | ({
      readonly do: 'record-plan';
      readonly invoices: readonly PromisableInvoice[];
      /** Above the company's limit: it is a proposal until somebody else has approved it. */
      readonly needsApproval: boolean;
    } & Pick<OpenPlan, 'id' | 'entity' | 'currency' | 'amount' | 'instalments' | 'agreedWith' | 'accelerates'>)
  | { readonly do: 'approve-plan'; readonly id: string /** Slack user ids of who decided. */; readonly approvers: readonly string[] }
  | { readonly do: 'give-plan-notice'; readonly id: string; readonly on: Day; readonly until: Day; readonly method: string }
  | { readonly do: 'note-plan-missed'; readonly id: string; readonly through: number; readonly count: number; readonly amount: number }
  | { readonly do: 'note-plan-caught-up'; readonly id: string }
  | { readonly do: 'default-plan'; readonly id: string; readonly paid: number; readonly missed: number }
  | { readonly do: 'close-plan'; readonly id: string; readonly outcome: PlanEnd; readonly paid: number; readonly note: string };

type PlanWords = Pick<OpenPlan, 'currency' | 'amount' | 'takenBy'> & { readonly plan: string };

export type PlanFact = PlanWords &
  (
    | ({ readonly type: 'plan-recorded'; readonly invoices: readonly string[] } & Pick<
        OpenPlan,
        'entity' | 'instalments' | 'agreedWith' | 'state'
      >)
    | { readonly type: 'plan-approved'; readonly approvers: readonly string[] }
    | { readonly type: 'plan-missed'; readonly count: number; readonly due: number }
    | { readonly type: 'plan-caught-up' }
    | { readonly type: 'plan-notice-given'; readonly on: Day; readonly until: Day; readonly method: string }
    | {
        readonly type: 'plan-defaulted';
        readonly paid: number;
        /** What may be asked for again: all that is left, or the missed instalments. */
        readonly due: number;
        readonly accelerated: boolean;
      }
    | { readonly type: 'plan-closed'; readonly outcome: PlanEnd; readonly paid: number; readonly note: string }
  );

export type PlanRefusal =
  | InstalmentProblem
  | 'no-invoice-chosen'
  | 'amount-not-positive'
  | 'plan-above-balance'
  | 'no-such-plan'
  | 'plan-not-proposed'
  | 'approver-requested-it'
  | 'nothing-missed'
  | 'notice-runs-already'
  | 'notice-too-early'
  | 'contact-in-future'
  | 'reason-missing';

export type PlanDecision = { readonly plans: readonly OpenPlan[]; readonly fact: PlanFact } | { readonly refused: PlanRefusal };

export function decidePlan(plans: readonly OpenPlan[], request: PlanRequest, moment: Moment): PlanDecision {
  if (request.do === 'record-plan') return recordPlan(plans, request, moment);
  const { today } = moment;
  const plan = plans.find((each) => each.id === request.id);
  if (!plan) return { refused: 'no-such-plan' };
  const words: PlanWords = { plan: plan.id, currency: plan.currency, amount: plan.amount, takenBy: plan.takenBy };
  const changed = (change: Partial<OpenPlan>) => plans.map((each) => (each === plan ? { ...plan, ...change } : each));
  const without = plans.filter((each) => each !== plan);
  switch (request.do) {
    case 'approve-plan':
      if (plan.state !== 'proposed') return { refused: 'plan-not-proposed' };
      if (request.approvers.includes(plan.takenBy)) return { refused: 'approver-requested-it' };
      if (plan.instalments[0]!.date < today) return { refused: 'instalment-in-past' };
      return { plans: changed({ state: 'active' }), fact: { type: 'plan-approved', ...words, approvers: request.approvers } };
    case 'note-plan-missed':
      return {
        plans: changed({ missedThrough: request.through }),
        fact: { type: 'plan-missed', ...words, count: request.count, due: request.amount },
      };
    case 'note-plan-caught-up':
      return { plans: changed({ missedThrough: 0, notice: null, state: 'active' }), fact: { type: 'plan-caught-up', ...words } };
    case 'give-plan-notice': {
      const { on, until, method } = request;
      if (plan.missedThrough === 0 || plan.state !== 'active') return { refused: 'nothing-missed' };
      if (plan.notice) return { refused: 'notice-runs-already' };
      if (on > today) return { refused: 'contact-in-future' };
      // What was said before the instalment was due gave notice of nothing.
      if (on <= plan.instalments[plan.missedThrough - 1]!.date) return { refused: 'notice-too-early' };
      return { plans: changed({ notice: { on, until } }), fact: { type: 'plan-notice-given', ...words, on, until, method } };
    }
    case 'default-plan': {
      const { paid, missed } = request;
      const due = plan.accelerates ? plan.amount - paid : missed;
      const fact = { type: 'plan-defaulted', ...words, paid, due, accelerated: plan.accelerates } as const;
      return { plans: plan.accelerates ? without : changed({ state: 'in-default' }), fact };
    }
    case 'close-plan': {
      const { outcome, paid, note } = request;
      if (outcome === 'cancelled' && note.trim() === '') return { refused: 'reason-missing' };
      return { plans: without, fact: { type: 'plan-closed', ...words, outcome, paid, note } };
    }
  }
}

function recordPlan(plans: readonly OpenPlan[], request: Extract<PlanRequest, { do: 'record-plan' }>, { by, today }: Moment): PlanDecision {
  const { id, entity, currency, amount, invoices, instalments, agreedWith, accelerates } = request;
  if (invoices.length === 0) return { refused: 'no-invoice-chosen' };
  if (!Number.isSafeInteger(amount) || amount <= 0) return { refused: 'amount-not-positive' };
  const problem = instalmentProblem(instalments, amount, today);
  if (problem) return { refused: problem };
  const parts = promisedParts(amount, invoices);
  if (!parts) return { refused: 'plan-above-balance' };
  const state = request.needsApproval ? 'proposed' : 'active';
  const plan: OpenPlan = {
    ...{ id, entity, currency, amount, parts, instalments, state, agreedWith, takenBy: by, accelerates, on: today },
    missedThrough: 0,
    notice: null,
  };
  const named = parts.map((part) => part.invoice);
  const fact = { plan: id, entity, currency, amount, instalments, agreedWith, state, takenBy: by, invoices: named } as const;
  return { plans: [...plans, plan], fact: { type: 'plan-recorded', ...fact } };
}

/** What came in on the planned invoices since the plan was made. `openNow`: residual by invoice number, minor units. */
export function paidOn(plan: Pick<OpenPlan, 'amount' | 'parts'>, openNow: (invoice: string) => number): number {
  return plan.amount - plan.parts.reduce((sum, part) => sum + awaited(part, openNow(part.invoice)), 0);
}

/** How many instalments of these plans are due by today and not here. */
export function instalmentsDue(plans: readonly OpenPlan[], items: Parameters<typeof residualsOf>[0], today: Day): number {
  return plans
    .filter(({ state }) => state !== 'proposed')
    .reduce((sum, plan) => {
      const due = plan.instalments.filter(({ date }) => date <= today).length;
      return sum + Math.max(0, due - coveredBy(plan.instalments, paidOn(plan, residualsOf(items, plan.entity))));
    }, 0);
}

/** Instalments whose day and grace are over: through which one (1, 2, ...) something is missing, how many of them, and how much. */
export function missedOf(
  { instalments }: Pick<OpenPlan, 'instalments'>,
  paid: number,
  lapsed: (date: Day) => boolean,
): { through: number; count: number; amount: number } {
  const past = instalments.filter(({ date }) => lapsed(date));
  const amount = Math.max(0, sumOf(past) - paid);
  return amount > 0 ? { through: past.length, count: past.length - coveredBy(past, paid), amount } : { through: 0, count: 0, amount: 0 };
}

/**
 * What the clock does about a plan; null: nothing. `lapsed` says whether a day and its grace are over, `over` whether a day is; both are
 * false on an old ledger, which may lack the payment.
 */
export function judgePlan(plan: OpenPlan, paid: number, lapsed: (date: Day) => boolean, over: (date: Day) => boolean): PlanRequest | null {
  const { id, state, notice, missedThrough } = plan;
  if (state === 'proposed') return null;
  if (paid >= plan.amount) return { do: 'close-plan', id, outcome: 'completed', paid, note: '' };
  if (missedThrough > 0 && coveredBy(plan.instalments, paid) >= missedThrough) return { do: 'note-plan-caught-up', id };
  const missed = missedOf(plan, paid, lapsed);
  if (state === 'active' && notice && over(notice.until)) return { do: 'default-plan', id, paid, missed: missed.amount };
  if (missed.through <= missedThrough) return null;
  return { do: 'note-plan-missed', id, through: missed.through, count: missed.count, amount: missed.amount };
}
