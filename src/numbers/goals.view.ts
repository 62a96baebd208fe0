import type { KnownBlock } from '@slack/types';
import { contextLine } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import { money } from '../slack/text.ts';
import { POSTS, type PostKind, type Posts, type Progress } from './goals.ts';

const POST_WORDS: { readonly [Kind in PostKind]: string } = {
  report: 'Monthly report, on the second working day',
  forecast: 'Forecast with its scores, on Mondays',
  lessons: 'Causes and open actions, each quarter',
};

/** '€12,000.00 of €50,000.00 (24%)'; without a target the cash alone; of a target of 0 there is no share. */
export function progressWords({ cash, target, currency }: Pick<Progress, 'cash' | 'target' | 'currency'>): string {
  if (target === null) return `${money(cash, currency)}, no target`;
  const share = target > 0 ? ` (${Math.round((cash / target) * 100)}%)` : '';
  return `${money(cash, currency)} of ${money(target, currency)}${share}`;
}

const who = (collector: string) => (collector === '' ? 'Team' : `<@${collector}>`);

/** Targets of the month with what came, and what is posted by itself. For managers alone: nobody is ranked in a channel. */
export function goalsBlocks(progress: readonly Progress[], posts: Posts, channel: string): KnownBlock[] {
  const lines = progress.map((each) => `• ${who(each.collector)}: ${progressWords(each)}`);
  const here = channel.split(':')[0] ?? '';
  const switches = POSTS.flatMap((post) => [
    ...(posts[post] === '' && here.startsWith('C') ? [button('post-set', `${post}-on`, `Post ${post} here`, { k: post, c: here })] : []),
    ...(posts[post] === '' ? [] : [button('post-set', `${post}-off`, `Stop posting ${post}`, { k: post, c: '' })]),
  ]);
  return [
    section(`*Cash this month against target*\n${lines.length > 0 ? lines.join('\n') : 'Nothing came in yet, and no target is set.'}`),
    { type: 'actions', elements: [button('target-set', 'new', 'Set target…', {})] },
    { type: 'divider' },
    section(
      `*Posted by itself*\n${POSTS.map((post) => `• ${POST_WORDS[post]}: ${posts[post] === '' ? 'off' : `<#${posts[post]}>`}`).join('\n')}`,
    ),
    ...(switches.length > 0 ? [{ type: 'actions' as const, elements: switches }] : []),
    contextLine('Ask in the channel in which something is to be posted.'),
  ];
}

/** What Home and the digest say of the month: the team's cash against its targets. */
export function teamProgress(progress: readonly Progress[]): string | null {
  const team = progress.filter(({ collector, target }) => collector === '' && target !== null);
  return team.length > 0 ? `Cash this month: ${team.map(progressWords).join(' · ')}` : null;
}
