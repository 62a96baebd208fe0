import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { dayIn } from '../kernel/day.ts';
import { readCarried } from '../slack/carried.ts';
import { type Asker, Refused, type Subject } from '../slack/listeners.ts';
import { ACTION, enteredOptions, field, fieldErrors, modal } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { type Reply, sentence } from '../slack/reply.ts';
import { clip, counted } from '../slack/text.ts';
import type { SlackWorld } from '../slack/world.ts';
import { mentioned } from './assignable.slack.ts';
import { changeTeam } from './change-team.op.ts';
import { absentOn, memberOf, ROLES, type Role, type Team } from './team.ts';

const ROLE_WORDS: Readonly<Record<Role, [name: string, may: string]>> = {
  collector: ['Collector', 'works a list: holds, snoozes, statuses'],
  manager: ['Manager', 'assigns accounts, writes rules, approves'],
  'finance-lead': ['Finance lead', 'like a manager; approves large and final steps'],
  owner: ['Account owner in sales', 'sees balances; is asked before firm steps'],
  admin: ['Admin', 'gives roles, sets channels and hours'],
};

/** /collections roles: who may do what. */
export function rolesSubject(world: SlackWorld): Subject {
  const open = async (user: string, asker: Asker) => {
    const stranger = await world.membership({ ...asker, user });
    if (stranger)
      throw new Refused(`<@${user}> cannot be given a role: only active full members of this workspace can. Nothing was changed.`);
    return rolesModal(user, memberOf(await world.team.read(), user)?.roles ?? [], asker.channel);
  };
  return {
    parts: {
      roles: {
        may: 'admin',
        usage: 'roles [@somebody]',
        help: 'who has which role; with a name: give or take roles',
        async run({ text, asker, answer, client, triggerId, settings }) {
          const [user] = mentioned(text);
          if (user) return void (await client.views.open({ trigger_id: triggerId, view: await open(user, asker) }));
          if (text !== '')
            throw new Refused(`I do not know who that is. Name one person with @: \`/${settings.commands.collections} roles @somebody\`.`);
          const [team, accounts] = await Promise.all([world.team.read(), world.ledger.accounts()]);
          const load = Map.groupBy(accounts, (account) => account.collector);
          const today = dayIn(settings.zone, world.clock.now());
          await answer(rolesReply(team, (one) => load.get(one)?.length ?? 0, today, settings.commands.collections));
        },
      },
    },
    clicks: {
      'roles-open': {
        may: 'admin',
        run: async ({ value, asker, client, triggerId }) =>
          void (await client.views.open({ trigger_id: triggerId, view: await open(value, asker) })),
      },
    },
    submits: {
      roles: {
        may: 'admin',
        async run(request) {
          const { u, c } = readCarried(z.object({ u: z.string().max(40), c: z.string().max(40) }), request.view.private_metadata);
          const roles = ROLES.filter((role) => enteredOptions(request, 'roles').includes(role));
          if (await world.membership({ ...request.asker, user: u }))
            return fieldErrors({ roles: 'This person is no active full member of the workspace any more.' });
          const result = await changeTeam(world, { do: 'set-roles', user: u, roles }, request.asker.user, `submit:${request.view.id}`);
          if (!result.done) return fieldErrors({ roles: REFUSED[result.refused] });
          const now = roles.map((role) => ROLE_WORDS[role][0]).join(', ') || 'no role';
          request.later(() => request.tell(c, sentence(`:white_check_mark: <@${u}> now has: ${now}.`)));
          return undefined;
        },
      },
    },
  };
}

function rolesModal(user: string, roles: readonly Role[], channel: string) {
  const options = ROLES.map((role) => ({
    value: role,
    text: { type: 'plain_text' as const, text: ROLE_WORDS[role][0] },
    description: { type: 'plain_text' as const, text: clip(ROLE_WORDS[role][1], 75) },
  }));
  const chosen = options.filter((option) => roles.includes(option.value));
  const boxes = { type: 'checkboxes' as const, action_id: ACTION, options, ...(chosen.length > 0 ? { initial_options: chosen } : {}) };
  const who: KnownBlock = {
    type: 'section',
    text: { type: 'mrkdwn', verbatim: true, text: `Roles of <@${user}>. Without any, this person cannot use Arrears.` },
  };
  return modal('roles', 'Roles', 'Save', { u: user, c: channel }, [who, field('roles', 'May act as', boxes, { optional: true })]);
}

/** Slack's 50 blocks a message, with room for the head and the end. */
const SHOWN = 45;

function rolesReply(team: Team, load: (user: string) => number, today: ReturnType<typeof dayIn>, command: string): Reply {
  const members = team.members.filter((member) => member.roles.length > 0);
  const rows = members.slice(0, SHOWN).map((member): KnownBlock => {
    const notes = [member.roles.map((role) => ROLE_WORDS[role][0]).join(', ')];
    if (load(member.user) > 0) notes.push(counted(load(member.user), 'account'));
    if (absentOn(member, today)) notes.push(`absent through ${member.absence!.to}, covered by <@${member.absence!.cover}>`);
    if (member.left) notes.push(':wave: left Slack');
    const change = {
      type: 'button' as const,
      action_id: `roles-open:${member.user}`,
      text: { type: 'plain_text' as const, text: 'Change…' },
      value: member.user,
    };
    return {
      type: 'section',
      text: { type: 'mrkdwn', verbatim: true, text: `<@${member.user}>: ${notes.join(' · ')}` },
      accessory: change,
    };
  });
  const head = `*Roles of the team* (${counted(members.length, 'person', 'people')})`;
  const more = members.length > SHOWN ? `${(members.length - SHOWN).toLocaleString('en-GB')} more are not shown. ` : '';
  const hint = `${more}Somebody who is not listed: \`/${command} roles @name\`.`;
  return {
    text: 'Roles of the team',
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', verbatim: true, text: head } },
      ...rows,
      { type: 'context', elements: [{ type: 'mrkdwn', verbatim: true, text: hint }] },
    ],
  };
}
