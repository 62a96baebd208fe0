import { z } from 'zod';
import type { AccountStatus, CustomerKind } from '../../domain/account.ts';
import type { AccountRequest } from '../../domain/account-work.ts';
import { addDays, day, dayIn } from '../../domain/day.ts';
import { mayDo, memberOf } from '../../domain/team.ts';
import { type ChangeAccountPorts, changeAccount } from '../../operations/change-account.ts';
import type { TeamStore } from '../../operations/ports.ts';
import { findAccount, type ReadAccountPorts, readAccount } from '../../operations/read-account.ts';
import type { AssignableCheck } from '../assignable.ts';
import { accountCardReply, type CardRef } from '../blocks/account-card.ts';
import { accountChoices } from '../blocks/account-choices.ts';
import { KIND_WORDS, STATUS_WORDS } from '../blocks/facts.ts';
import { type Asker, type ClickRequest, Refused, type Subject, type SubmitRequest } from '../listeners.ts';
import { choiceField, dayField, entered, fieldErrors, modal, personField, textField } from '../modals.ts';
import { REFUSED } from '../refusals.ts';
import type { Reply } from '../reply.ts';

export interface AccountPorts extends ReadAccountPorts, ChangeAccountPorts {
  readonly team: TeamStore;
  readonly assignable: AssignableCheck;
}

const cardRef = z.object({ a: z.string().max(100), v: z.number().int() });
/** `c` channel of the card; `w` who was collector when the form was opened. */
const carriedRef = cardRef.extend({ c: z.string().max(40), w: z.string().max(40).nullable() });

/** /account and the buttons and modals of an account's card (F10-F12). */
export function accountSubject(ports: AccountPorts): Subject {
  const card = async (id: string, asker: Asker, notice?: string): Promise<Reply> => {
    const [found, settings, team] = await Promise.all([readAccount(ports, id), ports.settings.read(), ports.team.read()]);
    if (!found) throw new Refused(REFUSED['no-such-account']);
    const view = {
      card: found,
      zone: settings.zone,
      now: ports.clock.now(),
      mayCollect: mayDo(team, asker.user, 'collect'),
      mayManage: mayDo(team, asker.user, 'manage'),
      collectorLeft: memberOf(team, found.work.collector ?? '')?.left ?? false,
    };
    return accountCardReply(notice === undefined ? view : { ...view, notice });
  };
  /** The clicked card's account, when the card is current; else the asker gets the current card and nothing happens. */
  const current = async (request: ClickRequest): Promise<{ ref: CardRef; collector: string | null; today: string } | null> => {
    const ref = readRef(request.value);
    const account = await ports.accounts.load(ref.a);
    if (!account) throw new Refused(REFUSED['no-such-account']);
    if (account.version !== ref.v) {
      await request.replace(await card(ref.a, request.asker, REFUSED['card-outdated']));
      return null;
    }
    const today = dayIn(account.zone || request.settings.zone, ports.clock.now());
    return { ref, collector: account.work.collector, today };
  };
  const open =
    (view: (from: { ref: CardRef; collector: string | null; today: string }, carried: object) => ReturnType<typeof modal>) =>
    async (request: ClickRequest) => {
      const from = await current(request);
      if (from)
        await request.client.views.open({
          trigger_id: request.triggerId,
          view: view(from, { ...from.ref, c: request.asker.channel, w: from.collector }),
        });
    };
  const submitted =
    (
      field: string,
      wanted: (request: SubmitRequest, seen: string | null) => Promise<AccountRequest | { errors: Record<string, string> }>,
      done: string,
    ) =>
    async (request: SubmitRequest) => {
      const ref = carriedRef.parse(JSON.parse(request.view.private_metadata));
      const change = await wanted(request, ref.w);
      if ('errors' in change) return fieldErrors(change.errors);
      const result = await changeAccount(ports, ref.a, change, request.asker.user, `submit:${request.view.id}`);
      if (!result.done) return fieldErrors({ [field]: REFUSED[result.refused] });
      request.later(async () => request.tell(ref.c, await card(ref.a, request.asker, done)));
      return undefined;
    };

  return {
    commands: {
      account: {
        may: 'read',
        usage: 'NAME or number',
        help: 'one account: balances, invoices, contacts, collector, what was recorded',
        async run({ text, asker, answer, settings }) {
          if (text === '')
            throw new Refused(
              `Which account? Type a part of its name or its number: \`/${settings.commands.account} ${await example(ports)}\`.`,
            );
          const found = await findAccount(ports.ledger, text);
          if (found.kind === 'none')
            throw new Refused(
              `No account has “${text.replace(/[<>&`]/g, '')}” in its name or number. For example: \`/${settings.commands.account} ${await example(ports)}\`.`,
            );
          await answer(found.kind === 'one' ? await card(found.id, asker) : accountChoices(text, found.accounts));
        },
      },
    },
    clicks: {
      'account-card': { may: 'read', run: async ({ value, asker, answer }) => answer(await card(readId(value), asker)) },
      'account-assign': {
        may: 'manage',
        run: open(({ collector }, carried) =>
          modal('account-assign', 'Assign account', 'Assign', carried, [
            personField('collector', 'Collector', collector, 'Both the old and the new collector are told.'),
          ]),
        ),
      },
      'account-hold': {
        may: 'collect',
        run: open(({ today }, carried) =>
          modal('account-hold', 'Put on hold', 'Hold', carried, [
            dayField('until', 'Hold through', addDays(day(today), 7), 'Nobody contacts the customer through this day.'),
            textField('reason', 'Reason', { multiline: true, hint: 'Kept in the file.' }),
          ]),
        ),
      },
      'account-snooze': {
        may: 'collect',
        run: open(({ today }, carried) =>
          modal('account-snooze', 'Snooze', 'Snooze', carried, [
            dayField('until', 'Out of the list through', addDays(day(today), 3), 'Follow-up goes on; only the list stays quiet.'),
          ]),
        ),
      },
      'account-status': {
        may: 'collect',
        run: open((_, carried) =>
          modal('account-status', 'Status of the account', 'Save', carried, [
            choiceField(
              'status',
              'Status',
              STATUS_WORDS,
              undefined,
              'Every status but Active stops all contact and asks a person to decide.',
            ),
            textField('reason', 'Reason', { multiline: true, hint: 'For example the court notice and its date. Kept in the file.' }),
          ]),
        ),
      },
      'account-kind': {
        may: 'collect',
        run: open((_, carried) =>
          modal('account-kind', 'Kind of customer', 'Save', carried, [
            choiceField(
              'kind',
              'Kind of customer',
              KIND_WORDS,
              undefined,
              'Formal steps against a natural person follow other law; while it is not known they are blocked.',
            ),
          ]),
        ),
      },
      'account-unhold': {
        may: 'collect',
        async run(request) {
          const from = await current(request);
          if (!from) return;
          const command = `click:unhold:${from.ref.a}:${from.ref.v}:${request.asker.user}`;
          const result = await changeAccount(ports, from.ref.a, { do: 'unhold' }, request.asker.user, command);
          await request.replace(
            await card(from.ref.a, request.asker, result.done ? ':white_check_mark: Hold lifted.' : REFUSED[result.refused]),
          );
        },
      },
    },
    submits: {
      'account-assign': {
        may: 'manage',
        run: submitted(
          'collector',
          async (request, seen) => {
            const to = entered(request, 'collector');
            const problem = await ports.assignable(to, request.asker);
            return problem ? { errors: { collector: problem } } : { do: 'assign', to, how: 'by hand', seen };
          },
          ':white_check_mark: Assigned. Both collectors are told.',
        ),
      },
      'account-hold': {
        may: 'collect',
        run: submitted(
          'until',
          async (request) => ({ do: 'hold', until: day(entered(request, 'until')), reason: entered(request, 'reason') }),
          ':white_check_mark: On hold.',
        ),
      },
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

/** A name of the reader's own data, for examples. */
async function example(ports: AccountPorts): Promise<string> {
  const [first] = await ports.ledger.accounts();
  return first ? first.name.split(/\s+/)[0]!.replace(/[<>&`]/g, '') : 'ACME';
}

function readRef(value: string): CardRef {
  return cardRef.parse(JSON.parse(value));
}

function readId(value: string): string {
  return z.object({ a: z.string().max(100) }).parse(JSON.parse(value)).a;
}
