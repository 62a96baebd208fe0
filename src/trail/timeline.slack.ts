import { z } from 'zod';
import type { World } from '../kernel/world.port.ts';
import { anyCarried, readCarried } from '../slack/carried.ts';
import { Refused, type Subject } from '../slack/listeners.ts';
import { entered, fieldErrors } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { type Reply, sentence } from '../slack/reply.ts';
import { mayDo } from '../team/team.ts';
import { changeMarking } from './change-marking.op.ts';
import { FACT_KINDS, typesOfKind } from './fact-table.ts';
import { MARKINGS } from './marking.ts';
import { withheldFrom } from './privileged.op.ts';
import { entryModal, type TimelinePlace, timelineReply } from './timeline.view.ts';

/** Entries a page: well below Slack's limits on blocks and on all text of a message. */
const PAGE = 8;

const kind = z.enum(['all', ...FACT_KINDS]);
const placed = z.object({ a: z.string().max(100), k: kind, b: z.number().int().positive().nullable() });
const entryRef = z.object({ a: z.string().max(100), f: z.string().max(300) });
const carried = entryRef.extend({ c: z.string().max(40) });

/** One page of an account's file as `reader` may see it, read anew at each click. Throws Refused. */
export async function timelinePage(world: World, place: TimelinePlace, reader: string): Promise<Reply> {
  const types = place.k === 'all' ? null : typesOfKind(place.k);
  const [account, page, contacts, { zone }] = await Promise.all([
    world.ledger.account(place.a),
    world.timeline.page(place.a, { types, before: place.b, limit: PAGE }),
    world.ledger.contacts(place.a),
    world.settings.read(),
  ]);
  if (!account) throw new Refused(REFUSED['no-such-account']);
  const entries = await withheldFrom(world, place.a, reader, page.entries);
  return timelineReply({
    account,
    place,
    page: { ...page, entries },
    contacts: new Map(contacts.map((each) => [each.id, each.name])),
    zone,
  });
}

/** What was recorded about an account, page by page, and the marks of its entries. */
export function timelineSubject(world: World): Subject {
  return {
    clicks: {
      'account-timeline': {
        may: 'read',
        // What was recorded is the same whatever version the card was drawn from.
        run: async ({ value, asker, answer }) =>
          answer(
            await timelinePage(
              world,
              { a: z.object({ a: z.string().max(100) }).parse(anyCarried(value)).a, k: 'all', b: null },
              asker.user,
            ),
          ),
      },
      'timeline-page': {
        may: 'read',
        run: async ({ value, asker, replace }) => replace(await timelinePage(world, readCarried(placed, value), asker.user)),
      },
      'timeline-kind': {
        may: 'read',
        async run({ value, body, asker, replace }) {
          const a = body.actions[0]!.action_id.slice('timeline-kind:'.length);
          await replace(await timelinePage(world, { a, k: kind.parse(value), b: null }, asker.user));
        },
      },
      'timeline-entry': {
        may: 'read',
        async run({ value, asker, client, triggerId, settings }) {
          const { a, f } = readCarried(entryRef, value);
          const [account, entry, contacts, team] = await Promise.all([
            world.ledger.account(a),
            world.timeline.entry(a, f),
            world.ledger.contacts(a),
            world.team.read(),
          ]);
          if (!account) throw new Refused(REFUSED['no-such-account']);
          if (!entry) throw new Refused(REFUSED['no-such-entry']);
          const [readable] = await withheldFrom(world, a, asker.user, [entry]);
          if (readable!.withheld) throw new Refused(REFUSED['entry-privileged']);
          const names = new Map(contacts.map((each) => [each.id, each.name]));
          const mayCollect = mayDo(team, asker.user, 'collect');
          const view = entryModal({ account, entry, contacts: names, zone: settings.zone, mayCollect }, asker.channel);
          await client.views.open({ trigger_id: triggerId, view });
        },
      },
    },
    submits: {
      'timeline-mark': {
        may: 'collect',
        async run(request) {
          const { a: account, f: entry, c } = readCarried(carried, request.view.private_metadata);
          const { asker, view } = request;
          const to = z.enum(MARKINGS).parse(entered(request, 'to'));
          const mayManage = mayDo(await world.team.read(), asker.user, 'manage');
          const asked = { account, entry, to, reason: entered(request, 'reason'), mayManage };
          const result = await changeMarking(world, asked, asker.user, `submit:${view.id}`);
          if (!result.done) return fieldErrors({ [result.refused === 'reason-missing' ? 'reason' : 'to']: REFUSED[result.refused] });
          request.later(async () => {
            await request.tell(c, sentence(`:white_check_mark: Marked as ${to.replace('-', ' ')}. The earlier mark stays on file.`));
            await request.tell(c, await timelinePage(world, { a: account, k: 'all', b: null }, asker.user));
          });
          return undefined;
        },
      },
    },
  };
}
