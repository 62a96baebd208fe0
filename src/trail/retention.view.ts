import type { KnownBlock } from '@slack/types';
import { contextLine, shortDay } from '../slack/freshness.ts';
import { section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { counted } from '../slack/text.ts';
import { type Count, type KeepReason, RECORD_KINDS, type Retention, sameMonths, totalOf } from './retention.ts';
import { KEPT_WORDS, monthsText, RECORD_WORDS } from './retention-words.view.ts';

const title = (words: string) => words.replace(/^./, (first) => first.toUpperCase());

/** Above the form: what holds now, and what the clock did last. */
export function inForceText({ wanted, inForce, decidedBy, lastRun }: Retention): string {
  const set = RECORD_KINDS.filter((kind) => inForce[kind] !== null);
  const times = set.map((kind) => `• ${title(RECORD_WORDS[kind])}: ${monthsText(inForce[kind])}`);
  return [
    set.length > 0
      ? `*In force*, decided by <@${decidedBy}>; everything else is kept for good`
      : '*Nothing is removed*: every record is kept for good.',
    ...times,
    ...(sameMonths(wanted, inForce) ? [] : ['Times below that are shorter hold only once their count is confirmed. Save to count again.']),
    ...(lastRun ? [`Last run on ${shortDay(lastRun.on)}: ${counted(totalOf(lastRun.removed), 'record')} removed.`] : []),
  ].join('\n');
}

/** Before anything goes: how much of each kind, from when, and what stays and why. */
export function countReply({ wanted, inForce, revision }: Retention, count: Count): Reply {
  const going = totalOf(count.going);
  const blocks = [
    section(`*Dry run: nothing was removed*\n${RECORD_KINDS.map((kind) => kindLine(kind, wanted, count)).join('\n')}`),
    ...keptBack(count),
  ];
  if (sameMonths(wanted, inForce)) blocks.push(section('These times are in force. The clock removes what is old enough each day.'));
  else {
    const label = going > 0 ? `Remove ${counted(going, 'record')} for good` : 'Use these times';
    blocks.push({
      type: 'actions',
      elements: [
        {
          type: 'button',
          style: 'danger',
          action_id: 'retention-confirm',
          value: JSON.stringify({ r: revision, on: count.on }),
          text: { type: 'plain_text', text: label },
          confirm: {
            title: { type: 'plain_text', text: going > 0 ? `Remove ${counted(going, 'record')}?` : 'Use these times?' },
            text: {
              type: 'plain_text',
              text: 'What goes cannot be brought back, unless from a backup. From now on the same happens each day to what becomes old enough.',
            },
            confirm: { type: 'plain_text', text: going > 0 ? 'Remove for good' : 'Use them' },
            deny: { type: 'plain_text', text: 'Keep everything' },
          },
        },
      ],
    });
  }
  blocks.push(
    contextLine(
      'Not in my hands: Slack, mailboxes, the outbox folder, backups and your accounting system. Remove it there first: the next import brings back what the system still exports.',
    ),
  );
  return { text: `Dry run: ${counted(going, 'record')} would be removed`, blocks };
}

function kindLine(kind: (typeof RECORD_KINDS)[number], wanted: Retention['wanted'], { going, cutOffs }: Count): string {
  const name = title(RECORD_WORDS[kind]);
  const end = cutOffs[kind];
  if (end === undefined) return `• ${name}: kept for good`;
  const { records, oldest, newest } = going[kind];
  const kept = `${monthsText(wanted[kind])}, so up to ${shortDay(end)}`;
  if (!oldest || !newest) return `• ${name} (${kept}): nothing`;
  return `• ${name} (${kept}): *${counted(records, 'record')}*, ${oldest === newest ? `of ${shortDay(oldest)}` : `${shortDay(oldest)} to ${shortDay(newest)}`}`;
}

function keptBack({ kept }: Count): KnownBlock[] {
  const reasons = Object.entries(kept) as [KeepReason, { records: number; accounts: number }][];
  if (reasons.length === 0) return [];
  const lines = reasons.map(
    ([reason, { records, accounts }]) => `• ${counted(records, 'record')} of ${counted(accounts, 'account')}: ${KEPT_WORDS[reason]}`,
  );
  return [section(`*Old enough, and kept back*\n${lines.join('\n')}`)];
}
