import { z } from 'zod';
import { type AccountCards, carriedBy, type FromCard } from '../account/account-cards.slack.ts';
import { termsIn } from '../charges/terms.ts';
import { readAccountDay } from '../follow-up/account-days.op.ts';
import { addDays, day } from '../kernel/day.ts';
import { workingDayAfter } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import { invoiceOptions } from '../ledger/invoice-options.slack.ts';
import { readCarried } from '../slack/carried.ts';
import { Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { choiceField, dayField, entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { section } from '../slack/parts.ts';
import { REFUSED } from '../slack/refusals.ts';
import { money } from '../slack/text.ts';
import { previewText } from './arrangements.view.ts';
import { insuredWarning } from './beyond-insured.op.ts';
import { residualsOf } from './collectable.ts';
import { difference, type InstalmentProblem, instalmentProblem } from './instalments.ts';
import { insurerWarning, warningSeen } from './insurer-warning.slack.ts';
import { type PlanRefusal, paidOn } from './plan.ts';
import { planAsked, planFields, readPlanForm } from './plan-form.slack.ts';
import { proposedPlan, recordPlan } from './record-plan.op.ts';

export interface PlanNeeds extends World {
  /** Asks those who decide; resolves to what became of it, in one sentence. */
  readonly askApproval: (account: string, arrangement: string, by: string) => Promise<string>;
}

const FIELD: Partial<Record<string, string>> = {
  'plan-above-balance': 'amount',
  'amount-not-positive': 'amount',
  'instalment-in-past': 'first',
} satisfies Partial<Record<PlanRefusal, string>>;

/** What the preview showed, as a fingerprint. */
const previewed = z.looseObject({ seen: z.string().max(64).optional() });

const METHODS = { email: 'By email', post: 'By post', 'registered-post': 'By registered post', courier: 'By courier' };

/** A payment plan from the account's card: the form, the preview of its instalments, notice and cancellation. */
export function planSubject(world: PlanNeeds, cards: AccountCards): Subject {
  return {
    clicks: {
      'account-plan': { may: 'collect', run: cards.openUnplaced((from, carried) => planForm(world, from, carried)) },
      'account-plan-notice': { may: 'collect', run: cards.openUnplaced(noticeForm) },
      'account-plan-cancel': {
        may: 'collect',
        run: cards.open((_, carried) =>
          modal('account-plan-cancel', 'Cancel the plan', 'Cancel the plan', carried, [
            textField('note', 'Why', { multiline: true, hint: 'What is still open on its invoices is asked for again.' }),
          ]),
        ),
      },
    },
    submits: {
      'account-plan': { may: 'collect', run: (request) => submitPlan(world, cards, request) },
      'account-plan-notice': {
        may: 'collect',
        run: cards.submitted(
          'on',
          async (request, { a, i = '' }) => {
            const on = day(entered(request, 'on'));
            const read = await readAccountDay(world, a);
            if (!read) return { errors: { on: REFUSED['no-such-account'] } };
            const { calendar, rules } = read.cases[0]!.day;
            const until = workingDayAfter(on, rules.noticeDays, calendar);
            return { do: 'give-plan-notice', id: i, on, until, method: entered(request, 'method') };
          },
          ':white_check_mark: Notice recorded. The plan rests until it has run out.',
        ),
      },
      'account-plan-cancel': {
        may: 'collect',
        run: cards.submitted(
          'note',
          async (request, { a, i = '' }) => {
            const { work, day } = (await readAccountDay(world, a))?.cases[0] ?? {};
            const plan = work?.plans.find((each) => each.id === i);
            const paid = plan && day ? paidOn(plan, residualsOf(day.items, plan.entity)) : 0;
            return { do: 'close-plan', id: i, outcome: 'cancelled', paid, note: entered(request, 'note') };
          },
          ':white_check_mark: Plan cancelled.',
        ),
      },
    },
  };
}

async function planForm(world: PlanNeeds, { ref, today }: FromCard, carried: object) {
  const options = invoiceOptions(await world.ledger.openItems(ref.a), today);
  if (options.length === 0) throw new Refused('Nothing is open on this account, so there is nothing to plan. Nothing was changed.');
  const blank = {
    invoices: [],
    amount: '',
    count: '3',
    interval: 'monthly',
    first: addDays(today, 14),
    byHand: '',
    agreedWith: '',
  } as const;
  return modal('account-plan', 'Payment plan', 'Preview', carried, planFields(options, blank));
}

async function noticeForm({ work, today, value, settings }: FromCard, carried: object) {
  const plan = work.plans.find(({ id }) => id === value.i);
  const { notice } = termsIn(settings, work.agreement, plan?.entity ?? '');
  const told = notice
    ? `The agreement names: ${METHODS[notice.method].toLowerCase()} to ${notice.address}.`
    : 'No method of notice is on file.';
  return modal('account-plan-notice', 'Notice of default', 'Record', carried, [
    section(
      'Record here that the customer was told which instalments are missing, by when they must be paid, and what follows. Until then nothing else is asked for.',
    ),
    choiceField('method', 'How it was given', METHODS, notice?.method ?? 'email', told.slice(0, 150)),
    dayField('on', 'Given on', today),
  ]);
}

/** First the preview, beside the form; what is recorded is what the preview showed, or it is shown anew. */
async function submitPlan(world: PlanNeeds, cards: AccountCards, request: SubmitRequest) {
  const carried = carriedBy(request);
  const form = readPlanForm(request);
  const asked = planAsked(form);
  if ('errors' in asked) return fieldErrors(asked.errors);
  const proposed = await proposedPlan(world, { account: carried.a, ...asked }, request.asker.user);
  if ('refused' in proposed) return fieldErrors({ invoices: REFUSED[proposed.refused] });
  const { amount, currency, instalments, today, of, ...rest } = proposed;
  const free = proposed.invoices.reduce((sum, each) => sum + each.free, 0);
  if (free === 0) return fieldErrors({ invoices: REFUSED['nothing-free'] });
  const problem: InstalmentProblem | 'amount-not-positive' | null =
    amount <= 0 ? 'amount-not-positive' : instalmentProblem(instalments, amount, today);
  if (problem === 'plan-does-not-sum') return fieldErrors({ byHand: sumWords(difference(instalments, amount), amount, currency) });
  if (problem) return fieldErrors({ [form.byHand ? 'byHand' : (FIELD[problem] ?? 'count')]: REFUSED[problem] });
  if (amount > free) return fieldErrors({ amount: REFUSED['plan-above-balance'] });

  const until = instalments
    .map(({ date }) => date)
    .sort()
    .at(-1)!;
  const warning = insuredWarning(world, of, { invoices: asked.invoices, until });
  const seen = world.fingerprint({ ...rest, amount, currency, instalments, beyond: warning?.seen ?? '' }).slice(0, 16);
  if (readCarried(previewed, request.view.private_metadata).seen !== seen) {
    const options = invoiceOptions(await world.ledger.openItems(carried.a), today);
    const warned = warning ? { blocks: [insurerWarning(warning)], beyond: { beyond: warning.seen } } : { blocks: [], beyond: {} };
    const blocks = [section(previewText(instalments, proposed)), ...warned.blocks, ...planFields(options, form)];
    const view = modal('account-plan', 'Payment plan', 'Record', { ...carried, seen, ...warned.beyond }, blocks);
    return { response_action: 'update' as const, view };
  }
  const id = `plan:${request.view.id}`;
  const by = request.asker.user;
  const result = await recordPlan(
    world,
    { id, account: carried.a, ...asked, warned: warningSeen(request) },
    by,
    `submit:${request.view.id}`,
  );
  if (!result.done) return fieldErrors({ [FIELD[result.refused] ?? 'invoices']: REFUSED[result.refused] });
  if (!proposed.needsApproval) {
    cards.redrawn(request, carried, ':white_check_mark: Plan recorded. What it covers rests as long as it is kept.');
    return undefined;
  }
  request.later(async () => {
    const asking = await world.askApproval(carried.a, id, by);
    await request.tell(
      carried.c,
      await cards.card(carried.a, request.asker, `:white_check_mark: Plan recorded; nothing rests before it is approved. ${asking}`),
    );
  });
  return undefined;
}

function sumWords(by: number, amount: number, currency: string): string {
  const [off, word] = by > 0 ? [by, 'too much'] : [-by, 'missing'];
  return `The instalments do not add up to ${money(amount, currency)}: ${money(off, currency)} is ${word}. Nothing was recorded: correct a line, or empty the field to have them worked out.`;
}
