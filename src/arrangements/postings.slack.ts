import type { AccountStore } from '../account/account.port.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import { contextLine } from '../slack/freshness.ts';
import type { Subject } from '../slack/listeners.ts';
import { button, section } from '../slack/parts.ts';
import { sentence } from '../slack/reply.ts';
import { andMore, counted, plain } from '../slack/text.ts';
import { postingLine } from './arrangements.view.ts';

/** Two blocks each, far below Slack's 50. */
const SHOWN = 15;

/** /collections postings: what the bookkeepers still have to credit or take back, oldest first. */
export function postingsSubject(ports: { readonly accounts: AccountStore; readonly ledger: Ledger }): Subject {
  return {
    parts: {
      postings: {
        may: 'read',
        usage: 'postings',
        help: 'what is still to be booked after settlements, discounts and write-offs, until an import shows it',
        async run({ answer }) {
          const [works, rows] = await Promise.all([ports.accounts.all(), ports.ledger.accounts()]);
          const open = rows
            .flatMap((row) => (works.get(row.id)?.postings ?? []).map((posting) => ({ row, posting })))
            .sort((a, b) => (a.posting.on < b.posting.on ? -1 : 1));
          if (open.length === 0)
            return answer(
              sentence(':white_check_mark: Nothing is to be booked: no settlement, discount or write-off waits for its credit note.'),
            );
          const blocks = open.slice(0, SHOWN).map(({ row, posting }, n) => ({
            ...section(`*${plain(row.name)}* · ${plain(row.number)}\n${postingLine(posting)}`),
            accessory: button('account-card', String(n), 'Open card', { a: row.id }),
          }));
          const more = andMore(open.length - SHOWN).map((line) => contextLine(`${line}; the oldest come first.`));
          const heading = section(`*${counted(open.length, 'credit')} to be booked*`);
          await answer({ text: `${counted(open.length, 'credit')} to be booked`, blocks: [heading, ...blocks, ...more] });
        },
      },
    },
  };
}
