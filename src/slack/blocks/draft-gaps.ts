import type { DraftGap } from '../../operations/draft-content.ts';
import type { DraftGaps } from '../../operations/draft-gaps.ts';
import { clip, counted, plain } from '../text.ts';

/** Why a mail that is due cannot be drafted, and what to do about it. `collections` is the command's name. */
export function gapWords(why: DraftGap, collections: string): string {
  switch (why) {
    case 'no-recipient':
      return 'the ledger has no mail address of a contact that may be written to. Add one in the accounting system; the next import brings it.';
    case 'no-sender':
      return `nobody has said yet as whom the selling entity writes. An admin does so with \`/${collections} sender\`.`;
    case 'no-letter':
      return `the stage of the policy has no letter. A manager chooses one with \`/${collections} policy\`.`;
  }
}

/** "2 mails are due and could not be drafted", with names and reasons; null without any. */
export function gapText(gaps: readonly DraftGaps[], collections: string): string | null {
  if (gaps.length === 0) return null;
  const all = gaps.reduce((sum, { count }) => sum + count, 0);
  const lines = gaps.map(({ why, count, names }) => {
    const more = count > names.length ? ` and ${(count - names.length).toLocaleString('en-GB')} more` : '';
    return `• *${names.map((name) => clip(plain(name), 60)).join(', ')}*${more}: ${gapWords(why, collections)}`;
  });
  return [`:warning: *${counted(all, 'mail is', 'mails are')} due and could not be drafted*`, ...lines].join('\n');
}
