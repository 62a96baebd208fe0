import { z } from 'zod';
import { changeAccount } from '../account/change-account.op.ts';
import { addDays, dayIn, zoneOf } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { anyCarried, readCarried } from '../slack/carried.ts';
import { type Asker, Refused, type Subject } from '../slack/listeners.ts';
import { REFUSED } from '../slack/refusals.ts';
import { mayDo } from '../team/team.ts';
import { NUMBERS } from './numbers.ts';
import { smallBalances } from './small-balances.op.ts';
import { smallBalancesReply } from './small-balances.view.ts';

const place = z.object({ p: z.number().int().min(0).max(1_000_000) });
const kept = place.extend({ a: z.string().max(100), e: z.string().max(100), i: z.string().max(200) });

/** /collections small: what is too small for any further step, and keeping it for now. */
export function smallBalancesSubject(world: World): Subject {
  const page = async ({ user }: Asker, wanted: number) => {
    const [all, team] = await Promise.all([smallBalances(world), world.team.read()]);
    return smallBalancesReply(all, wanted, mayDo(team, user, 'collect'));
  };
  return {
    parts: {
      small: {
        may: 'read',
        usage: 'small',
        help: 'small balances that have had every step they reach: write off, or keep',
        run: async ({ asker, answer }) => answer(await page(asker, 0)),
      },
    },
    clicks: {
      'small-page': {
        may: 'read',
        async run({ asker, value, replace }) {
          const wanted = place.safeParse(anyCarried(value));
          if (!wanted.success) throw new Refused('This page of the list cannot be read any more. Ask for the list again.');
          await replace(await page(asker, wanted.data.p));
        },
      },
      'small-keep': {
        may: 'collect',
        async run({ asker, value, replace }) {
          const { a, e, i, p } = readCarried(kept, value);
          const [row, settings] = await Promise.all([world.ledger.account(a), world.settings.read()]);
          const until = addDays(dayIn(zoneOf(row, settings), world.clock.now()), NUMBERS.keptDays);
          const request = { do: 'rest-invoice', entity: e, invoice: i, why: 'small', until } as const;
          const result = await changeAccount(world, a, request, asker.user, `click:small:${e}:${i}:${until}`);
          if (!result.done) throw new Refused(REFUSED[result.refused]);
          await replace(await page(asker, p));
        },
      },
    },
  };
}
