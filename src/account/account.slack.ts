import { z } from 'zod';
import { warningSeen, warnOfInsurer } from '../arrangements/insurer-warning.slack.ts';
import { addDays, day } from '../kernel/day.ts';
import { readCarried } from '../slack/carried.ts';
import {
  type ClickRequest,
  type CommandRequest,
  Refused,
  type Subject,
  type SubmitAnswer,
  type SubmitRequest,
} from '../slack/listeners.ts';
import { choiceField, dayField, entered, fieldErrors, modal, personField, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import type { SlackWorld } from '../slack/world.ts';
import { mayDo } from '../team/team.ts';
import { KIND_WORDS, STATUS_WORDS } from '../trail/facts.view.ts';
import { timelinePage } from '../trail/timeline.slack.ts';
import type { AccountStatus, CustomerKind } from './account.ts';
import { type AccountCards, accountCards, carriedBy, type FromCard } from './account-cards.slack.ts';
import { accountChoices } from './account-choices.view.ts';
import type { OpenCall } from './call-form.slack.ts';
import { changeAccount } from './change-account.op.ts';
import { holdAccount } from './hold-account.op.ts';
import { findAccount } from './read-account.op.ts';

export interface AccountNeeds extends SlackWorld {
  readonly openCall: OpenCall;
}

/** /account and the buttons and modals of an account's card. */
export function accountSubject(world: AccountNeeds): Subject {
  const cards = accountCards(world);
  const { card, open, submitted } = cards;
  return {
    commands: {
      account: {
        may: 'read',
        usage: 'NAME or number [timeline | call]',
        help: 'one account: balances, invoices, contacts, collector, what was recorded; add `timeline` for its whole file, `call` for the call card',
        run: (request) => find(world, cards, request),
      },
    },
    clicks: {
      'account-card': { may: 'read', run: async ({ value, asker, answer }) => answer(await card(accountIdOf(value), asker)) },
      'account-assign': { may: 'manage', run: open(assignForm) },
      'account-hold': { may: 'collect', run: open(holdForm) },
      'account-snooze': { may: 'collect', run: open(snoozeForm) },
      'account-status': { may: 'collect', run: open(statusForm) },
      'account-kind': { may: 'collect', run: open(kindForm) },
      'kind-now': { may: 'collect', run: cards.openNow(kindForm) },
      'account-unhold': { may: 'collect', run: (request) => unhold(world, cards, request) },
    },
    submits: {
      'account-assign': {
        may: 'manage',
        run: submitted(
          'collector',
          async (request, { w: seen }) => {
            const to = entered(request, 'collector');
            const problem = await world.assignable(to, request.asker);
            return problem ? { errors: { collector: problem } } : { do: 'assign', to, how: 'by hand', seen };
          },
          ':white_check_mark: Assigned. Both collectors are told.',
        ),
      },
      'account-hold': { may: 'collect', run: (request) => submitHold(world, cards, request) },
      'account-snooze': {
        may: 'collect',
        run: submitted(
          'until',
          async (request) => ({ do: 'snooze', until: day(entered(request, 'until')) }),
          ':white_check_mark: Snoozed.',
        ),
      },
      'account-kind': {
        may: 'collect',
        run: submitted(
          'kind',
          async (request) => ({ do: 'set-kind', kind: entered(request, 'kind') as CustomerKind }),
          ':white_check_mark: Kind of customer set.',
        ),
      },
      'account-status': {
        may: 'collect',
        run: submitted(
          'status',
          async (request) => ({
            do: 'set-status',
            status: entered(request, 'status') as AccountStatus,
            reason: entered(request, 'reason'),
          }),
          ':white_check_mark: Status set.',
        ),
      },
    },
  };
}

async function submitHold(world: AccountNeeds, cards: AccountCards, request: SubmitRequest): Promise<SubmitAnswer> {
  const carried = carriedBy(request);
  const until = day(entered(request, 'until'));
  const asked = { account: carried.a, until, reason: entered(request, 'reason'), seen: warningSeen(request) };
  const result = await holdAccount(world, asked, request.asker.user, `submit:${request.view.id}`);
  if (!result.done && result.refused === 'beyond-insured')
    return warnOfInsurer(world, request, carried.a, { invoices: null, until }, 'until');
  if (!result.done) return fieldErrors({ until: REFUSED[result.refused] });
  cards.redrawn(request, carried, ':white_check_mark: On hold.');
  return undefined;
}

async function find(
  world: AccountNeeds,
  cards: AccountCards,
  { text, asker, answer, settings, client, triggerId }: CommandRequest,
): Promise<void> {
  if (text === '')
    throw new Refused(`Which account? Type a part of its name or its number: \`/${settings.commands.account} ${await example(world)}\`.`);
  const found = await findAccount(world.ledger, text);
  const [, named] = /^(.*\S)\s+timeline$/i.exec(text) ?? [];
  // An account may have the word in its name.
  if (found.kind === 'none' && named !== undefined) {
    const about = await findAccount(world.ledger, named);
    if (about.kind === 'one') return answer(await timelinePage(world, { a: about.id, k: 'all', b: null }, asker.user));
    if (about.kind === 'many') return answer(accountChoices(named, about.accounts, 'account-timeline'));
  }
  const [, called] = /^(.*\S)\s+call$/i.exec(text) ?? [];
  if (found.kind === 'none' && called !== undefined) {
    const about = await findAccount(world.ledger, called);
    if (about.kind === 'one') {
      if (!mayDo(await world.team.read(), asker.user, 'collect'))
        throw new Refused('Calls are made and recorded by collectors. Nothing was recorded.');
      return world.openCall({ asker, client, triggerId }, about.id);
    }
    if (about.kind === 'many') return answer(accountChoices(called, about.accounts));
  }
  if (found.kind === 'none')
    throw new Refused(
      `No account has “${text.replace(/[<>&`]/g, '')}” in its name or number. For example: \`/${settings.commands.account} ${await example(world)}\`.`,
    );
  await answer(found.kind === 'one' ? await cards.card(found.id, asker) : accountChoices(text, found.accounts));
}

async function unhold(world: AccountNeeds, cards: AccountCards, request: ClickRequest): Promise<void> {
  const from = await cards.current(request);
  if (!from) return;
  const command = `click:unhold:${from.ref.a}:${from.ref.v}:${request.asker.user}`;
  const result = await changeAccount(world, from.ref.a, { do: 'unhold' }, request.asker.user, command);
  await request.replace(
    await cards.card(from.ref.a, request.asker, result.done ? ':white_check_mark: Hold lifted.' : REFUSED[result.refused]),
  );
}

function assignForm({ work: { collector } }: FromCard, carried: object) {
  return modal('account-assign', 'Assign account', 'Assign', carried, [
    personField('collector', 'Collector', collector, 'Both the old and the new collector are told.'),
  ]);
}

function holdForm({ today }: FromCard, carried: object) {
  return modal('account-hold', 'Put on hold', 'Hold', carried, [
    dayField('until', 'Hold through', addDays(day(today), 7), 'Nobody contacts the customer through this day.'),
    textField('reason', 'Reason', { multiline: true, hint: 'Kept in the file.' }),
  ]);
}

function snoozeForm({ today }: FromCard, carried: object) {
  return modal('account-snooze', 'Snooze', 'Snooze', carried, [
    dayField('until', 'Out of the list through', addDays(day(today), 3), 'Follow-up goes on; only the list stays quiet.'),
  ]);
}

function statusForm(_: FromCard, carried: object) {
  return modal('account-status', 'Status of the account', 'Save', carried, [
    choiceField('status', 'Status', STATUS_WORDS, undefined, 'Every status but Active stops all contact and asks a person to decide.'),
    textField('reason', 'Reason', { multiline: true, hint: 'For example the court notice and its date. Kept in the file.' }),
  ]);
}

function kindForm(_: FromCard, carried: object) {
  return modal('account-kind', 'Kind of customer', 'Save', carried, [
    choiceField(
      'kind',
      'Kind of customer',
      KIND_WORDS,
      undefined,
      'Formal steps against a natural person follow other law; while it is not known they are blocked.',
    ),
  ]);
}

/** A name of the reader's own data, for examples. */
async function example(world: AccountNeeds): Promise<string> {
  const [first] = await world.ledger.accounts();
  return first ? first.name.split(/\s+/)[0]!.replace(/[<>&`]/g, '') : 'ACME';
}

/** The account a button is about. */
export function accountIdOf(value: string): string {
  return readCarried(z.object({ a: z.string().max(100) }), value).a;
}
