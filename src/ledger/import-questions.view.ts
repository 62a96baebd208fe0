import type { KnownBlock, ModalView } from '@slack/types';
import { contextLine } from '../slack/freshness.ts';
import { choiceField, modal } from '../slack/modals.ts';
import { section } from '../slack/parts.ts';
import { clip, counted, plain } from '../slack/text.ts';
import type { DroppedFile, FileAsks, FileQuestion } from './dropped-file.ts';

/** A form that is longer is answered by nobody; what is left is asked after the next dry run. */
const MOST_ASKED = 20;

/** The questions of a file as fields of a form, each with its evidence and what is proposed. */
export function questionsModal(carried: object, name: string, asks: FileAsks): ModalView {
  const fields = asks.questions.slice(0, MOST_ASKED).flatMap((question, at): KnownBlock[] => {
    const options = Object.fromEntries(question.options.map(({ text }, index) => [String(index), text]));
    const proposed = question.options.findIndex(({ value }) => value === question.proposal);
    const field = choiceField(questionBlock(at), clip(labelOf(question), 150), options, proposed < 0 ? undefined : String(proposed));
    // What must be answered and what is proposed stand there; the others may be left for later.
    return [section(plain(clip(question.sentence, 1500))), { ...field, optional: !question.blocking }];
  });
  return modal(
    'import-answer',
    'Questions',
    asks.questions.some(({ id }) => id.startsWith('place ')) ? 'Save' : 'Save and dry run',
    carried,
    [contextLine(`About ${plain(name)}. The answers are kept for files like this one.`), ...firstRowsBlocks(asks), ...fields],
  );
}

export function questionBlock(at: number): string {
  return `question.${at}`;
}

/** How the first rows are read. Cells of the file are data. */
export function firstRowsBlocks({ firstRows }: FileAsks): KnownBlock[] {
  if (firstRows.length === 0) return [];
  return [contextLine(clip(`First rows:\n${firstRows.map(plain).join('\n')}`, 1800))];
}

/** What is asked, for the card, and how the first rows are read. */
export function askedBlocks({ asks }: DroppedFile): KnownBlock[] {
  if (!asks) return [];
  if (asks.questions.length === 0) return firstRowsBlocks(asks);
  const lines = asks.questions.slice(0, 8).map(({ sentence }) => `• ${plain(clip(sentence, 300))}`);
  const more = asks.questions.length > 8 ? `\n…and ${counted(asks.questions.length - 8, 'more question')}` : '';
  const blocking = asks.questions.some((question) => question.blocking);
  return [
    section(`:question: ${blocking ? 'Before this can be imported' : 'Worth an answer'}:\n${lines.join('\n')}${more}`),
    ...firstRowsBlocks(asks),
  ];
}

const LABELS: Readonly<Record<string, string>> = {
  header: 'Row of the column names',
  dates: 'Dates are',
  numbers: 'Amounts have',
  currency: 'Currency of these rows',
  due: 'Due after',
  signs: 'Credits without a minus',
  repeated: 'Rows that stand twice',
  'same-number': 'Documents of one number',
  magnitude: 'Amounts far larger than the others',
  zeros: 'Zeros in front',
  group: 'What is missing',
};
const COLUMNS: Readonly<Record<string, string>> = {
  open: 'Column of the open amount',
  number: 'Column of the document number',
  account: 'Column of the customer',
  issued: 'Column of the date',
};

function labelOf({ id }: FileQuestion): string {
  const at = id.indexOf(' ');
  if (at < 0) return LABELS[id] ?? id;
  const [about, word] = [id.slice(0, at), id.slice(at + 1)];
  if (about === 'column') return COLUMNS[word] ?? `Column: ${word}`;
  if (about === 'place') return word;
  if (about === 'group') return word.replace('\n', ' in ');
  return `“${word}” means`;
}
