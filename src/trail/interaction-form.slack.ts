import type { InputBlock } from '@slack/types';
import { z } from 'zod';
import type { Contact } from '../account/account.ts';
import type { ChangeAccountResult } from '../account/change-account.op.ts';
import { type Day, day } from '../kernel/day.ts';
import type { SubmitRequest } from '../slack/listeners.ts';
import { choiceField, dayField, entered, field, fieldErrors, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { clip } from '../slack/text.ts';
import {
  INTERACTION_CHANNELS,
  INTERACTION_DIRECTIONS,
  type Interaction,
  type InteractionChannel,
  type InteractionDirection,
  LONGEST_INTERACTION,
  LONGEST_SUBJECT,
  type NamedFile,
} from './interaction.ts';
import { MARKINGS, type Marking } from './marking.ts';
import { MARKING_WORDS } from './timeline.view.ts';

const CHANNEL_CHOICES: Readonly<Record<InteractionChannel, string>> = {
  call: 'Call',
  email: 'Mail',
  meeting: 'Meeting',
  letter: 'Letter',
  note: 'Note',
  message: 'Slack message',
};

const DIRECTION_CHOICES: Readonly<Record<InteractionDirection, string>> = {
  internal: 'Among ourselves',
  in: 'From the customer to us',
  out: 'From us to the customer',
};

/** What both forms ask: kind, direction, day, contact, mark. */
export function interactionFields(initial: {
  readonly channel: InteractionChannel;
  readonly on: Day;
  readonly contacts: readonly Contact[];
}): InputBlock[] {
  const people = initial.contacts
    .slice(0, 100)
    .map((each): [string, string] => [each.id, each.name || each.email || each.phone || 'no name']);
  return [
    choiceField('channel', 'What was it?', CHANNEL_CHOICES, initial.channel),
    choiceField(
      'direction',
      'Between whom?',
      DIRECTION_CHOICES,
      'internal',
      'From us to the customer counts as the contact of its day, unless it is a note.',
    ),
    dayField('on', 'On', initial.on),
    ...(people.length > 0 ? [{ ...choiceField('contact', 'With', Object.fromEntries(people)), optional: true }] : []),
    textField('subject', 'Subject', { optional: true, max: LONGEST_SUBJECT }),
    choiceField(
      'marking',
      'Mark',
      MARKING_WORDS,
      'internal' satisfies Marking,
      'Who may see it outside the company. It can be changed later.',
    ),
  ];
}

export function wordsField(): InputBlock {
  return textField('text', 'What happened', { multiline: true, max: LONGEST_INTERACTION });
}

export function filesField(): InputBlock {
  return field(
    'files',
    'Files',
    { type: 'file_input', action_id: 'value', max_files: 10 },
    { optional: true, hint: 'They stay in Slack; the file of the account names them.' },
  );
}

/** What was entered under interactionFields. */
export function enteredInteraction(
  request: SubmitRequest,
): Pick<Interaction, 'channel' | 'direction' | 'on' | 'contact' | 'subject' | 'marking'> {
  return {
    channel: z.enum(INTERACTION_CHANNELS).parse(entered(request, 'channel')),
    direction: z.enum(INTERACTION_DIRECTIONS).parse(entered(request, 'direction')),
    on: day(entered(request, 'on')),
    contact: entered(request, 'contact'),
    subject: entered(request, 'subject').trim(),
    marking: z.enum(MARKINGS).parse(entered(request, 'marking')),
  };
}

export function enteredFiles(request: SubmitRequest): NamedFile[] {
  const value = request.view.state.values.files?.value as { files?: { id?: string; name?: string; size?: number }[] } | undefined;
  return (value?.files ?? []).map(({ id = '', name = '', size = 0 }) => ({ id, name: clip(name, 120), size }));
}

/** The refusal under the field it is about; the words where there is no better one. */
export function refusedUnder(result: Extract<ChangeAccountResult, { done: false }>, words: string) {
  return fieldErrors({ [result.refused === 'happened-in-future' ? 'on' : words]: REFUSED[result.refused] });
}
