import { z } from 'zod';
import { changeAccount } from '../account/change-account.op.ts';
import type { World } from '../kernel/world.port.ts';
import { readCarried } from '../slack/carried.ts';
import { type Asker, Refused, type Subject } from '../slack/listeners.ts';
import { REFUSED } from '../slack/refusals.ts';
import { plain } from '../slack/text.ts';
import { mayDo, ownerUser } from '../team/team.ts';
import { FLAG_ANSWERS } from './answered-flags.ts';
import { FLAG_ANSWER_WORDS } from './flag-words.view.ts';
import { flagsReply } from './flags.view.ts';
import { FLAGS } from './hygiene.ts';
import { readFlags } from './read-flags.op.ts';

const REF = z.object({
  a: z.string().max(100),
  e: z.string().max(60),
  n: z.string().max(100),
  f: z.enum(FLAGS),
  w: z.enum(FLAG_ANSWERS),
  l: z.boolean(),
});

/** /collections missing: what may keep invoices from being paid on time, before they are due; the owner in sales or the collector answers. */
export function flagsSubject(world: World): Subject {
  const list = async ({ user }: Asker, everybody: boolean, notice?: string) => {
    const team = await world.team.read();
    const all = everybody && mayDo(team, user, 'manage');
    return flagsReply(await readFlags(world, (row) => all || row.collector === user || ownerUser(team, row.owner) === user), all, notice);
  };
  return {
    parts: {
      missing: {
        may: 'read',
        usage: 'missing [all]',
        help: 'invoices that fall due soon and lack something: an order number, the agreed terms, a contact',
        run: async ({ text, asker, answer }) => answer(await list(asker, text.toLowerCase() === 'all')),
      },
    },
    clicks: {
      'flag-answer': {
        may: 'read',
        async run({ value, asker, replace }) {
          const { a, e, n, f, w, l } = readCarried(REF, value);
          const request = { do: 'answer-flag', entity: e, invoice: n, flag: f, answer: w } as const;
          const result = await changeAccount(world, a, request, asker.user, `click:flag:${a}:${e}:${n}:${f}`);
          if (!result.done) throw new Refused(REFUSED[result.refused]);
          await replace(await list(asker, l, `:white_check_mark: ${plain(n)}: ${FLAG_ANSWER_WORDS[w]}. It does not come back.`));
        },
      },
    },
  };
}
