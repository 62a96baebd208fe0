import { z } from 'zod';
import { day } from '../kernel/day.ts';
import { untrusted } from '../kernel/untrusted.ts';
import type { World } from '../kernel/world.port.ts';
import { type ClickRequest, Refused, type Subject, type SubmitAnswer, type SubmitRequest } from '../slack/listeners.ts';
import { choiceField, dayField, entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { clip, escaped, plain } from '../slack/text.ts';
import { type AccountCards, carriedBy } from './account-cards.slack.ts';

import { ANSWERS, REPLY_KINDS } from './customer-reply.ts';
import { recordReply } from './record-reply.op.ts';
import { ANSWER_WORDS, REPLY_WORDS } from './recorded.view.ts';

/** A customer's reply, pasted by a person who says what it is; it pauses the ladder until it is answered. */
export function customerReplySubject(world: World, cards: AccountCards): Subject {
  return {
    clicks: {
      'account-reply': {
        may: 'collect',
        run: cards.open(({ today }, carried) =>
          modal('account-reply', 'Reply received', 'Record', carried, [
            choiceField('kind', 'What is it?', REPLY_WORDS, undefined, 'Follow-up pauses until somebody has answered.'),
            dayField('received', 'Came in on', today),
            textField('from', 'From', { max: 120, hint: 'Name or address of the person at the customer.' }),
            textField('text', 'Their words', {
              multiline: true,
              max: 3000,
              hint: 'Paste the message. It is kept apart from everything else and can be erased.',
            }),
          ]),
        ),
      },
      'account-reply-read': { may: 'collect', run: (request) => readWords(world, cards, request) },
      'account-reply-answer': {
        may: 'collect',
        run: cards.open((_, carried) =>
          modal('account-reply-answer', 'Reply answered', 'Save', carried, [
            choiceField(
              'how',
              'How was it answered?',
              ANSWER_WORDS,
              undefined,
              'Follow-up goes on afterwards. If they gave a day or contest something, record the promise or dispute as well.',
            ),
          ]),
        ),
      },
    },
    submits: {
      'account-reply': { may: 'collect', run: (request) => record(world, cards, request) },
      'account-reply-answer': {
        may: 'collect',
        run: cards.submitted(
          'how',
          async (request, { i = '' }) => ({ do: 'answer-reply', id: i, how: z.enum(ANSWERS).parse(entered(request, 'how')) }),
          ':white_check_mark: Answered. Follow-up goes on.',
        ),
      },
    },
  };
}

async function readWords(world: World, cards: AccountCards, request: ClickRequest): Promise<void> {
  const from = await cards.current(request);
  if (!from) return;
  const kept = await world.replyTexts.read(String(from.value.i));
  if (!kept) throw new Refused('The words of this reply have been erased. What was recorded of it stays in the file.');
  await request.answer(sentence(clip(`*${plain(kept.from)}* wrote:\n${escaped(kept.text.untrusted).replace(/^/gm, '>')}`, 3000)));
}

async function record(world: World, cards: AccountCards, request: SubmitRequest): Promise<SubmitAnswer> {
  const carried = carriedBy(request);
  const { view, asker } = request;
  const kind = z.enum(REPLY_KINDS).parse(entered(request, 'kind'));
  const reply = {
    id: `reply:${view.id}`,
    account: carried.a,
    kind,
    received: day(entered(request, 'received')),
    from: entered(request, 'from').trim(),
    text: untrusted(entered(request, 'text')),
  };
  const result = await recordReply(world, reply, asker.user, `submit:${view.id}`);
  if (!result.done) return fieldErrors({ received: REFUSED[result.refused] });
  cards.redrawn(request, carried, ':white_check_mark: Reply recorded. Follow-up pauses until it is answered.');
  return undefined;
}
