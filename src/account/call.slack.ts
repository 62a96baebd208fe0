import type { ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import { DISPUTE_REASONS } from '../arrangements/dispute.ts';
import { warningSeen, warnOfInsurer } from '../arrangements/insurer-warning.slack.ts';
import { readPromise } from '../arrangements/promise.slack.ts';
import { day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { readInvoiceOption } from '../ledger/invoice-options.slack.ts';
import { readOptionalAmount } from '../slack/amounts.ts';
import { readCarried } from '../slack/carried.ts';
import { Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { entered, fieldErrors } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { mayDo } from '../team/team.ts';
import { readableFacts } from '../trail/privileged.op.ts';
import { accountIdOf } from './account.slack.ts';
import { type AccountCards, carriedBy } from './account-cards.slack.ts';
import { CALL_OUTCOMES, type CallOutcome, PAYMENT_REASONS } from './call.ts';
import { type CallBrief, readCallBrief } from './call-brief.op.ts';
import { callForm, type OpenCall, OUTCOME_ACTION, SOMEBODY_ELSE } from './call-form.slack.ts';
import { type CallAsked, type LogCallResult, logCall } from './log-call.op.ts';

/** The field of the form that a refusal points to; everything else to the outcome. */
const FIELD: Partial<Record<Exclude<LogCallResult, { done: true }>['refused'], string>> = {
  'promise-in-past': 'date',
  'promise-too-far': 'date',
  'promise-above-balance': 'amount',
  'invoices-differ': 'invoices',
  'no-invoice-chosen': 'invoices',
  'dispute-above-open': 'disputed',
  'paid-in-future': 'paidOn',
  'paid-not-positive': 'paidAmount',
};

/** The call card: what to know before dialling, and the outcome with its reason in two clicks. */
export function callSubject(world: World, cards: AccountCards): { subject: Subject; open: OpenCall } {
  const brief = async (account: string, user: string): Promise<{ brief: CallBrief; mayManage: boolean; zone: string }> => {
    const [team, settings, found] = await Promise.all([
      world.team.read(),
      world.settings.read(),
      world.people(user).then((person) => readCallBrief(world, account, person)),
    ]);
    if (!found) throw new Refused(REFUSED['no-such-account']);
    const recorded = await readableFacts(world, account, user, found.recorded);
    return { brief: { ...found, recorded }, mayManage: mayDo(team, user, 'manage'), zone: settings.zone };
  };
  const open: OpenCall = async ({ asker, client, triggerId }, account) => {
    const known = await brief(account, asker.user);
    const carried = { a: account, v: 0, c: asker.channel, w: null };
    await client.views.open({ trigger_id: triggerId, view: callForm({ ...known, carried, outcome: null }) });
  };
  const subject: Subject = {
    clicks: {
      'account-call': { may: 'collect', run: (request) => open(request, accountIdOf(request.value)) },
      [OUTCOME_ACTION]: {
        may: 'collect',
        async run({ value, client, asker, body }) {
          const outcome = CALL_OUTCOMES.find((each) => each === value);
          if (!body.view || !outcome) return;
          const carried = carriedBy({ view: body.view } as unknown as SubmitRequest);
          const known = await brief(carried.a, asker.user);
          await client.views.update({ view_id: body.view.id, hash: body.view.hash, view: callForm({ ...known, carried, outcome }) });
        },
      },
    },
    submits: {
      'account-call': {
        may: 'collect',
        async run(request) {
          const carried = carriedBy(request);
          const outcome = z.enum(CALL_OUTCOMES).parse(chosenOutcome(request.view));
          const asked = readForm(request, carried.a, outcome);
          if ('errors' in asked) return fieldErrors(asked.errors);
          const { user } = request.asker;
          const mayManage = mayDo(await world.team.read(), user, 'manage');
          const promise = asked.promise && { ...asked.promise, seen: warningSeen(request) };
          const result = await logCall(world, { ...asked, promise }, mayManage, user, `submit:${request.view.id}`);
          if (!result.done && result.refused === 'beyond-insured' && promise)
            return warnOfInsurer(world, request, carried.a, { invoices: promise.invoices, until: promise.date }, 'date');
          if (!result.done)
            return fieldErrors({ [FIELD[result.refused] ?? amountField(outcome, result.refused)]: REFUSED[result.refused] });
          cards.redrawn(request, carried, DONE[outcome] ?? ':white_check_mark: Call recorded.');
          return undefined;
        },
      },
    },
  };
  return { subject, open };
}

const DONE: Partial<Record<CallOutcome, string>> = {
  promise: ':white_check_mark: Call and promise recorded. Only what was promised rests.',
  paid: ':white_check_mark: Call recorded. Look in the bank for the payment; the follow-up goes on until it is in the ledger.',
  dispute: ':white_check_mark: Call and dispute recorded. Only the disputed amount rests.',
};

function amountField(outcome: CallOutcome, refused: string): string {
  if (refused !== 'amount-not-positive') return 'outcome';
  return outcome === 'dispute' ? 'disputed' : 'amount';
}

/** Its select also redraws the form, so its action has a name of its own. */
const chosenOutcome = (view: Pick<ViewOutput, 'state'>) => view.state.values.outcome?.[OUTCOME_ACTION]?.selected_option?.value ?? '';

function readForm(request: SubmitRequest, account: string, outcome: CallOutcome): CallAsked | { readonly errors: Record<string, string> } {
  const { view, asker } = request;
  const who = entered(request, 'contact');
  const reason = PAYMENT_REASONS.find((each) => each === entered(request, 'reason')) ?? null;
  const call = {
    account,
    contact: who === SOMEBODY_ELSE ? '' : who,
    outcome,
    reason,
    note: entered(request, 'note'),
    promise: null,
    dispute: null,
  };
  if (outcome === 'promise') {
    const promise = readPromise(request);
    if ('errors' in promise) return promise;
    return { ...call, promise: { id: `promise:${view.id}`, ...promise } };
  }
  if (outcome === 'paid') return withPaid(request, call);
  if (outcome !== 'dispute') return call;
  const invoice = readInvoiceOption(entered(request, 'invoice'));
  const disputed = readOptionalAmount(entered(request, 'disputed'), invoice.currency);
  if ('problem' in disputed) return { errors: { disputed: disputed.problem } };
  const about = z.enum(DISPUTE_REASONS).parse(entered(request, 'about'));
  const { amount } = disputed;
  return { ...call, dispute: { id: `dispute:${view.id}`, invoice, amount, reason: about, note: call.note, owner: asker.user } };
}

/** In what currency the form asked for the amount. */
const paidIn = z.looseObject({ m: z.string().max(3) });

function withPaid(request: SubmitRequest, call: CallAsked): CallAsked | { readonly errors: Record<string, string> } {
  const { m: currency } = readCarried(paidIn, request.view.private_metadata);
  const [on, reference] = ['paidOn', 'paidReference'].map((name) => entered(request, name).trim());
  const paid = readOptionalAmount(entered(request, 'paidAmount'), currency);
  if ('problem' in paid) return { errors: { paidAmount: paid.problem } };
  return { ...call, paid: { on: on ? day(on) : null, amount: paid.amount, currency, reference: reference ?? '' } };
}
