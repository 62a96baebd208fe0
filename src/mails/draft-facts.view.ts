import { stageWords } from '../follow-up/stage-words.view.ts';
import { shortDay } from '../slack/freshness.ts';
import { clip, plain } from '../slack/text.ts';
import type { DraftFact } from './draft.ts';

/** A server's answer may be long. */
const SAID = 200;
const id = (messageId: string) => `message id \`${plain(messageId.replace(/^<|>$/g, ''))}\``;

export const DRAFT_SENTENCES: { readonly [Type in DraftFact['type']]: (fact: Extract<DraftFact, { type: Type }>) => string } = {
  'draft-prepared': ({ stage, source }) =>
    `mail of stage ${stageWords(stage)} drafted ${source === 'model' ? 'by the model' : 'from the template'}`,
  'draft-edited': () => 'words of the mail edited',
  'draft-rewritten': ({ tone }) => `mail written again in another tone: ${plain(tone)}`,
  'draft-approved': ({ final }) => (final ? 'mail approved' : 'mail approved; a second person decides'),
  'draft-taken-back': () => 'approval taken back; nothing was sent',
  'draft-rejected': ({ reason }) => `mail rejected: ${plain(reason)}`,
  'draft-postponed': ({ until }) => `mail put off until ${shortDay(until)}`,
  'draft-voided': ({ changed }) => `drafted mail withdrawn: ${plain(changed.join(' '))}`,
  'draft-sent-by-hand': ({ on }) => `mail sent by hand on ${shortDay(on)}`,
  'draft-sent': ({ messageId }) => `mail sent: the mail server took it, ${id(messageId)}`,
  'send-failed': ({ said }) => `mail not sent: ${said ? `the mail server said “${clip(plain(said), SAID)}”` : 'it was not taken'}`,
  'send-ambiguous': ({ messageId }) => `not known whether the mail was sent: the mail server did not answer, ${id(messageId)}`,
  'counsel-reviewed': ({ words }) => `counsel’s review of the letter: ${plain(words)}`,
  'send-resolved': ({ delivered }) =>
    delivered ? 'the mail was delivered, found out by a person' : 'the mail was not delivered, found out by a person',
};
