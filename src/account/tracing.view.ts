import type { Button, KnownBlock } from '@slack/types';
import { shortDay } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { clip, counted, money, plain } from '../slack/text.ts';
import { SOURCE_WORDS } from './call-words.view.ts';
import { sourceText } from './contact-facts.view.ts';
import type { Tracing } from './tracing.ts';

interface Named {
  readonly id: string;
  readonly name: string;
  readonly number: string;
}

/** Nobody can be reached: a search begins, told to the collector. */
export function tracingCard({ id, name, number }: Named, tracing: Tracing): Reply {
  const what = 'Mail bounces and calls fail, so nobody there can be reached. Look for a contact, and record what was tried.';
  return {
    text: `Nobody can be reached at ${plain(name)}`,
    blocks: [
      section(`:mag: *Search for a contact* · *${plain(name)}* · ${plain(number)}\n${what}`),
      ...stepsBlocks(tracing),
      { type: 'actions', elements: tracingButtons(id, tracing) },
    ],
  };
}

/** The search on the account's card; nothing when there is none. */
export function tracingBlocks(id: string, tracing: Tracing | null, mayCollect: boolean): KnownBlock[] {
  if (!tracing) return [];
  const head = section(`:mag: *Search for a contact* since ${shortDay(tracing.opened)}: mail bounces and calls fail.`);
  return [head, ...stepsBlocks(tracing), ...(mayCollect ? [{ type: 'actions' as const, elements: tracingButtons(id, tracing) }] : [])];
}

function stepsBlocks({ tried, found }: Tracing): KnownBlock[] {
  const lines = tried.map(
    ({ source, result, cost, currency, on, by }) =>
      `• ${shortDay(on)} ${SOURCE_WORDS[source]}: ${plain(result)}${cost > 0 ? `, cost ${money(cost, currency)}` : ''} (<@${by}>)`,
  );
  const costs = new Map<string, number>();
  for (const { cost, currency } of tried) if (cost > 0) costs.set(currency, (costs.get(currency) ?? 0) + cost);
  const spent = [...costs].map(([currency, cost]) => money(cost, currency)).join(' · ');
  const text = lines.length > 0 ? `*Tried so far*, ${counted(lines.length, 'step')}${spent ? `, ${spent}` : ''}\n${lines.join('\n')}` : '';
  const reach = found && [found.email, found.phone].filter(Boolean).map(plain).join(', ');
  const waits = found
    ? `*Found, not yet in the file*: ${plain(found.name)}${found.role ? ` (${plain(found.role)})` : ''}, ${reach}, from ${sourceText(found.source)}. Is this the right one?`
    : '';
  return [text, waits].filter(Boolean).map((each) => section(clip(each, 3000)));
}

function tracingButtons(account: string, { found, opened }: Tracing): Button[] {
  const about = { a: account };
  const confirm = found
    ? [
        { ...button('tracing-confirm', 'found', 'Add to the file', { ...about, o: opened, n: found.step }), style: 'primary' as const },
        button('tracing-drop', 'found', 'Not the right one', { ...about, o: opened, n: found.step }),
      ]
    : [];
  return [
    ...confirm,
    button('tracing-step', 'search', 'Record the search…', about),
    button('tracing-end', 'search', 'End the search…', about),
  ];
}
