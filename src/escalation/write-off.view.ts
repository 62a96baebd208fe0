import type { KnownBlock } from '@slack/types';
import { shortDay } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import type { CardRef } from '../slack/pressed.ts';
import type { Reply } from '../slack/reply.ts';
import { clip, money, plain } from '../slack/text.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import { type WriteOff, type WriteOffReason, writtenOff } from './write-off.ts';

export const WRITE_OFF_WORDS: Readonly<Record<WriteOffReason, string>> = {
  insolvent: 'Insolvent: no dividend to be expected',
  uneconomic: 'Uneconomic: it costs more than it brings',
  'time-barred': 'Time-barred',
  'dispute-lost': 'Dispute lost',
  untraceable: 'Untraceable',
  goodwill: 'Goodwill',
};

/** As many; the account's file holds the rest. */
const SHOWN = 2;

/** What was given up, each in one line; where money came in after all, with its button. */
export function writeOffBlocks(writeOffs: readonly WriteOff[], ref: CardRef, mayCollect: boolean): KnownBlock[] {
  return writeOffs.slice(-SHOWN).map((of) => {
    const line = section(clip(writeOffLine(of), 3000));
    if (of.received === 0 || !mayCollect) return line;
    return { ...line, accessory: reverseButton(of.id, { ...ref, i: of.id }) };
  });
}

const words = (text: string) => ({ type: 'plain_text' as const, text });

function reverseButton(key: string, value: object) {
  const confirm = {
    title: words('Reverse the write-off'),
    text: words('By as much as came in. The bookkeepers are asked to take their credit back, where they have booked it.'),
    confirm: words('Reverse'),
    deny: words('Cancel'),
  };
  return { ...button('write-off-reverse', key, 'Reverse…', value), confirm };
}

function writeOffLine(of: WriteOff): string {
  const invoices = of.parts.map((part) => plain(part.invoice)).join(', ');
  const paid = of.received > 0 ? ` :moneybag: *${money(of.received, of.currency)} came in after it: reverse.*` : '';
  return `:wastebasket: *Written off* ${money(writtenOff(of), of.currency)} on ${invoices} since ${shortDay(of.on)} (${WRITE_OFF_WORDS[of.reason].toLowerCase()}).${paid}`;
}

/** What the collector and whoever asked for the write-off are told once. */
export function paidAfterWriteOff(fact: RecordedFact, account: { readonly id: string; readonly name: string }): Reply {
  const invoices = (fact.invoices as readonly string[]).map(plain).join(', ');
  const title = `Paid after write-off: ${plain(account.name)}`;
  const text = `${money(Number(fact.received), String(fact.currency))} has come in on ${invoices}, which had been written off. Reverse the write-off by as much, so that the books agree with the bank.`;
  const ref = { a: account.id };
  return {
    text: `${title}. ${text}`,
    blocks: [
      section(`:moneybag: *${title}*\n${text}`),
      {
        type: 'actions',
        elements: [reverseButton('news', { ...ref, i: String(fact.writeOff) }), button('account-card', 'news', 'Open card', ref)],
      },
    ],
  };
}
