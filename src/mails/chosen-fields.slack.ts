import type { InputBlock, PlainTextOption } from '@slack/types';
import { LIMITS } from '../slack/limits.ts';
import type { SubmitRequest } from '../slack/listeners.ts';
import { ACTION, enteredOptions, field } from '../slack/modals.ts';
import { clip } from '../slack/text.ts';
import type { Choices } from './chosen-mail.op.ts';
import { type Chosen, STATEMENT_FILE } from './draft.ts';
import type { MailAddress } from './mail-content.ts';

/** Mail programs of recipients, and people, take a handful (own limit). */
const MOST_PEOPLE = 10;

/** Whom an email goes to and what goes along; the customer's contacts alone, so that nobody types an address. */
export function chosenFields({ to, cc, copies }: Choices, now: Chosen): InputBlock[] {
  const files = [
    option(STATEMENT_FILE, 'Statement of account (PDF)'),
    ...copies.map(({ invoice }) => option(invoice, `Copy of invoice ${invoice} (PDF)`)),
  ];
  return [
    several('to', 'To', people(to), now.to, {
      hint: 'The customer’s contacts who may be written to. Add others under Contacts… of the account.',
    }),
    several('cc', 'Cc', people(cc), now.cc, { optional: true }),
    several('files', 'Attachments', files, now.files, { optional: true }),
  ];
}

const option = (value: string, words: string): PlainTextOption => ({
  text: { type: 'plain_text', text: clip(words, LIMITS.optionText) },
  value,
});

/** An address is never cut before a name is. One that went before and is no contact any more is offered no longer. */
function people(list: readonly MailAddress[]): PlainTextOption[] {
  return list
    .filter(({ address }) => address.length <= LIMITS.optionText)
    .map(({ name, address }) => option(address, `${clip(name, Math.max(1, LIMITS.optionText - address.length - 2))}, ${address}`));
}

function several(
  name: string,
  label: string,
  all: PlainTextOption[],
  chosen: readonly string[],
  more: { hint?: string; optional?: boolean },
): InputBlock {
  const options = all.slice(0, LIMITS.selectOptions);
  const first = options.filter(({ value }) => chosen.includes(value!));
  const none = options.length === 0 ? [option('none', 'Nobody can be chosen')] : options;
  return field(
    name,
    label,
    {
      type: 'multi_static_select',
      action_id: ACTION,
      options: none,
      max_selected_items: name === 'files' ? 20 : MOST_PEOPLE,
      ...(first.length > 0 ? { initial_options: first } : {}),
    },
    more,
  );
}

/** What was chosen; nothing where the form is of an older version and had no such fields. */
export function chosenIn(request: SubmitRequest): { chosen?: Chosen } {
  if (!request.view.blocks.some(({ block_id }) => block_id === 'to')) return {};
  const real = (name: string) => enteredOptions(request, name).filter((value) => value !== 'none');
  return { chosen: { to: real('to'), cc: real('cc'), files: real('files') } };
}
