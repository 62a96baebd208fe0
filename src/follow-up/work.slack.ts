import { z } from 'zod';
import { changeAccount } from '../account/change-account.op.ts';
import { addDays, day, dayIn } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { anyCarried, readCarried } from '../slack/carried.ts';
import { shortDay } from '../slack/freshness.ts';
import { Refused, type Subject } from '../slack/listeners.ts';
import { dayField, entered, fieldErrors, modal } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { plain } from '../slack/text.ts';
import type { Home } from './home.slack.ts';
import { listOf, readBoard } from './list-work.op.ts';
import { workListReply } from './work-list.view.ts';

const SNOOZE_DAYS = 3;

const listPlace = z.object({ p: z.number().int().min(0).max(1_000_000) });
const account = z.object({ a: z.string().max(100) });
/** Where the answer goes: the channel of the list, '' for Home. */
const CARRIED = account.extend({ c: z.string().max(40), home: z.boolean() });

/** The collector's own list: on demand, page by page, and snoozing from it. The daily one by direct message carries the same buttons. */
export function workSubject(world: World, home: Home): Subject {
  const page = async (user: string, wanted: number) => {
    const [board, { zone }] = await Promise.all([readBoard(world), world.settings.read()]);
    return workListReply(listOf(board, user), user, wanted, zone, world.clock.now());
  };
  return {
    parts: {
      mine: {
        may: 'read',
        usage: 'mine',
        help: 'your own list: what to do next, most urgent first',
        run: async ({ asker, answer }) => answer(await page(asker.user, 0)),
      },
    },
    clicks: {
      'work-page': {
        may: 'read',
        async run({ asker, value, replace }) {
          const wanted = listPlace.safeParse(anyCarried(value));
          if (!wanted.success) throw new Refused('This page of the list cannot be read any more. Ask for the list again.');
          await replace(await page(asker.user, wanted.data.p));
        },
      },
      // Whoever snoozes looks at a list, not at a card: what else has changed on the account meanwhile does not matter.
      'work-snooze': {
        may: 'collect',
        async run({ asker, value, body, client, settings, triggerId }) {
          const { a } = readCarried(account, value);
          const today = dayIn(settings.zone, world.clock.now());
          const hint = 'Through this day; follow-up goes on, only the list stays quiet.';
          const field = dayField('until', 'Out of the list through', addDays(today, SNOOZE_DAYS), hint);
          const view = modal('work-snooze', 'Snooze', 'Snooze', { a, c: asker.channel, home: body.view?.type === 'home' }, [field]);
          await client.views.open({ trigger_id: triggerId, view });
        },
      },
    },
    submits: {
      'work-snooze': {
        may: 'collect',
        async run(request) {
          const { a, c, home: fromHome } = readCarried(CARRIED, request.view.private_metadata);
          const until = day(entered(request, 'until'));
          const result = await changeAccount(world, a, { do: 'snooze', until }, request.asker.user, `submit:${request.view.id}`);
          if (!result.done) return fieldErrors({ until: REFUSED[result.refused] });
          const { user } = request.asker;
          request.later(() => {
            if (fromHome) return home.show(user, { page: 0, owned: 0 });
            return request.tell(
              c,
              sentence(`:white_check_mark: *${plain(result.account.name)}* is out of the list through ${shortDay(until)}.`),
            );
          });
          return undefined;
        },
      },
    },
  };
}
