import type { ActionsBlock, KnownBlock } from '@slack/types';
import { clip, counted, firstOf, plain } from '../slack/text.ts';
import type { DraftGap } from './draft-content.op.ts';
import type { DraftGaps } from './draft-gaps.op.ts';

/** Why a mail that is due cannot be drafted, and what to do about it. `collections` is the command's name. */
export function gapWords(why: DraftGap, collections: string): string {
  switch (why) {
    case 'payee-account':
      return `an e-invoice among the copies names a bank account that two people have not confirmed as ours, or is another invoice. Nothing goes out with it. Call whoever issued the invoice; if the account is ours, enter and confirm it with \`/${collections} payee\`.`;
    case 'no-recipient':
      return 'the ledger has no mail address of a contact that may be written to. Add one in the accounting system; the next import brings it.';
    case 'no-sender':
      return `nobody has said yet as whom the selling entity writes. An admin does so with \`/${collections} sender\`.`;
    case 'no-collector':
      return 'nobody has the account, or its collector has left, so there is no name to sign with. Give it a collector; the mail is drafted within minutes.';
    case 'no-letter':
      return `the stage of the policy has no letter. A manager chooses one with \`/${collections} policy\`.`;
    case 'amounts-too-large':
      return 'its amounts are too large to add up. Open the customer to see the largest invoice, correct it in the accounting system, and import it again.';
  }
}

/** "2 mails are due and could not be drafted", with names and reasons, and what can be done about it from here; nothing without any. */
export function gapBlocks(gaps: readonly DraftGaps[], collections: string): KnownBlock[] {
  if (gaps.length === 0) return [];
  const all = gaps.reduce((sum, { count }) => sum + count, 0);
  const lines = gaps.map(({ why, count, names }) => {
    const who = names.map((name) => clip(plain(name), 60));
    return `• *${firstOf(who, who.length, count)}*: ${gapWords(why, collections)}`;
  });
  const text = [`:warning: *${counted(all, 'mail is', 'mails are')} due and could not be drafted*`, ...lines].join('\n');
  const told: KnownBlock = { type: 'section', text: { type: 'mrkdwn', verbatim: true, text: clip(text, 3000) } };
  const some = (wanted: DraftGap) => gaps.some(({ why }) => why === wanted);
  return [told, ...(some('no-sender') ? [SAY_WHO_WRITES] : []), ...(some('no-collector') ? [ASSIGN] : [])];
}

/** Opens the form of the first selling entity that has no sender. */
export const SAY_WHO_WRITES: ActionsBlock = {
  type: 'actions',
  elements: [{ type: 'button', action_id: 'sender-open', text: { type: 'plain_text', text: 'Say who writes…' }, value: '' }],
};

/** Opens the form that shares out the accounts that nobody has. */
const ASSIGN: KnownBlock = {
  type: 'actions',
  elements: [{ type: 'button', action_id: 'reassign-open:nobody', text: { type: 'plain_text', text: 'Assign accounts…' }, value: '' }],
};
