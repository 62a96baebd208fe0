import { z } from 'zod';
import { type AccountCards, carriedBy, type FromCard } from '../account/account-cards.slack.ts';
import type { AccountRequest } from '../account/account-work.ts';
import { changeAccount } from '../account/change-account.op.ts';
import { termsIn } from '../charges/terms.ts';
import { addDays, type Day, day, dayIn, zoneOf } from '../kernel/day.ts';
import { invoiceOptions, invoiceSelect, readInvoiceOption } from '../ledger/invoice-options.slack.ts';
import { readOptionalAmount } from '../slack/amounts.ts';
import { readCarried } from '../slack/carried.ts';
import { channelProblem, findChannel } from '../slack/destination.ts';
import { type ClickRequest, Refused, type Subject, type SubmitAnswer, type SubmitRequest } from '../slack/listeners.ts';
import {
  channelField,
  choiceField,
  dayField,
  entered,
  enteredPeople,
  field,
  fieldErrors,
  modal,
  personField,
  textField,
} from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { money } from '../slack/text.ts';
import type { SlackWorld } from '../slack/world.ts';
import { closeDispute } from './close-dispute.op.ts';
import { DISPUTE_OUTCOMES, DISPUTE_REASONS, DISPUTE_STEPS, type DisputePart, type DisputeRefusal, type OpenDispute } from './dispute.ts';
import { DISPUTE_OUTCOME_WORDS, DISPUTE_STEP_WORDS, DISPUTE_WORDS } from './dispute.view.ts';
import { recordDispute } from './record-dispute.op.ts';

const NOTHING_OPEN =
  'Nothing is open on this account, so there is nothing that a dispute could keep from being asked for. Nothing was recorded. What they say about a paid invoice goes on file with *Note…*; a credit for it is for your accountants to book.';
const IN_PARTS = 'in-parts';
/** Each outcome's field of the form that closes a dispute in parts. */
const PART_FIELD = { credit: 'credited', rejected: 'rejected', paid: 'paid' } as const;
const ABOUT_AMOUNT: readonly string[] = ['dispute-above-open', 'amount-not-positive'] satisfies DisputeRefusal[];
const STEP_FIELD: Partial<Record<DisputeRefusal, string>> = {
  'step-names-nobody': 'who',
  'arbitration-not-agreed': 'kind',
  'cost-negative': 'cost',
};

/** Disputes from record to outcome, from the account's card, the team's and the alert's. A part of an invoice is enough. */
export function disputeSubject(world: SlackWorld, cards: AccountCards): Subject {
  const aboutDispute = disputeForms(world);
  return {
    clicks: {
      'account-dispute': {
        may: 'collect',
        run: (request) => cards.open((from, carried) => disputeForm(world, from, carried, request.asker.user))(request),
      },
      'account-dispute-close': { may: 'collect', run: aboutDispute(closeForm) },
      'account-dispute-extend': { may: 'collect', run: aboutDispute(extendForm) },
      'account-dispute-step': { may: 'collect', run: aboutDispute(stepForm) },
    },
    submits: {
      'account-dispute': { may: 'collect', run: (request) => record(world, cards, request) },
      'account-dispute-close': { may: 'collect', run: (request) => close(world, cards, request) },
      'account-dispute-extend': { may: 'collect', run: (request) => extend(world, cards, request) },
      'account-dispute-step': { may: 'collect', run: (request) => step(world, cards, request) },
    },
  };
}

function closeForm({ amount, currency }: OpenDispute, carried: object) {
  return modal('account-dispute-close', 'Close the dispute', 'Close it', carried, [
    choiceField(
      'outcome',
      `Outcome for ${money(amount, currency)}`,
      { ...DISPUTE_OUTCOME_WORDS, [IN_PARTS]: 'In parts: the amounts below' },
      undefined,
      'What is credited rests until the ledger shows the credit note. What is rejected is asked for again.',
    ),
    ...DISPUTE_OUTCOMES.map((outcome) => textField(PART_FIELD[outcome], `In parts: ${PART_FIELD[outcome]}`, { optional: true, max: 30 })),
    textField('note', 'Note', {
      optional: true,
      multiline: true,
      max: 1000,
      hint: 'For example the number of the credit note. Kept in the file.',
    }),
  ]);
}

function extendForm({ until }: OpenDispute, carried: object, today: Day) {
  return modal('account-dispute-extend', 'More time', 'Extend', carried, [
    dayField('until', 'To be resolved by', addDays(until !== null && until > today ? until : today, 7)),
    textField('reason', 'Why', { multiline: true, max: 1000, hint: 'Kept in the file.' }),
  ]);
}

function stepForm(_: OpenDispute, carried: object, today: Day) {
  return modal('account-dispute-step', 'Step to resolve it', 'Record', carried, [
    choiceField('kind', 'Step', DISPUTE_STEP_WORDS, 'talk'),
    textField('who', 'Mediator, or who of theirs', { optional: true, max: 120 }),
    field(
      'ours',
      'Who of ours',
      { type: 'multi_users_select', action_id: 'value', max_selected_items: 5 },
      { optional: true, hint: 'Senior to senior names somebody of ours.' },
    ),
    dayField('on', 'Takes place on', today),
    textField('cost', 'Cost to us', { optional: true, max: 30, hint: 'For example 500.00, in the currency of the dispute.' }),
    textField('note', 'Note', { optional: true, multiline: true, max: 1000 }),
  ]);
}

async function extend(world: SlackWorld, cards: AccountCards, request: SubmitRequest): Promise<SubmitAnswer> {
  const { i = '' } = carriedBy(request);
  const change = {
    do: 'extend-dispute',
    id: i,
    until: day(entered(request, 'until')),
    reason: entered(request, 'reason'),
  } as const;
  return decide(world, cards, request, change, 'The dispute has more time.', ({ refused }) =>
    refused === 'reason-missing' ? 'reason' : 'until',
  );
}

/** `owner`: who is proposed to see to it. */
async function disputeForm(world: SlackWorld, { ref, today }: FromCard, carried: object, owner: string) {
  const options = invoiceOptions(await world.ledger.openItems(ref.a), today);
  if (options.length === 0) throw new Refused(NOTHING_OPEN);
  return modal('account-dispute', 'Dispute', 'Record', carried, [
    field('invoice', 'Invoice', invoiceSelect(options), {
      hint: 'Only open ones are listed. What they say about a paid one goes on file with Note…',
    }),
    textField('amount', 'Disputed amount', {
      optional: true,
      max: 30,
      hint: 'For example 250.00. Left empty: all that is open. Only this amount rests.',
    }),
    choiceField('reason', 'Reason', DISPUTE_WORDS),
    textField('note', 'What the customer says', { optional: true, multiline: true, max: 1000 }),
    personField('owner', 'Who sees to it', owner),
    channelField('channel', 'Channel of the team that can resolve it', null, {
      hint: 'For example logistics or quality. A card with its buttons is posted there.',
      optional: true,
    }),
  ]);
}

const disputeRef = z.looseObject({ a: z.string().max(100), i: z.string().max(100) });

/** A card about one dispute stays good whatever else happens to the account: it names the dispute, not a version. */
function disputeForms(world: SlackWorld) {
  return (view: (dispute: OpenDispute, carried: object, today: Day) => ReturnType<typeof modal>) => async (request: ClickRequest) => {
    const { a, i } = readCarried(disputeRef, request.value);
    const account = await world.accounts.load(a);
    if (!account) throw new Refused(REFUSED['no-such-account']);
    const dispute = account.work.disputes.find(({ id }) => id === i);
    if (!dispute) throw new Refused(REFUSED['no-such-dispute']);
    if (dispute.credit) throw new Refused(REFUSED['dispute-decided']);
    const today = dayIn(zoneOf(account, request.settings), world.clock.now());
    const carried = { a, v: account.version, c: request.asker.channel, w: account.work.collector, i };
    await request.client.views.open({ trigger_id: request.triggerId, view: view(dispute, carried, today) });
  };
}

async function decide(
  world: SlackWorld,
  cards: AccountCards,
  request: SubmitRequest,
  change: AccountRequest,
  done: string,
  fieldOf: (refusal: { readonly refused: string }) => string,
) {
  const carried = carriedBy(request);
  const result = await changeAccount(world, carried.a, change, request.asker.user, `submit:${request.view.id}`);
  if (!result.done) return fieldErrors({ [fieldOf(result)]: REFUSED[result.refused] });
  cards.redrawn(request, carried, `:white_check_mark: ${done}`);
  return undefined;
}

async function record(world: SlackWorld, cards: AccountCards, request: SubmitRequest) {
  const carried = carriedBy(request);
  const invoice = readInvoiceOption(entered(request, 'invoice'));
  const read = readOptionalAmount(entered(request, 'amount'), invoice.currency);
  if ('problem' in read) return fieldErrors({ amount: read.problem });
  const channel = entered(request, 'channel') || null;
  const problem = channel && channelProblem(await findChannel(world.client, channel), channel, world.botName);
  if (problem) return fieldErrors({ channel: problem });
  const { view, asker } = request;
  const dispute = {
    id: `dispute:${view.id}`,
    account: carried.a,
    invoice,
    amount: read.amount,
    reason: z.enum(DISPUTE_REASONS).parse(entered(request, 'reason')),
    note: entered(request, 'note'),
    owner: entered(request, 'owner'),
    channel,
  };
  const result = await recordDispute(world, dispute, asker.user, `submit:${view.id}`);
  if (!result.done) return fieldErrors({ [ABOUT_AMOUNT.includes(result.refused) ? 'amount' : 'invoice']: REFUSED[result.refused] });
  cards.redrawn(request, carried, ':white_check_mark: Dispute recorded. Only the disputed amount rests.');
  return undefined;
}

/** The dispute a form is about; its currency reads the amounts. */
async function disputeOf(world: SlackWorld, request: SubmitRequest): Promise<OpenDispute | null> {
  const { a, i } = carriedBy(request);
  return (await world.accounts.load(a))?.work.disputes.find(({ id }) => id === i) ?? null;
}

async function close(world: SlackWorld, cards: AccountCards, request: SubmitRequest) {
  const carried = carriedBy(request);
  const dispute = await disputeOf(world, request);
  if (!dispute) return fieldErrors({ outcome: REFUSED['no-such-dispute'] });
  const parts: DisputePart[] = [];
  const chosen = DISPUTE_OUTCOMES.find((outcome) => outcome === entered(request, 'outcome'));
  if (chosen) parts.push({ outcome: chosen, amount: dispute.amount });
  for (const outcome of chosen ? [] : DISPUTE_OUTCOMES) {
    const read = readOptionalAmount(entered(request, PART_FIELD[outcome]), dispute.currency);
    if ('problem' in read) return fieldErrors({ [PART_FIELD[outcome]]: read.problem });
    if (read.amount !== null) parts.push({ outcome, amount: read.amount });
  }
  const asked = { account: carried.a, id: dispute.id, parts, note: entered(request, 'note') };
  const result = await closeDispute(world, asked, request.asker.user, `submit:${request.view.id}`);
  if (!result.done && result.refused === 'parts-differ') {
    const sum = parts.reduce((total, part) => total + part.amount, 0);
    const says = `These parts sum to ${money(sum, dispute.currency)}, the dispute is about ${money(dispute.amount, dispute.currency)}. Correct them.`;
    return fieldErrors({ credited: says });
  }
  if (!result.done) return fieldErrors({ outcome: REFUSED[result.refused] });
  cards.redrawn(request, carried, ':white_check_mark: Dispute closed.');
  return undefined;
}

async function step(world: SlackWorld, cards: AccountCards, request: SubmitRequest) {
  const { a, i = '' } = carriedBy(request);
  const work = (await world.accounts.load(a))?.work;
  const dispute = work?.disputes.find(({ id }) => id === i);
  if (!work || !dispute) return fieldErrors({ kind: REFUSED['no-such-dispute'] });
  const cost = readOptionalAmount(entered(request, 'cost'), dispute.currency);
  if ('problem' in cost) return fieldErrors({ cost: cost.problem });
  const taken = {
    kind: z.enum(DISPUTE_STEPS).parse(entered(request, 'kind')),
    who: entered(request, 'who').trim(),
    ours: enteredPeople(request, 'ours'),
    on: day(entered(request, 'on')),
    cost: cost.amount,
    note: entered(request, 'note'),
  };
  const change = {
    do: 'take-dispute-step',
    id: i,
    step: taken,
    clause: termsIn(request.settings, work.agreement, dispute.entity).disputeClause.trim() !== '',
  } as const;
  return decide(world, cards, request, change, 'Step recorded.', ({ refused }) => STEP_FIELD[refused as DisputeRefusal] ?? 'kind');
}
