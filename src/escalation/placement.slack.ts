import { type AccountCards, carriedBy } from '../account/account-cards.slack.ts';
import { changeAccount } from '../account/change-account.op.ts';
import { barredText } from '../charges/limitation.view.ts';
import { day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { readAmount, readOptionalAmount } from '../slack/amounts.ts';
import { shortDay } from '../slack/freshness.ts';
import { Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { choiceField, dayField, entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { section } from '../slack/parts.ts';
import { percent } from '../slack/percent.ts';
import { REFUSED } from '../slack/refusals.ts';
import { counted, money, plain } from '../slack/text.ts';
import { askedReply } from './asked-for.slack.ts';
import { barredAbout } from './case-about.view.ts';
import type { CaseCards } from './case-cards.slack.ts';
import { caseFields, readCaseFields } from './case-forms.slack.ts';
import { type Partner, partnerStop } from './partner.ts';
import { PARTNER_WORDS } from './partners.view.ts';
import { type PlacementKind, type PlacementRequest, placementOf } from './placement.ts';
import { OPINION_MISSING, PARTNER_OF, type Placeable, partnerSays, placeable } from './placement-kinds.op.ts';
import { readGround } from './read-case.op.ts';
import { expectedRecovery } from './recovery.ts';
import { formalRemedies } from './remedies.view.ts';
import { requestDecision } from './request-decision.op.ts';
import { openQuestions } from './six-questions.ts';

/** Slack's limit is 100; a team has a handful. */
const MOST_PARTNERS = 50;

/** Giving an account to an agency or a law firm, and following what becomes of it. */
export function placementSubject(world: World, cases: CaseCards, cards: AccountCards): Subject {
  return {
    clicks: {
      'account-placement': {
        may: 'collect',
        run: cards.open(async ({ ref }, carried) => {
          if (!(await world.settings.read()).escalationsChannel) throw new Refused(REFUSED['escalations-channel-missing']);
          const read = await placeable(world, ref.a, shortDay);
          if ('says' in read) throw new Refused(read.says, formalRemedies(read.says, ref.a));
          const { partners } = await world.partners.read();
          const fit = partners.filter((each) => partnerStop(each, read.of.row.country, read.of.day.today) === null).slice(0, MOST_PARTNERS);
          if (fit.length === 0) throw new Refused(read.of.row.country === '' ? NO_COUNTRY : NOBODY);
          const [first] = read.what;
          const ground = await readGround(world, { account: ref.a, entity: first!.entity, currency: first!.currency });
          const about = Object.fromEntries(read.what.map((each) => [keyOf(each), aboutWords(each)]));
          const names = Object.fromEntries(
            fit.map(({ id, name, kind, rate }) => [id, `${name} · ${PARTNER_WORDS[kind]} · ${percent(rate)}`]),
          );
          const hint = 'At most what is still owed of what the demand letter asked for.';
          return modal('account-placement', 'Agency or law firm', 'Ask', carried, [
            section(estimates(first!, fit)),
            ...leftOut(read.what),
            choiceField('about', 'About', about, keyOf(first!)),
            choiceField('partner', 'Given to', names, undefined, 'A law firm means legal action, and needs counsel’s opinion on file.'),
            textField('court', 'Court fees', {
              optional: true,
              max: 30,
              hint: 'For legal action: what the court asks, for example 455.00.',
            }),
            ...caseFields(first!.amount, first!.currency, ground, { reason: '', reasonCodes: [], answers: {} }, hint),
          ]);
        }),
      },
      'account-placement-update': {
        may: 'collect',
        run: cards.open(({ work, today }, carried) => updateForm(placementOf(work), today, carried)),
      },
      'account-opinion': {
        may: 'collect',
        run: cards.open(({ today }, carried) =>
          modal('account-opinion', 'Counsel’s opinion', 'Record', carried, [
            textField('from', 'From whom', { max: 100, hint: 'Name of the lawyer and firm.' }),
            dayField('on', 'Given on', today),
            textField('text', 'What it says, or a link to it', {
              multiline: true,
              max: 3000,
              hint: 'Privileged: it goes into no evidence and no export for others.',
            }),
          ]),
        ),
      },
    },
    submits: {
      'account-placement': { may: 'collect', run: (request) => submit(world, cases, request) },
      'account-placement-update': { may: 'collect', run: (request) => submitUpdate(world, cards, request) },
      'account-opinion': {
        may: 'collect',
        run: cards.submitted(
          'text',
          async (request) => ({
            ...{ do: 'record-opinion', id: request.view.id, from: entered(request, 'from') },
            ...{ on: day(entered(request, 'on')), text: entered(request, 'text') },
          }),
          ':white_check_mark: Recorded as privileged. Legal action may be asked for now.',
        ),
      },
    },
  };
}

const NO_COUNTRY =
  'The customer’s country is missing in the ledger, so no agency or law firm that works there can be chosen. Import the country, then ask again.';
const NOBODY =
  'No agency or law firm with a valid licence works in this customer’s country. A manager adds or renews one with the agencies part of the collections command.';

const leftOut = (what: readonly Placeable[]) => {
  const text = barredText(what.flatMap(({ barred }) => barred));
  return text === '' ? [] : [section(text)];
};

const keyOf = ({ entity, currency }: Placeable) => `${entity}|${currency}`;
const aboutWords = ({ entity, currency, amount, invoices }: Placeable) =>
  `${money(amount, currency)}${entity ? ` · ${entity}` : ''} · ${counted(invoices.length, 'invoice')} of the demand letter`;

/** What each would cost and bring, worked out as on the card of the decision. */
function estimates({ amount, currency, oldestDays }: Placeable, partners: readonly Partner[]): string {
  const lines = partners.slice(0, 5).map(({ name, kind, rate }) => {
    const { share, expected, cost, net } = expectedRecovery(kindOf(kind), amount, currency, oldestDays, { rate, fixed: 0 })!;
    return `• ${plain(name)}: ${money(expected, currency)} expected (${share} % after ${counted(oldestDays, 'day')}), ${money(cost, currency)} fees, leaves *${money(net, currency)}*`;
  });
  return `*Cost and expected recovery of ${money(amount, currency)}*, before court fees\n${lines.join('\n')}`;
}

const kindOf = (kind: Partner['kind']): PlacementKind => (kind === PARTNER_OF.legal ? 'legal' : 'agency');

async function submit(world: World, cases: CaseCards, request: SubmitRequest) {
  const { a, c } = carriedBy(request);
  const [entity = '', currency = ''] = entered(request, 'about').split('|');
  const filled = readCaseFields(request, currency);
  if ('errors' in filled) return fieldErrors(filled.errors);
  const court = readOptionalAmount(entered(request, 'court'), currency);
  if ('problem' in court) return fieldErrors({ court: court.problem });
  if (court.amount !== null && court.amount < 0) return fieldErrors({ court: 'Type an amount of zero or more, or leave the field empty.' });
  const read = await placeable(world, a, shortDay);
  if ('says' in read) return fieldErrors({ about: read.says });
  const what = read.what.find((each) => each.entity === entity && each.currency === currency);
  if (!what || filled.amount <= 0 || filled.amount > what.amount)
    return fieldErrors({ amount: `Between nothing and ${what ? money(what.amount, currency) : 'nothing'} is still owed of the letter.` });
  const partner = (await world.partners.read()).partners.find(({ id }) => id === entered(request, 'partner'));
  const says = partnerSays(partner, read.of.row.country, read.of.day.today, shortDay);
  if (says !== null || !partner) return fieldErrors({ partner: says ?? NOBODY });
  const kind = kindOf(partner.kind);
  if (kind === 'legal' && read.of.work.opinions.length === 0) return fieldErrors({ partner: OPINION_MISSING });
  const unanswered = openQuestions((await readGround(world, { account: a, entity, currency })).answers, filled.answers);
  if (unanswered.length > 0)
    return fieldErrors(Object.fromEntries(unanswered.map((each) => [each, 'Answer this first: nobody can decide without it.'])));
  const { id, name, licence, licensedTo, rate } = partner;
  const about = {
    partner: id,
    name,
    licence,
    licensedTo,
    rate: String(rate),
    courtFees: String(court.amount ?? 0),
    ...barredAbout(what.barred),
  };
  const asked = { kind, account: a, entity, currency, about, ...filled };
  const result = await requestDecision(world, asked, request.asker.user, `submit:${request.view.id}`);
  return askedReply(world, cases, request, c, result, 'partner');
}

const STEPS = {
  accepted: 'They accepted it',
  paying: 'The customer pays them',
  paid: 'Money came in from them',
  closed: 'They gave it back without result',
  recall: 'We take it back: follow-up goes on',
} as const;

function updateForm(of: ReturnType<typeof placementOf>, today: string, carried: object) {
  if (!of) throw new Refused(REFUSED['no-such-placement']);
  return modal('account-placement-update', 'Placement', 'Record', carried, [
    choiceField('step', 'What has happened', STEPS),
    textField('amount', 'Amount that came in', { optional: true, max: 30, hint: `For money only, in ${of.currency}, before their fee.` }),
    textField('fee', 'Their fee of it', { optional: true, max: 30, hint: 'Goes on the account as a cost of recovery.' }),
    dayField('on', 'On', today),
    textField('note', 'Note', { optional: true, max: 500, hint: 'Asked for when it ends: why.' }),
  ]);
}

async function submitUpdate(world: World, cards: AccountCards, request: SubmitRequest) {
  const carried = carriedBy(request);
  const of = placementOf((await world.accounts.load(carried.a))?.work ?? { placements: [] });
  if (!of || of.id !== carried.i) return fieldErrors({ step: REFUSED['no-such-placement'] });
  const wanted = updateOf(request, of.id, of.currency);
  if ('errors' in wanted) return fieldErrors(wanted.errors);
  const result = await changeAccount(world, carried.a, wanted, request.asker.user, `submit:${request.view.id}`);
  if (!result.done) return fieldErrors({ [UPDATE_FIELD[result.refused] ?? 'step']: REFUSED[result.refused] });
  cards.redrawn(request, carried, ':white_check_mark: Recorded.');
  return undefined;
}

const UPDATE_FIELD: Readonly<Record<string, string>> = {
  'amount-not-positive': 'amount',
  'fee-out-of-range': 'fee',
  'paid-in-future': 'on',
  'reason-missing': 'note',
};

function updateOf(request: SubmitRequest, id: string, currency: string): PlacementRequest | { readonly errors: Record<string, string> } {
  const step = entered(request, 'step');
  const note = entered(request, 'note');
  if (step === 'closed') return { do: 'close-placement', id, note };
  if (step === 'recall') return { do: 'recall-placement', id, note };
  if (step !== 'paid') return { do: 'note-placement', id, step: step === 'accepted' ? 'accepted' : 'paying', note };
  const paid = readAmount(entered(request, 'amount'), currency);
  if ('problem' in paid) return { errors: { amount: paid.problem } };
  const fee = readOptionalAmount(entered(request, 'fee'), currency);
  if ('problem' in fee) return { errors: { fee: fee.problem } };
  return { do: 'placement-paid', id, amount: paid.amount, fee: fee.amount ?? 0, on: day(entered(request, 'on')), note };
}
