import { accountChoices } from '../account/account-choices.view.ts';
import { changeAccount } from '../account/change-account.op.ts';
import { findAccount } from '../account/read-account.op.ts';
import { dayIn } from '../kernel/day.ts';
import { type CommandRequest, Refused, type Subject } from '../slack/listeners.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { plain } from '../slack/text.ts';
import type { SlackWorld } from '../slack/world.ts';
import { mentioned } from './assignable.slack.ts';
import { absentOn, actingFor, memberOf } from './team.ts';

/** /collections assign: one account by command; by button it is the account's card. */
export function assignSubject(world: SlackWorld): Subject {
  return {
    parts: {
      assign: {
        may: 'manage',
        usage: 'assign ACCOUNT to @somebody',
        help: 'give one account to a collector',
        run: (request) => assign(world, request),
      },
    },
  };
}

async function assign(world: SlackWorld, { text, asker, answer, settings, triggerId }: CommandRequest): Promise<void> {
  const example = async () => `\`/${settings.commands.collections} assign ${await firstName(world)} to @somebody\``;
  const [to] = mentioned(text);
  const wanted = /^(.*?)\s+to\s+<@[^>]*>\s*$/i.exec(text)?.[1]?.trim();
  if (!to || !wanted) throw new Refused(`Name the account and the collector: ${await example()}.`);
  const found = await findAccount(world.ledger, wanted);
  if (found.kind === 'none') {
    throw new Refused(`No account has “${plain(wanted)}” in its name or number. Nothing was changed. For example: ${await example()}.`);
  }
  if (found.kind === 'many') return answer(accountChoices(wanted, found.accounts));
  const problem = await world.assignable(to, asker);
  if (problem) throw new Refused(`<@${to}>: ${problem} Nothing was changed.`);
  const before = await world.accounts.load(found.id);
  if (!before) throw new Refused(REFUSED['no-such-account']);
  const seen = before.work.collector;
  const request = { do: 'assign', to, how: 'by hand', seen } as const;
  const result = await changeAccount(world, found.id, request, asker.user, `command:${triggerId}`);
  if (!result.done) throw new Refused(REFUSED[result.refused]);
  const told = seen ? `It was with <@${seen}>. Both are told.` : 'They are told.';
  await answer(sentence(`:white_check_mark: *${plain(before.name)}* is now with <@${to}>. ${told}${await absenceNote(world, to)}`));
}

async function absenceNote(world: SlackWorld, user: string): Promise<string> {
  const [team, { zone }] = await Promise.all([world.team.read(), world.settings.read()]);
  const today = dayIn(zone, world.clock.now());
  if (!absentOn(memberOf(team, user), today)) return '';
  return ` <@${user}> is absent at present; <@${actingFor(team, user, today)}> covers.`;
}

/** A name of the reader's own data. */
async function firstName(world: SlackWorld): Promise<string> {
  const [first] = await world.ledger.accounts();
  return first ? plain(first.name.split(/\s+/)[0]!) : 'ACME';
}
