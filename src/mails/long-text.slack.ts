import type { InputBlock } from '@slack/types';
import type { SubmitRequest } from '../slack/listeners.ts';
import { entered, textField } from '../slack/modals.ts';
import { textParts } from './mail-preview.view.ts';

/** A field takes 3,000 characters; a part of a longer text leaves room to write. */
const [FIELD, PART] = [3000, 2600];
/** More fields than this are no way to edit a text. */
const MOST_PARTS = 8;

const nameOf = (part: number) => (part === 0 ? 'body' : `body-${part + 1}`);

/** A text to edit in a form: one field, or one after the other for a long one. Null for a text too long to be edited in a form. */
export function longTextFields(label: string, text: string, hint: string): InputBlock[] | null {
  const parts = text.length <= FIELD ? [text] : textParts(text, PART);
  // Joined again they must be the text that went in; a line longer than a part would not be.
  if (parts.length > MOST_PARTS || parts.join('\n') !== text) return null;
  return parts.map((initial, n) =>
    textField(nameOf(n), n === 0 ? label : `${label}, part ${n + 1} of ${parts.length}`, {
      initial,
      multiline: true,
      max: FIELD,
      optional: n > 0,
      ...(n === parts.length - 1 ? { hint } : {}),
    }),
  );
}

/** What was entered in all of them. */
export function enteredLongText(request: SubmitRequest): string {
  const blocks = new Set(request.view.blocks.map(({ block_id }) => block_id));
  const names = Array.from({ length: MOST_PARTS }, (_, n) => nameOf(n)).filter((name) => blocks.has(name));
  return names.map((name) => entered(request, name)).join('\n');
}

export const TOO_LONG_TO_EDIT =
  'This text is too long to be edited in Slack. Nothing was changed. Have it written again in another tone, or reject it and send your own.';
