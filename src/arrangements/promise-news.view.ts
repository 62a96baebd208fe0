import type { Day } from '../kernel/day.ts';
import { longDay } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { money, plain } from '../slack/text.ts';
import type { PastPromise } from './past-promises.ts';
import { promiseRecord, repeatedWords } from './promise-record.view.ts';

export interface PromiseNewsView {
  readonly account: { readonly id: string; readonly name: string; readonly number: string };
  readonly promise: PastPromise;
  readonly past: readonly PastPromise[];
  readonly today: Day;
  /** Name of the stage that the policy has next, or null. */
  readonly next: string | null;
  /** The card goes to somebody else than who took the promise: why. */
  readonly instead: string | null;
}

/** A promise that was not kept, for whoever took it, with what to do next. */
export function promiseNews({ account, promise, past, today, next, instead }: PromiseNewsView): Reply {
  const { amount, paid, currency, date, invoices, saidBy, outcome } = promise;
  const broken = outcome === 'broken';
  const came = broken ? 'Nothing has come in.' : `${money(paid, currency)} came in; ${money(amount - paid, currency)} did not.`;
  const head = broken ? ':warning: *Promise broken*' : ':warning: *Promise partly kept*';
  const said = `${plain(saidBy)} promised ${money(amount, currency)} for ${longDay(date)} on ${invoices.map(plain).join(', ')}.`;
  const more = [promiseRecord(past, today), repeatedWords(past, today, next && plain(next)), instead].filter((line) => line !== null);
  const about = { a: account.id };
  const key = promise.id.slice(-40);
  return {
    text: `${broken ? 'Promise broken' : 'Promise partly kept'}: ${plain(account.name)}, ${money(amount, currency)}`,
    blocks: [
      section(`${head} · *${plain(account.name)}* · ${plain(account.number)}\n${said}\n*${came}*`),
      ...(more.length > 0 ? [section(more.join('\n'))] : []),
      {
        type: 'actions',
        elements: [
          { ...button('account-call', key, 'Call…', about), style: 'primary' },
          button('promise-again', key, 'New promise…', about),
          button('draft-broken-promise', key, 'Write about it…', { ...about, i: promise.id }),
          button('account-why', key, 'Why?', about),
          button('account-card', key, 'Open card', about),
        ],
      },
    ],
  };
}
