import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { cardButton, pageOf } from '../follow-up/work-list.view.ts';
import type { World } from '../kernel/world.port.ts';
import { anyCarried } from '../slack/carried.ts';
import { contextLine, shortDay } from '../slack/freshness.ts';
import { Refused, type Subject } from '../slack/listeners.ts';
import { pageButtons, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { counted, money, plain } from '../slack/text.ts';
import { listPromises, type PromiseReport } from './list-promises.op.ts';
import { rateWords } from './promise-record.view.ts';

const place = z.object({ p: z.number().int().min(0).max(1_000_000) });

/** /collections promises: how many were kept in the last year, and what is still promised. */
export function promisesSubject(world: World): Subject {
  const page = async (wanted: number) => promisesReply(await listPromises(world), wanted);
  return {
    parts: {
      promises: {
        may: 'read',
        usage: 'promises',
        help: 'promises to pay: how many were kept in the last year, and what is promised now',
        run: async ({ answer }) => answer(await page(0)),
      },
    },
    clicks: {
      'promises-page': {
        may: 'read',
        async run({ value, replace }) {
          const wanted = place.safeParse(anyCarried(value));
          if (!wanted.success) throw new Refused('This page of the list cannot be read any more. Ask for the list again.');
          await replace(await page(wanted.data.p));
        },
      },
    },
  };
}

function promisesReply({ today, rates, kept, open }: PromiseReport, wanted: number): Reply {
  const { rows, page, pages } = pageOf(open, wanted);
  const record =
    kept === null
      ? 'No promise has ended in the last year.'
      : `*${kept}% of the promises of the last year were kept.*\n${rates.map((rate) => `• ${rateWords(rate)}`).join('\n')}`;
  const blocks: KnownBlock[] = [section(`*Promises to pay*\n${record}`)];
  blocks.push(section(open.length === 0 ? 'Nothing is promised at the moment.' : `*Open*: ${counted(open.length, 'promise')}`));
  for (const [index, { account, name, promise }] of rows.entries()) {
    const { amount, currency, date, parts, saidBy, takenBy } = promise;
    const due = date < today ? `for ${shortDay(date)}, in its days of grace` : date === today ? 'for today' : `for ${shortDay(date)}`;
    const text = `*${plain(name)}*: ${money(amount, currency)} ${due} on ${parts.map((part) => plain(part.invoice)).join(', ')}\nsaid ${plain(saidBy)} to <@${takenBy}>`;
    blocks.push({ ...section(text), accessory: cardButton(account, `${page}-${index}`) });
  }
  const buttons = pageButtons('promises-page', page, pages, (p) => ({ p }));
  if (buttons.length > 0) blocks.push({ type: 'actions', elements: buttons });
  if (pages > 1) blocks.push(contextLine(`Page ${page + 1} of ${pages}`));
  return { text: `Promises to pay: ${counted(open.length, 'open promise', 'open promises')}`, blocks };
}
