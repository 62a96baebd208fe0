import { accountChoices } from '../account/account-choices.view.ts';
import { type ChangeAccountPorts, changeAccount } from '../account/change-account.op.ts';
import { findAccount } from '../account/read-account.op.ts';
import { dayIn } from '../kernel/day.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import { type CommandRequest, Refused, type Subject } from '../slack/listeners.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { plain } from '../slack/text.ts';
import { type AssignableCheck, mentioned } from './assignable.slack.ts';
import type { TeamStore } from './team.port.ts';
import { absentOn, actingFor, memberOf } from './team.ts';

export interface AssignPorts extends ChangeAccountPorts {
  readonly ledger: Ledger;
  readonly team: TeamStore;
  readonly assignable: AssignableCheck;
}

/** /collections assign: one account by command; by button it is the account's card. */
export function assignSubject(ports: AssignPorts): Subject {
  return {
    parts: {
      assign: {
        may: 'manage',
        usage: 'assign ACCOUNT to @somebody',
        help: 'give one account to a collector',
        run: (request) => assign(ports, request),
      },
    },
  };
}

async function assign(ports: AssignPorts, { text, asker, answer, settings, triggerId }: CommandRequest): Promise<void> {
  const example = async () => `\`/${settings.commands.collections} assign ${await firstName(ports)} to @somebody\``;
  const [to] = mentioned(text);
  const wanted = /^(.*?)\s+to\s+<@[^>]*>\s*$/i.exec(text)?.[1]?.trim();
  if (!to || !wanted) throw new Refused(`Name the account and the collector: ${await example()}.`);
  const found = await findAccount(ports.ledger, wanted);
  if (found.kind === 'none') {
    throw new Refused(`No account has “${plain(wanted)}” in its name or number. Nothing was changed. For example: ${await example()}.`);
  }
  if (found.kind === 'many') return answer(accountChoices(wanted, found.accounts));
  const problem = await ports.assignable(to, asker);
  if (problem) throw new Refused(`<@${to}>: ${problem} Nothing was changed.`);
  const before = await ports.accounts.load(found.id);
  if (!before) throw new Refused(REFUSED['no-such-account']);
  const seen = before.work.collector;
  const request = { do: 'assign', to, how: 'by hand', seen } as const;
  const result = await changeAccount(ports, found.id, request, asker.user, `command:${triggerId}`);
  if (!result.done) throw new Refused(REFUSED[result.refused]);
  const told = seen ? `It was with <@${seen}>. Both are told.` : 'They are told.';
  await answer(sentence(`:white_check_mark: *${plain(before.name)}* is now with <@${to}>. ${told}${await absenceNote(ports, to)}`));
}

async function absenceNote(ports: AssignPorts, user: string): Promise<string> {
  const [team, { zone }] = await Promise.all([ports.team.read(), ports.settings.read()]);
  const today = dayIn(zone, ports.clock.now());
  if (!absentOn(memberOf(team, user), today)) return '';
  return ` <@${user}> is absent at present; <@${actingFor(team, user, today)}> covers.`;
}

/** A name of the reader's own data. */
async function firstName(ports: AssignPorts): Promise<string> {
  const [first] = await ports.ledger.accounts();
  return first ? plain(first.name.split(/\s+/)[0]!) : 'ACME';
}
