import type { World } from '../kernel/world.port.ts';
import { anyCarried } from '../slack/carried.ts';
import { freshnessLine } from '../slack/freshness.ts';
import type { Subject } from '../slack/listeners.ts';
import { Refused } from '../slack/listeners.ts';
import { sentence } from '../slack/reply.ts';
import { counted } from '../slack/text.ts';
import { sendOverdueFile } from './download.slack.ts';
import { listOverdue } from './list-overdue.op.ts';
import { overdueHeading, overdueListReply } from './overdue-list.view.ts';
import { type OverduePlace, overduePlace, parseOverdue } from './overdue-query.view.ts';

/** /overdue and its pages. Each page is read anew, so a click shows the ledger as it is now. */
export function overdueSubject(world: World): Subject {
  const page = async (place: OverduePlace) => {
    const settings = await world.settings.read();
    const list = await listOverdue(world, place.q, place.o);
    const example = `\`/${settings.commands.overdue} >30\` or \`/${settings.commands.overdue} all\``;
    return overdueListReply(list, place, settings.zone, world.clock.now(), example);
  };
  const read = (value: string): OverduePlace => {
    const parsed = overduePlace.safeParse(anyCarried(value));
    if (!parsed.success) throw new Refused('This page of the list cannot be read any more. Ask for the list again.');
    return parsed.data as OverduePlace;
  };
  return {
    commands: {
      overdue: {
        may: 'read',
        usage: '[part of a name | @collector | me | nobody | 31-60 | >30 | EUR | all] [by age | name]',
        help: 'what is overdue, largest first',
        async run({ text, asker, answer, settings }) {
          const place = parseOverdue(text, asker.user);
          if ('problem' in place) throw new Refused(`${place.problem} For example: \`/${settings.commands.overdue} >30\`.`);
          await answer(await page(place));
        },
      },
    },
    clicks: {
      'overdue-page': { may: 'read', run: async ({ value, replace }) => replace(await page(read(value))) },
      'overdue-download': {
        may: 'read',
        async run({ value, body, asker, client, settings, answer }) {
          const ending = body.actions[0]?.action_id.endsWith(':xlsx') ? 'xlsx' : 'csv';
          const place = read(value);
          const list = await listOverdue(world, place.q, place.o);
          const rows = counted(list.rows.length, 'row');
          const { asOf, sample } = list.freshness;
          const comment = `${overdueHeading(place)}: ${rows}. ${freshnessLine(asOf, sample, settings.zone, world.clock.now())}`;
          const name = await sendOverdueFile(client, asker.user, { list, ending, write: world.writers[ending], comment });
          // From Home there is no other place than the direct messages, where the file itself is.
          if (asker.channel !== '') await answer(sentence(`:white_check_mark: ${name} with ${rows} is in your direct messages with me.`));
        },
      },
      'overdue-list': { may: 'read', run: async ({ value, answer }) => answer(await page(read(value))) },
    },
  };
}
