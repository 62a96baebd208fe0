import { type AccountCards, carriedBy, type FromCard } from '../account/account-cards.slack.ts';
import { changeAccount } from '../account/change-account.op.ts';
import { day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { readAmount } from '../slack/amounts.ts';
import { countryName } from '../slack/country-words.ts';
import { Refused, type Subject, type SubmitAnswer, type SubmitRequest } from '../slack/listeners.ts';
import { choiceField, dayField, entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { section } from '../slack/parts.ts';
import { REFUSED } from '../slack/refusals.ts';
import { type InsolvencyEntered, type InsolvencyFile, type InsolvencyRefusal, openFile, RETENTION } from './insolvency.ts';
import { claimOn } from './insolvency-claim.op.ts';
import { filingHint, lookBackOf, proceduresOf } from './insolvency-rules.ts';

/** The form's field that each refusal points to. */
const FIELD: Readonly<Partial<Record<InsolvencyRefusal, string>>> = {
  'procedure-missing': 'other',
  'deadline-before-opening': 'deadline',
  'holder-email': 'email',
  'look-back-out-of-range': 'lookBack',
};
const OTHER = '-';
const RETENTION_WORDS = { unknown: 'Not known yet', no: 'No', yes: 'Yes' } as const;

/** Insolvency proceedings over a customer, from the account's card or an alert: the file, the claim, dividends and its end. */
export function insolvencySubject(world: World, cards: AccountCards): Subject {
  const fileForm = async (from: FromCard, carried: object) => {
    const row = await world.ledger.account(from.ref.a);
    return insolvencyForm(from, carried, row?.country ?? '');
  };
  return {
    clicks: {
      'account-insolvency': { may: 'collect', run: cards.open(fileForm) },
      'insolvency-now': { may: 'collect', run: cards.openNow(fileForm) },
      'insolvency-filed': { may: 'collect', run: cards.open(filedForm) },
      'insolvency-dividend': { may: 'collect', run: cards.open(dividendForm) },
      'insolvency-close': {
        may: 'collect',
        run: cards.open((_, carried) =>
          modal('insolvency-close', 'Close the file', 'Close file', carried, [
            textField('note', 'How it ended', { multiline: true, hint: 'For example: distribution made, no further dividend expected.' }),
          ]),
        ),
      },
    },
    submits: {
      'account-insolvency': { may: 'collect', run: (request) => submitFile(world, cards, request) },
      'insolvency-filed': {
        may: 'collect',
        run: cards.submitted(
          'on',
          async (request, { i = '' }) => {
            const [name, at] = ['document', 'link'].map((field) => entered(request, field).trim()) as [string, string];
            return { do: 'file-claim', id: i, filed: { on: day(entered(request, 'on')), document: name || at ? { name, at } : null } };
          },
          ':white_check_mark: Claim filed. Dividends are recorded here as they come.',
        ),
      },
      'insolvency-dividend': {
        may: 'collect',
        run: cards.submitted(
          'amount',
          async (request, { i = '' }) => {
            const currency = entered(request, 'currency');
            const read = readAmount(entered(request, 'amount').trim(), currency);
            if ('problem' in read) return { errors: { amount: read.problem } };
            return { do: 'record-dividend', id: i, dividend: { on: day(entered(request, 'on')), currency, amount: read.amount } };
          },
          ':white_check_mark: Dividend saved. It reaches the balance with the payment in the ledger.',
        ),
      },
      'insolvency-close': {
        may: 'collect',
        run: cards.submitted(
          'note',
          async (request, { i = '' }) => ({ do: 'close-insolvency', id: i, note: entered(request, 'note') }),
          ':white_check_mark: Insolvency file closed.',
        ),
      },
    },
  };
}

function insolvencyForm({ work, today }: FromCard, carried: object, country: string) {
  const file = openFile(work.insolvencies);
  const procedures = proceduresOf(country);
  const known = file && procedures.includes(file.procedure);
  const choices = { ...Object.fromEntries(procedures.map((each) => [each, each])), [OTHER]: 'Another, written below' };
  const text = (
    name: string,
    label: string,
    initial: string | undefined,
    more: { hint?: string; max?: number; multiline?: boolean } = {},
  ) => textField(name, label, { max: 300, ...more, optional: true, initial: initial ?? '' });
  const about = file ? { i: file.id, n: String(file.revision) } : {};
  return modal('account-insolvency', 'Insolvency file', 'Save', { ...carried, ...about }, [
    section(
      `Procedures of ${country ? countryName(country) : 'a country that is not known'}. The claim is worked out to the opening day when you save.`,
    ),
    choiceField('procedure', 'Procedure', choices, file ? (known ? file.procedure : OTHER) : undefined),
    text('other', 'Another procedure', file && !known ? file.procedure : '', { max: 100 }),
    dayField('opened', 'Opening day', file?.opened ?? today, 'Of the order or resolution. Interest is claimed to this day.'),
    { ...dayField('deadline', 'Filing deadline', file?.deadline ?? undefined, filingHint(country)), optional: true },
    text('court', 'Court', file?.court),
    text('reference', 'Reference', file?.reference),
    text('holder', 'Office holder', file?.holder.name, { hint: 'Administrator, liquidator, Insolvenzverwalter, mandataire …' }),
    text('email', 'Email of the office holder', file?.holder.email),
    text('address', 'Address of the office holder', file?.holder.address, { multiline: true }),
    choiceField('retention', 'Retention of title', RETENTION_WORDS, file?.retention ?? 'unknown'),
    text('goods', 'Which goods', file?.goods, { multiline: true }),
    textField('lookBack', 'Months of payments to look back at', {
      max: 3,
      initial: String(file?.lookBack ?? lookBackOf(country)),
      hint: 'Payments of these months may be claimed back. Our figure is not checked against the law: ask counsel.',
    }),
  ]);
}

async function submitFile(world: World, cards: AccountCards, request: SubmitRequest): Promise<SubmitAnswer> {
  const carried = carriedBy(request);
  const read = readFile(request);
  if ('errors' in read) return fieldErrors(read.errors);
  const claim = await claimOn(world, carried.a, read.entered.opened);
  const { i = '', n = '0' } = carried;
  const id = `insolvency:${request.view.id}`;
  const change = i
    ? ({ do: 'edit-insolvency', id: i, seen: Number(n), entered: read.entered, claim } as const)
    : ({ do: 'open-insolvency', id, entered: read.entered, claim } as const);
  const result = await changeAccount(world, carried.a, change, request.asker.user, `submit:${request.view.id}`);
  if (!result.done) return fieldErrors({ [FIELD[result.refused as InsolvencyRefusal] ?? 'opened']: REFUSED[result.refused] });
  cards.redrawn(
    request,
    carried,
    ':white_check_mark: Insolvency file saved. Managers and the finance lead hear 14, 7 and 1 days before the filing deadline.',
  );
  return undefined;
}

function readFile(request: SubmitRequest): { readonly entered: InsolvencyEntered } | { readonly errors: Record<string, string> } {
  const text = (name: string) => entered(request, name).trim();
  if (!/^\d{1,3}$/.test(text('lookBack'))) return { errors: { lookBack: 'Write a whole number of months; 0 for none.' } };
  const [chosen, deadline] = [text('procedure'), text('deadline')];
  return {
    entered: {
      procedure: chosen === OTHER ? text('other') : chosen,
      court: text('court'),
      reference: text('reference'),
      holder: { name: text('holder'), email: text('email'), address: text('address') },
      opened: day(text('opened')),
      deadline: deadline === '' ? null : day(deadline),
      retention: RETENTION.find((each) => each === text('retention')) ?? 'unknown',
      goods: text('goods'),
      lookBack: Number(text('lookBack')),
    },
  };
}

function filedForm({ today }: FromCard, carried: object) {
  const text = (name: string, label: string, hint: string) => textField(name, label, { optional: true, max: 300, hint });
  return modal('insolvency-filed', 'Claim filed', 'Save', carried, [
    dayField('on', 'Filed on', today),
    text('document', 'Document', 'Its title or file name.'),
    text('link', 'Where it lies', 'https://… or a Slack file’s link or id.'),
  ]);
}

function dividendForm({ work, today }: FromCard, carried: object) {
  const file: InsolvencyFile | null = openFile(work.insolvencies);
  const currencies = [...new Set((file?.claim ?? []).map(({ currency }) => currency))];
  if (currencies.length === 0)
    throw new Refused('Nothing was open on the opening day, so no dividend can be recorded. Check the opening day with Edit file…');
  return modal('insolvency-dividend', 'Dividend received', 'Save', carried, [
    choiceField('currency', 'Currency', Object.fromEntries(currencies.map((each) => [each, each])), currencies[0]),
    textField('amount', 'Amount', { max: 30, hint: 'For example 1,250.00.' }),
    dayField('on', 'Received on', today),
  ]);
}
