import { shortDay } from '../slack/freshness.ts';
import { money, plain } from '../slack/text.ts';
import type { GoalsFact } from './goals.ts';
import { CAUSE_WORDS, WHERE_WORDS } from './lesson-words.view.ts';
import type { LessonFact } from './lessons.ts';

type Told = GoalsFact | LessonFact;

export const NUMBERS_SENTENCES: { readonly [Type in Told['type']]: (fact: Told & { readonly type: Type }) => string } = {
  'target-set': ({ month, collector, currency, to }) =>
    `target of ${collector === '' ? 'the team' : `<@${collector}>`} for ${month}: ${to === null ? `none in ${currency}` : money(to, currency)}`,
  'post-set': ({ post, channel }) =>
    channel === '' ? `the ${post} is not posted by itself any more` : `the ${post} is posted in <#${channel}>`,
  'lesson-opened': ({ lost, currency, amount }) =>
    `a case of ${money(amount, currency)} ended${lost > 0 ? `, ${money(lost, currency)} lost` : ''}: what it teaches is asked for`,
  'lesson-recorded': ({ cause, where, action, owner, until }) =>
    `cause: ${CAUSE_WORDS[cause]}; to change: ${WHERE_WORDS[where]}. ${plain(action)} (<@${owner}>, until ${shortDay(until)})`,
  'lesson-skipped': ({ reason }) => `no lesson recorded: ${plain(reason)}`,
  'lesson-action-done': ({ action }) => `done: ${plain(action)}`,
};
