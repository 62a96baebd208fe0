import type { KnownBlock } from '@slack/types';
import { contextLine } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { andMore, clip, counted, money, plain } from '../slack/text.ts';
import type { StoredCase } from './case.port.ts';
import type { CaseRef } from './case-card.view.ts';
import { CASE_KIND_WORDS, momentIn } from './case-words.view.ts';

const LISTED = 10;

/** What waits for a person's decision and what they asked for, oldest first. `names` by account id. */
export function caseListReply(
  waiting: readonly StoredCase[],
  asked: readonly StoredCase[],
  names: ReadonlyMap<string, string>,
  zone: string,
): Reply {
  const heading =
    waiting.length === 0 ? 'Nothing waits for your decision.' : `*${counted(waiting.length, 'decision waits', 'decisions wait')} for you*`;
  return {
    text: heading,
    blocks: [
      section(heading),
      ...caseRows(waiting, names, zone, 'waiting'),
      ...(asked.length > 0 ? [section('*You asked for*'), ...caseRows(asked, names, zone, 'asked')] : []),
    ],
  };
}

/** One row a case with a button that opens its card; `key` tells the rows of two lists apart. */
export function caseRows(cases: readonly StoredCase[], names: ReadonlyMap<string, string>, zone: string, key: string): KnownBlock[] {
  const rows = cases.slice(0, LISTED).map(({ case: of }, index): KnownBlock => {
    const name = clip(plain(names.get(of.account) ?? of.account), 100);
    const text = `*${CASE_KIND_WORDS[of.kind]}* · ${name} · ${money(of.amount, of.currency)}\nasked by <@${of.requester}>, open until ${momentIn(of.expiresAt, zone)}`;
    return { ...section(text), accessory: button('case-show', `${key}-${index}`, 'Open', { c: of.id, r: of.revision } satisfies CaseRef) };
  });
  return [...rows, ...andMore(cases.length - LISTED).map((line) => contextLine(line))];
}
