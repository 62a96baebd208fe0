import type { Button, KnownBlock } from '@slack/types';
import { disputeBlocks } from '../arrangements/dispute.view.ts';
import type { Day } from '../kernel/day.ts';
import { contextLine, shortDay } from '../slack/freshness.ts';
import type { CardRef } from '../slack/pressed.ts';
import { clip, counted, money, plain } from '../slack/text.ts';
import type { AccountWork } from './account-work.ts';
import type { ReplyAnswer, ReplyKind } from './customer-reply.ts';

export const REPLY_WORDS: Readonly<Record<ReplyKind, string>> = {
  'will-pay': 'Will pay on a date',
  dispute: 'Disputes something',
  'asks-copy': 'Asks for a copy',
  remittance: 'Remittance advice: says it is paid',
  'wrong-contact': 'Wrong contact',
  'out-of-office': 'Out of office',
  bounce: 'Bounced: the address does not work',
  stop: 'Asks us to stop writing',
  other: 'Something else',
};

export const ANSWER_WORDS: Readonly<Record<ReplyAnswer, string>> = {
  mail: 'By mail',
  call: 'By phone',
  'none-needed': 'It needs no answer',
};

/** As many of each kind; the account's file holds the rest. */
const SHOWN = 4;

/** What is open between the customer and us: replies, promises, disputes, each with its button. */
export function recordedBlocks({ replies, promises, disputes }: AccountWork, ref: CardRef, today: Day, mayCollect: boolean): KnownBlock[] {
  const button = (action: string, label: string, id: string): Button => ({
    type: 'button',
    action_id: `${action}:${id}`.slice(0, 255),
    text: { type: 'plain_text', text: label },
    value: JSON.stringify({ ...ref, i: id }),
  });
  const line = (text: string, action: string, label: string, id: string): KnownBlock => ({
    type: 'section',
    text: { type: 'mrkdwn', verbatim: true, text: clip(text, 3000) },
    ...(mayCollect ? { accessory: button(action, label, id) } : {}),
  });
  const blocks = [
    ...replies.slice(0, SHOWN).flatMap(({ id, kind, received }): KnownBlock[] => {
      const text = `:incoming_envelope: *Reply waiting* since ${shortDay(received)}: ${REPLY_WORDS[kind]}. Nothing goes out before it is answered.`;
      const copy = kind === 'asks-copy' ? [button('reply-copy', 'Send copy…', id)] : [];
      const read: KnownBlock = { type: 'actions', elements: [button('account-reply-read', 'Read it', id), ...copy] };
      return [line(text, 'account-reply-answer', 'Answered…', id), ...(mayCollect ? [read] : [])];
    }),
    ...promises.slice(0, SHOWN).flatMap((promise): KnownBlock[] => {
      const text = `:handshake: *Promised* ${money(promise.amount, promise.currency)} for ${shortDay(promise.date)} on ${promise.parts.map((part) => plain(part.invoice)).join(', ')}, said ${plain(promise.saidBy)} to <@${promise.takenBy}>`;
      const confirm: KnownBlock = { type: 'actions', elements: [button('promise-confirm', 'Confirm by mail…', promise.id)] };
      return [line(text, 'account-promise-withdraw', 'Withdraw…', promise.id), ...(mayCollect ? [confirm] : [])];
    }),
    ...disputes.slice(0, SHOWN).flatMap((dispute) => disputeBlocks(dispute, JSON.stringify({ ...ref, i: dispute.id }), today, mayCollect)),
  ];
  const more = [replies, promises, disputes].reduce((sum, each) => sum + Math.max(0, each.length - SHOWN), 0);
  return more > 0 ? [...blocks, contextLine(`…and ${counted(more, 'more open entry', 'more open entries')}`)] : blocks;
}
