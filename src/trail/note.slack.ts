import { type AccountCards, carriedBy } from '../account/account-cards.slack.ts';
import { accountChoices } from '../account/account-choices.view.ts';
import { changeAccount } from '../account/change-account.op.ts';
import { namedAccount } from '../account/named-account.slack.ts';
import { dayIn, zoneOf } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { type CommandRequest, Refused, type Subject } from '../slack/listeners.ts';
import { entered, modal } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { plain } from '../slack/text.ts';
import type { Interaction } from './interaction.ts';
import { enteredFiles, enteredInteraction, filesField, interactionFields, refusedUnder, wordsField } from './interaction-form.slack.ts';

/** Calls, meetings, letters and notes that a person puts on an account's file, from its card or by command. */
export function noteSubject(world: World, cards: AccountCards): Subject {
  return {
    parts: {
      note: {
        may: 'collect',
        usage: 'note ACCOUNT: TEXT',
        help: 'put a note on an account’s file, marked internal; calls, meetings and letters go in by Note… on its card',
        run: (request) => note(world, request),
      },
    },
    clicks: {
      'account-note': {
        may: 'collect',
        run: cards.open(async ({ ref, today }, carried) => {
          const contacts = await world.ledger.contacts(ref.a);
          const [channel, direction, on, ...rest] = interactionFields({ channel: 'note', on: today, contacts });
          return modal('account-note', 'Put on file', 'Save', carried, [channel!, direction!, on!, wordsField(), ...rest, filesField()]);
        }),
      },
    },
    submits: {
      'account-note': {
        may: 'collect',
        async run(request) {
          const carried = carriedBy(request);
          const { view, asker } = request;
          const interaction: Interaction = {
            ...enteredInteraction(request),
            id: `interaction:${view.id}`,
            text: entered(request, 'text').trim(),
            attachments: enteredFiles(request),
            source: null,
          };
          const asked = { do: 'record-interaction', ...interaction } as const;
          const result = await changeAccount(world, carried.a, asked, asker.user, `submit:${view.id}`);
          if (!result.done) return refusedUnder(result, 'text');
          cards.redrawn(request, carried, `:white_check_mark: On file, marked ${interaction.marking.replace('-', ' ')}.`);
          return undefined;
        },
      },
    },
  };
}

async function note(world: World, { text, asker, answer, settings, triggerId }: CommandRequest): Promise<void> {
  const example = `\`/${settings.commands.collections} note ACCOUNT: they pay after the audit\``;
  const read = await namedAccount(world.ledger, text);
  if (!read) throw new Refused(`Name the account, then a colon, then the note: ${example}. Nothing was recorded.`);
  const { wanted, found, words } = read;
  if (found.kind === 'none')
    throw new Refused(`No account has “${plain(wanted)}” in its name or number. Nothing was recorded. For example: ${example}.`);
  if (found.kind === 'many') return answer(accountChoices(wanted, found.accounts));
  const account = await world.accounts.load(found.id);
  if (!account) throw new Refused(REFUSED['no-such-account']);
  const asked = {
    do: 'record-interaction',
    id: `interaction:${triggerId}`,
    channel: 'note',
    direction: 'internal',
    on: dayIn(zoneOf(account, settings), world.clock.now()),
    contact: '',
    subject: '',
    text: words,
    marking: 'internal',
    attachments: [],
    source: null,
  } as const;
  const result = await changeAccount(world, found.id, asked, asker.user, `command:${triggerId}`);
  if (!result.done) throw new Refused(REFUSED[result.refused]);
  await answer(sentence(`:white_check_mark: On the file of *${plain(account.name)}*, marked internal.`));
}
