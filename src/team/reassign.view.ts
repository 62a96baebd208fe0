import type { KnownBlock } from '@slack/types';
import type { Day } from '../kernel/day.ts';
import type { AgeingBucket } from '../ledger/ageing.ts';
import { contextLine } from '../slack/freshness.ts';
import { section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { sentence } from '../slack/reply.ts';
import { clip, counted, firstOf, plain } from '../slack/text.ts';
import { type AssignableRow, type Assignment, loads } from './plan-assignments.op.ts';
import { absentOn, memberOf, type Team, withRole } from './team.ts';

/** A bulk change as its button carries it: from and to (null: nobody, in turn by load), segment, currency, bucket, selling entity, country. */
export interface CarriedMove {
  f: string | null;
  t: string | null;
  s?: string | undefined;
  m?: string | undefined;
  b?: AgeingBucket | undefined;
  e?: string | undefined;
  k?: string | undefined;
}

/** Who has how many accounts; those who left stand out, with a way to hand theirs over. */
export function loadReply(rows: readonly AssignableRow[], team: Team, today: Day, command: string): Reply {
  const load = loads(rows);
  const unassigned = rows.filter((row) => row.collector === null).length;
  const people = [...new Set([...withRole(team, 'collector'), ...load.keys()])].sort((a, b) => (load.get(b) ?? 0) - (load.get(a) ?? 0));
  const row = (who: string, count: number, value: string): KnownBlock => ({
    type: 'section',
    text: { type: 'mrkdwn', verbatim: true, text: `${who}: ${counted(count, 'account')}` },
    ...(count > 0
      ? {
          accessory: {
            type: 'button',
            action_id: `reassign-open:${value || 'nobody'}`,
            text: { type: 'plain_text', text: 'Reassign…' },
            value,
          },
        }
      : {}),
  });
  const blocks = people.slice(0, 40).map((user) => {
    const member = memberOf(team, user);
    const note = member?.left
      ? ' (:wave: *collector left*)'
      : absentOn(member, today)
        ? ` (absent, covered by <@${member!.absence!.cover}>)`
        : '';
    return row(`<@${user}>${note}`, load.get(user) ?? 0, user);
  });
  const hint = contextLine(`Or in one line: \`/${command} reassign @from to @to EUR 31-60\``);
  return {
    text: 'Accounts by collector',
    blocks: [section('*Accounts by collector*'), ...blocks, row('Nobody yet', unassigned, ''), hint],
  };
}

/** What a bulk change would do, before anything is done. `hash` binds the button to exactly these accounts. */
export function movePreview(
  move: CarriedMove,
  assignments: readonly Assignment[],
  names: ReadonlyMap<string, string>,
  hash: string,
  notice?: string,
): Reply {
  const whose = move.f === null ? 'that nobody has' : `of <@${move.f}>`;
  const conditions = [
    move.s === undefined ? '' : `segment ${plain(move.s)}`,
    move.e === undefined ? '' : `sold by ${plain(move.e)}`,
    move.k === undefined ? '' : `in ${plain(move.k)}`,
    move.m === undefined ? '' : `with ${move.m} open`,
    move.b === undefined ? '' : `with something ${move.b === 'current' ? 'not due' : `${move.b} days past due`}`,
  ].filter(Boolean);
  const which = `${whose}${conditions.length > 0 ? ` (${conditions.join(', ')})` : ''}`;
  if (assignments.length === 0) return sentence(`There are no accounts ${which} to move. Nothing was changed.`);
  const byPerson = [...Map.groupBy(assignments, (each) => each.to)].map(
    ([user, theirs]) => `<@${user}> gets ${theirs.length.toLocaleString('en-GB')}`,
  );
  const some = assignments.map((each) => plain(names.get(each.account) ?? each.account));
  const text = `*${counted(assignments.length, 'account')} ${which}* would move: ${byPerson.join(', ')}.\n${firstOf(some, 8)}`;
  const go = {
    type: 'button' as const,
    action_id: 'reassign-go',
    style: 'primary' as const,
    text: { type: 'plain_text' as const, text: clip(`Reassign ${counted(assignments.length, 'account')}`, 75) },
    value: JSON.stringify({ ...move, h: hash }),
    confirm: {
      title: { type: 'plain_text' as const, text: 'Reassign?' },
      text: {
        type: 'plain_text' as const,
        text: `${counted(assignments.length, 'account')} will change their collector. Each collector is told in one message.`,
      },
      confirm: { type: 'plain_text' as const, text: 'Reassign' },
      deny: { type: 'plain_text' as const, text: 'Cancel' },
    },
  };
  const cancel = {
    type: 'button' as const,
    action_id: 'reassign-cancel',
    text: { type: 'plain_text' as const, text: 'Leave it' },
    value: '-',
  };
  return {
    text: `${counted(assignments.length, 'account')} would move`,
    blocks: [...(notice ? [contextLine(notice)] : []), section(text), { type: 'actions', elements: [go, cancel] }],
  };
}
