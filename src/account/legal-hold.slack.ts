import type { World } from '../kernel/world.port.ts';
import { type CommandRequest, Refused, type Subject } from '../slack/listeners.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { plain } from '../slack/text.ts';
import { accountChoices } from './account-choices.view.ts';
import { changeAccount } from './change-account.op.ts';
import { namedAccount } from './named-account.slack.ts';

/** /collections legal-hold: nothing of an account is removed or erased while a claim is expected. */
export function legalHoldSubject(world: World): Subject {
  return {
    parts: {
      'legal-hold': {
        may: 'manage',
        usage: 'legal-hold [lift] ACCOUNT: REASON',
        help: 'nothing of the account is removed or erased until somebody lifts the hold',
        run: (request) => change(world, request),
      },
    },
  };
}

async function change(world: World, { text, asker, answer, settings, triggerId }: CommandRequest): Promise<void> {
  const example = `\`/${settings.commands.collections} legal-hold ACCOUNT: claim of 20 November\``;
  const whole = await namedAccount(world.ledger, text);
  // A customer's name may begin with the word.
  const lift = whole?.found.kind === 'one' ? null : /^lift\s+(.+)$/is.exec(text);
  const read = lift ? await namedAccount(world.ledger, lift[1]!) : whole;
  if (!read) throw new Refused(`Name the account, then a colon, then the reason: ${example}. Nothing was changed.`);
  const { wanted, found, words: reason } = read;
  if (found.kind === 'none')
    throw new Refused(`No account has “${plain(wanted)}” in its name or number. Nothing was changed. For example: ${example}.`);
  if (found.kind === 'many') return answer(accountChoices(wanted, found.accounts));
  const asked = { do: lift ? 'lift-legal-hold' : 'set-legal-hold', reason } as const;
  const result = await changeAccount(world, found.id, asked, asker.user, `command:${triggerId}`);
  if (!result.done) throw new Refused(REFUSED[result.refused]);
  const name = plain(result.account.name);
  await answer(
    sentence(
      lift
        ? `:white_check_mark: The legal hold on *${name}* is lifted. What is old enough goes again as for every account.`
        : `:white_check_mark: *${name}* is on legal hold. Nothing of it is removed or erased until you lift it: \`/${settings.commands.collections} legal-hold lift ACCOUNT: REASON\`.`,
    ),
  );
}
