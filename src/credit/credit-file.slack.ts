import { type AccountCards, type Carried, carriedBy, type FromCard } from '../account/account-cards.slack.ts';
import { changeAccount } from '../account/change-account.op.ts';
import { day } from '../kernel/day.ts';
import { withCode } from '../kernel/money.ts';
import type { World } from '../kernel/world.port.ts';
import { readCurrencyAmount } from '../slack/amounts.ts';
import type { Subject, SubmitAnswer, SubmitRequest } from '../slack/listeners.ts';
import { choiceField, dayField, entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { section } from '../slack/parts.ts';
import { REFUSED } from '../slack/refusals.ts';
import { creditText } from './credit.view.ts';
import type { CreditEntered, CreditFile, CreditFileRefusal } from './credit-file.ts';
import { readCredit } from './read-credit.op.ts';

/** The form's field that each refusal points to. */
const FIELD: Readonly<Partial<Record<CreditFileRefusal, string>>> = {
  'check-incomplete': 'grade',
  'check-in-future': 'checked',
  'check-ends-early': 'checkUntil',
  'deposit-not-positive': 'asked',
  'insured-percent': 'percent',
};

/** The credit file of an account: whoever collects keeps it; limits are decided, or imported. */
export function creditFileSubject(world: World, cards: AccountCards): Subject {
  const form = async ({ ref, work }: FromCard, carried: object) => {
    const text = creditText(await readCredit(world, ref.a));
    const shown = text || 'Nothing is on file yet, and no limit was decided: that is not a limit of zero.';
    return modal('account-credit', 'Credit file', 'Save', { ...carried, i: String(work.creditFile.revision) }, [
      section(`${shown}\nA limit is decided under More…, Request a decision…, or comes with an import.`),
      ...fields(work.creditFile),
    ]);
  };
  return {
    clicks: {
      'account-credit': { may: 'collect', run: cards.open(form) },
      'credit-file-now': { may: 'collect', run: cards.openNow(form) },
    },
    submits: { 'account-credit': { may: 'collect', run: (request) => submit(world, cards, request, carriedBy(request)) } },
  };
}

function fields({ deposit, security, retentionOfTitle, insured, nextReview }: CreditFile) {
  const optional = { optional: true } as const;
  const sum = (amount: number | undefined, currency = '') => (amount === undefined ? '' : withCode({ amount, currency }));
  return [
    textField('provider', 'New credit check by', {
      ...optional,
      max: 80,
      hint: 'For example Creditreform. The newest of each provider stands.',
    }),
    textField('grade', 'Grade, as they gave it', { ...optional, max: 80 }),
    { ...dayField('checked', 'Day of the check'), ...optional },
    { ...dayField('checkUntil', 'Check counts until'), ...optional },
    textField('asked', 'Deposit asked for', {
      ...optional,
      max: 40,
      initial: sum(deposit?.asked, deposit?.currency),
      hint: 'For example EUR 5,000.00',
    }),
    textField('received', 'Of it received', { ...optional, max: 40, initial: sum(deposit?.received, deposit?.currency) }),
    { ...dayField('depositBy', 'Deposit due by', deposit?.by ?? undefined), ...optional },
    textField('insured', 'Covered by the credit insurer', { ...optional, max: 40, initial: sum(insured?.amount, insured?.currency) }),
    textField('percent', 'Insured share of a loss, percent', { ...optional, max: 3, initial: insured ? String(insured.percent) : '' }),
    choiceField('title', 'Goods', { no: 'No retention of title', yes: 'Stay ours until they are paid' }, retentionOfTitle ? 'yes' : 'no'),
    textField('security', 'Guarantees and other security', { ...optional, multiline: true, max: 500, initial: security }),
    { ...dayField('review', 'Next review', nextReview ?? undefined), ...optional },
  ];
}

async function submit(world: World, cards: AccountCards, request: SubmitRequest, carried: Carried): Promise<SubmitAnswer> {
  const read = readForm(request);
  if ('errors' in read) return fieldErrors(read.errors);
  const change = { do: 'set-credit-file', seen: Number(carried.i), entered: read.entered } as const;
  const result = await changeAccount(world, carried.a, change, request.asker.user, `submit:${request.view.id}`);
  if (!result.done) return fieldErrors({ [FIELD[result.refused as CreditFileRefusal] ?? 'provider']: REFUSED[result.refused] });
  cards.redrawn(request, carried, ':white_check_mark: Credit file kept.');
  return undefined;
}

function readForm(request: SubmitRequest): { readonly entered: CreditEntered } | { readonly errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const text = (name: string) => entered(request, name).trim();
  const on = (name: string) => (text(name) === '' ? null : day(text(name)));
  const amount = (name: string) => {
    if (text(name) === '') return null;
    const read = readCurrencyAmount(text(name));
    if ('problem' in read) errors[name] = read.problem;
    return 'problem' in read ? null : read;
  };
  const [asked, received, covered] = [amount('asked'), amount('received'), amount('insured')];
  if (received && !asked) errors.received = 'Say first what deposit was asked for.';
  if (asked && received && asked.currency !== received.currency) errors.received = `The deposit was asked for in ${asked.currency}.`;
  if (covered && !/^\d{1,3}$/.test(text('percent'))) errors.percent = 'Write a whole number from 1 to 100.';
  const checking = [text('provider'), text('grade'), text('checked'), text('checkUntil')].some((each) => each !== '');
  const checked = on('checked');
  if (checking && !checked) errors.checked = 'Give the day of the check.';
  if (Object.keys(errors).length > 0) return { errors };
  return {
    entered: {
      check: checked ? { provider: text('provider'), grade: text('grade'), on: checked, until: on('checkUntil') } : null,
      deposit: asked && { currency: asked.currency, asked: asked.amount, received: received?.amount ?? 0, by: on('depositBy') },
      insured: covered && { currency: covered.currency, amount: covered.amount, percent: Number(text('percent')) },
      security: text('security'),
      retentionOfTitle: text('title') === 'yes',
      nextReview: on('review'),
    },
  };
}
