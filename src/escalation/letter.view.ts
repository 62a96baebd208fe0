import type { KnownBlock } from '@slack/types';
import type { Draft } from '../mails/draft.ts';
import { mailPreview } from '../mails/mail-preview.view.ts';
import { contextLine, nameOf, shortDay } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { clip, plain } from '../slack/text.ts';
import type { Demand } from './demand.ts';
import { SERVED_WORDS } from './demand-facts.view.ts';
import { goesByMail, LETTER_PICTURES, type LetterPart } from './letter.ts';

/** What a letter's button carries: its case and the version that was shown. */
export interface LetterRef {
  readonly c: string;
  /** Enough of the hash to tell two versions apart. */
  readonly h: string;
}

export const SHORT = 16;

/** A page for those who cannot see its picture. */
export const pageWords = (page: number, { content }: Draft) =>
  clip(`Page ${page} of the letter “${content.subject}”; its whole text follows`, 2000);

/** One version in the thread of its decision: its pages as they will be sent, and the same words as text. */
export function letterReply(draft: Draft, letter: LetterPart, caseId: string, pages: readonly KnownBlock[], version: number): Reply {
  const { content, hash, notices, text } = draft;
  const ref: LetterRef = { c: caseId, h: hash.slice(0, SHORT) };
  const title = version === 1 ? 'The letter' : `The letter, version ${version}: votes for the one before count no more`;
  const remarks = [...notices, ...text.notices];
  const by = goesByMail(letter)
    ? `By email to ${letter.service.address}`
    : `On paper, ${SERVED_WORDS[letter.service.method === 'email' ? 'post' : letter.service.method]}${letter.firm ? `, through ${letter.firm}` : ''}`;
  const blocks: KnownBlock[] = [
    section(`*${title}*\n${plain(by)} · deadline *${shortDay(letter.deadline)}*`),
    ...pages,
    ...(letter.pictures.length === LETTER_PICTURES
      ? [contextLine('The first six pages and the last; *PDF* sends all of it to you alone.')]
      : []),
    section(`*${plain(content.subject)}*`),
    ...mailPreview(content.body, '*PDF* sends all of it to you alone.').blocks,
    ...(remarks.length > 0 ? [section(`:eyes: ${plain(remarks.join(' '))}`)] : []),
    ...(letter.counsel ? [section(`:scales: ${nameOf(letter.counsel)} reviews it before it can be approved.`)] : []),
    {
      type: 'actions',
      elements: [
        button('letter-edit', 'thread', 'Edit letter…', ref),
        ...(letter.counsel ? [button('letter-review', 'thread', 'Record review…', ref)] : []),
        button('letter-pdf', 'thread', 'PDF', ref),
      ],
    },
    contextLine(
      `${plain(content.attachments[0]?.name ?? '')} · SHA-256 \`${content.attachments[0]?.sha256.slice(0, SHORT) ?? ''}…\``,
      'What is approved is these bytes',
    ),
  ];
  return { text: `${title}: ${content.subject}`, blocks };
}

export function reviewedReply(by: string): Reply {
  const text = `:scales: ${nameOf(by)} has reviewed this version. The words are kept as privileged and stand in the file only.`;
  return { text, blocks: [section(text)] };
}

/** What happens next, once it is approved. */
export function approvedLetterReply(draft: Draft, letter: LetterPart, caseId: string, server: boolean): Reply {
  const ref: LetterRef = { c: caseId, h: draft.hash.slice(0, SHORT) };
  if (goesByMail(letter)) {
    const text = server
      ? `:outbox_tray: Approved. It leaves by email to ${plain(letter.service.address)} in the customer’s working hours, with the PDF as it was approved.`
      : ':outbox_tray: Approved. No mail server is set: the mail lies in the outbox folder and among the approved mails, to be sent by hand.';
    return { text, blocks: [section(text)] };
  }
  const who = letter.firm ? `Hand the PDF to ${plain(letter.firm)}` : 'Print the PDF and post it';
  const enclosures = letter.preAction ? ' with the information sheet and the reply form of the Pre-Action Protocol' : '';
  const text = `:postbox: *Approved.* ${who}${enclosures}, to the address on it, then say so here.`;
  const elements = [
    { ...button('letter-posted', 'thread', 'Posted…', ref), style: 'primary' as const },
    button('letter-pdf', 'thread', 'PDF', ref),
  ];
  return { text, blocks: [section(text), { type: 'actions', elements }] };
}

/** In the thread, when it has left. */
export function servedReply(demand: Pick<Demand, 'deadline' | 'sentOn' | 'by' | 'firm'>, tracking: string, sha256: string): Reply {
  const how = `${SERVED_WORDS[demand.by]}${tracking ? `, tracking number ${plain(tracking)}` : ''}${demand.firm ? `, by ${plain(demand.firm)}` : ''}`;
  const text = `:white_check_mark: *Served on ${shortDay(demand.sentOn)}* by ${how}. Deadline *${shortDay(demand.deadline)}*; an agency or a court may be proposed three business days after it.`;
  return { text, blocks: [section(text), contextLine(`SHA-256 of the PDF \`${plain(sha256)}\``)] };
}

/** For the account's card; '' without any. */
export function demandLine(demands: readonly Demand[]): string {
  return demands
    .map(({ sentOn, by, deadline }) => `*Demand letter* of ${shortDay(sentOn)}, ${SERVED_WORDS[by]}; deadline ${shortDay(deadline)}`)
    .join('\n');
}
