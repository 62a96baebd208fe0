import type { Button, KnownBlock } from '@slack/types';
import { contextLine } from '../slack/freshness.ts';
import { section } from '../slack/parts.ts';
import { REFUSED } from '../slack/refusals.ts';
import type { Reply } from '../slack/reply.ts';
import { andMore, clip, counted, firstOf, plain } from '../slack/text.ts';
import { actor } from '../trail/facts.view.ts';
import type { AssignManyState } from './assign-many.op.ts';
import type { CommandNames } from './settings.port.ts';
import type { AssignmentNews, Listed } from './tell-assignment.op.ts';

const SHOWN = 30;

const said = (text: string, ...blocks: KnownBlock[]): Reply => ({ text, blocks: [section(text), ...blocks] });

/** One message, however many accounts; `names` by account id. */
export function assignmentNews(news: AssignmentNews, names: ReadonlyMap<string, string>, commands: CommandNames): Reply {
  const by = actor(news.by);
  const lines: string[] = [];
  if (news.gained.count > 0)
    lines.push(`:inbox_tray: *${counted(news.gained.count, 'account')} assigned to you* by ${by}: ${nameList(news.gained, names)}.`);
  if (news.lost.count > 0)
    lines.push(
      `:outbox_tray: *${counted(news.lost.count, 'account')} no longer yours*, given to somebody else by ${by}: ${nameList(news.lost, names)}.`,
    );
  const buttons: Button[] = news.gained.ids.slice(0, 5).map((id, index) => ({
    type: 'button',
    action_id: `account-card:told${index}`,
    text: { type: 'plain_text', text: clip(names.get(id) ?? 'Open', 75) },
    value: JSON.stringify({ a: id }),
  }));
  const text = lines.join('\n');
  return said(
    text,
    ...(buttons.length > 0 ? [{ type: 'actions' as const, elements: buttons }] : []),
    contextLine(`\`/${commands.overdue}\` shows what is overdue; \`/${commands.account} NAME\` opens one account.`),
  );
}

function nameList({ count, ids }: Listed, names: ReadonlyMap<string, string>): string {
  const shown = ids.map((id) => plain(names.get(id) ?? 'an account that is gone'));
  return firstOf(shown, SHOWN, count);
}

export function unreachableNews(missing: string, count: number): Reply {
  return said(
    `:warning: I could not tell <@${missing}> about ${counted(count, 'new account')}: Slack says this person cannot be reached (deactivated, or no member of this workspace). The accounts are assigned all the same. Give them to somebody who is there.`,
    reassignFrom(missing),
  );
}

export function leaverNews(user: string, count: number, commands: CommandNames): Reply {
  const what =
    count === 0 ? 'No account is left with them.' : `${counted(count, 'account')} still ${count === 1 ? 'has' : 'have'} them as collector.`;
  return said(
    `:wave: *Collector left*: <@${user}>’s Slack account was deactivated. ${what}`,
    ...(count > 0 ? [reassignFrom(user)] : []),
    contextLine(`Later: \`/${commands.collections} reassign @from to @to\``),
  );
}

/** Opens the form that gives all accounts of one person to others. */
export function reassignFrom(user: string): KnownBlock {
  return {
    type: 'actions',
    elements: [{ type: 'button', action_id: 'reassign-open', text: { type: 'plain_text', text: 'Reassign their accounts…' }, value: user }],
  };
}

export function bulkStart(total: number, next = 0): Reply {
  return said(
    `:hourglass_flowing_sand: Reassigning ${counted(total, 'account')}${next > 0 ? `: ${next.toLocaleString('en-GB')} done` : ''}… This message changes when it is finished.`,
  );
}

/** `names` of the accounts that were left alone. */
export function bulkEnd({ total, refused }: Pick<AssignManyState, 'total' | 'refused'>, names: ReadonlyMap<string, string>): Reply {
  const head = `:white_check_mark: ${counted(total - refused.length, 'account')} reassigned. The collectors are told, each in one message.`;
  if (refused.length === 0) return said(head);
  const left = refused.slice(0, 10).map(({ account, why }) => `• ${plain(names.get(account) ?? account)}: ${REFUSED[why]}`);
  left.push(...andMore(refused.length - left.length));
  return said(
    `${head}\n*${counted(refused.length, 'account')} left as ${refused.length === 1 ? 'it is' : 'they are'}*\n${left.join('\n')}`,
  );
}
