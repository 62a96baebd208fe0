import type { Button, KnownBlock } from '@slack/types';
import { z } from 'zod';
import { type Day, day, dayIn } from '../kernel/day.ts';
import { readCarried } from '../slack/carried.ts';
import { shortDay } from '../slack/freshness.ts';
import { type Asker, Refused, type Subject } from '../slack/listeners.ts';
import { dayField, entered, fieldErrors, modal, personField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { type Reply, sentence } from '../slack/reply.ts';
import type { SlackWorld } from '../slack/world.ts';
import { mentioned } from './assignable.slack.ts';
import { changeTeam } from './change-team.op.ts';
import { memberOf, type Team } from './team.ts';

const CARRIED = z.object({ u: z.string().max(40), c: z.string().max(40) });

/** /collections absence: who is away, from when to when, and who covers. One's own; managers set anybody's. */
export function absenceSubject(world: SlackWorld): Subject {
  /** Everybody may speak for themselves; for others it takes a manager, checked at each step. */
  const mayFor = async (user: string, asker: Asker) => {
    const refusal = user === asker.user ? null : await world.refusal(asker, 'manage');
    if (refusal) throw new Refused(refusal);
  };
  const today = async () => dayIn((await world.settings.read()).zone, world.clock.now());
  const status = async (user: string, notice?: string) => absenceReply(await world.team.read(), user, await today(), notice);
  return {
    parts: {
      absence: {
        may: 'read',
        usage: 'absence [@somebody]',
        help: 'who is away and who covers; set or end an absence (managers: of anybody)',
        async run({ text, asker, answer, settings }) {
          const user = mentioned(text)[0] ?? asker.user;
          if (text !== '' && mentioned(text).length === 0)
            throw new Refused(
              `I do not know who that is. Name one person with @, or nobody for yourself: \`/${settings.commands.collections} absence\`.`,
            );
          await mayFor(user, asker);
          await answer(await status(user));
        },
      },
    },
    clicks: {
      'absence-set': {
        may: 'read',
        async run({ value, asker, client, triggerId }) {
          await mayFor(value, asker);
          const from = await today();
          const absence = memberOf(await world.team.read(), value)?.absence;
          const blocks: KnownBlock[] = [
            { type: 'section', text: { type: 'mrkdwn', verbatim: true, text: `Absence of <@${value}>` } },
            dayField('from', 'First day away', absence?.from ?? from),
            dayField('to', 'Last day away', absence?.to ?? from),
            personField('cover', 'Who covers', absence?.cover, 'Sees these accounts in their own list and gets new accounts meanwhile.'),
          ];
          await client.views.open({
            trigger_id: triggerId,
            view: modal('absence', 'Absence', 'Save', { u: value, c: asker.channel }, blocks),
          });
        },
      },
      'absence-end': {
        may: 'read',
        async run({ value, asker, body, replace }) {
          await mayFor(value, asker);
          const command = `click:absence-end:${value}:${body.container.message_ts ?? body.trigger_id}`;
          const result = await changeTeam(world, { do: 'set-absence', user: value, absence: null }, asker.user, command);
          await replace(await status(value, result.done ? ':white_check_mark: The absence is ended.' : REFUSED[result.refused]));
        },
      },
    },
    submits: {
      absence: {
        may: 'read',
        async run(request) {
          const { u, c } = readCarried(CARRIED, request.view.private_metadata);
          await mayFor(u, request.asker);
          const cover = entered(request, 'cover');
          const problem = await world.assignable(cover, request.asker);
          if (problem) return fieldErrors({ cover: problem });
          const absence = { from: day(entered(request, 'from')), to: day(entered(request, 'to')), cover };
          const result = await changeTeam(world, { do: 'set-absence', user: u, absence }, request.asker.user, `submit:${request.view.id}`);
          if (!result.done) return fieldErrors({ [FIELD[result.refused] ?? 'to']: REFUSED[result.refused] });
          const told = sentence(
            `:white_check_mark: <@${u}> is absent from ${shortDay(absence.from)} through ${shortDay(absence.to)}; <@${cover}> covers.`,
          );
          request.later(() => request.tell(c, told));
          return undefined;
        },
      },
    },
  };
}

const FIELD: Partial<Record<string, string>> = { 'covers-oneself': 'cover', 'cover-is-no-collector': 'cover' };

function absenceReply(team: Team, user: string, today: Day, notice?: string): Reply {
  const own = memberOf(team, user)?.absence ?? null;
  const mine = own && own.to >= today ? own : null;
  const line = (who: string, { from, to, cover }: NonNullable<typeof own>) =>
    `<@${who}>: ${shortDay(from)} to ${shortDay(to)}, covered by <@${cover}>`;
  const others = team.members.filter((member) => member.user !== user && member.absence && member.absence.to >= today);
  const button = (id: string, label: string): Button => ({
    type: 'button',
    action_id: id,
    text: { type: 'plain_text', text: label },
    value: user,
  });
  const lines = [
    ...(notice ? [notice] : []),
    mine ? line(user, mine) : `No absence is set for <@${user}>.`,
    ...(others.length > 0 ? ['*Others*', ...others.slice(0, 20).map((member) => line(member.user, member.absence!))] : []),
  ];
  const buttons = [button('absence-set', mine ? 'Change…' : 'Set absence…'), ...(mine ? [button('absence-end', 'End it')] : [])];
  return {
    text: lines[0]!,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', verbatim: true, text: lines.join('\n') } },
      { type: 'actions', elements: buttons },
    ],
  };
}
