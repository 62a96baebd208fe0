import type { KnownBlock } from '@slack/types';
import { countryName } from '../slack/country-words.ts';
import { contextLine } from '../slack/freshness.ts';
import type { Reply } from '../slack/reply.ts';
import { andMore, counted, plain } from '../slack/text.ts';
import type { LedgerAccount } from './account.ts';

const SHOWN = 10;

/** More than one account fits: the asker picks; nothing is guessed. `action` is the button's: it gets the account's id. */
export function accountChoices(text: string, accounts: readonly LedgerAccount[], action = 'account-card'): Reply {
  const heading = `${counted(accounts.length, 'account')} have “${plain(text)}” in their name or number. Which one?`;
  const rows: KnownBlock[] = accounts.slice(0, SHOWN).map((account) => ({
    type: 'section',
    text: {
      type: 'mrkdwn',
      verbatim: true,
      text: `*${plain(account.name)}* · ${plain(account.number)}${account.country ? ` · ${plain(countryName(account.country))}` : ''}`,
    },
    accessory: {
      type: 'button',
      action_id: `${action}:${account.id}`.slice(0, 255),
      text: { type: 'plain_text', text: 'Open' },
      value: JSON.stringify({ a: account.id }),
    },
  }));
  const more = andMore(accounts.length - SHOWN).map((line) => contextLine(`${line}. Type more of the name.`));
  return { text: heading, blocks: [{ type: 'section', text: { type: 'mrkdwn', verbatim: true, text: heading } }, ...rows, ...more] };
}
