import { z } from 'zod';
import { day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { readCurrencyAmount } from '../slack/amounts.ts';
import { readCarried } from '../slack/carried.ts';
import type { ClickRequest, Subject, SubmitRequest } from '../slack/listeners.ts';
import { choiceField, entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { type AccountCards, carriedBy } from './account-cards.slack.ts';
import { SOURCE_WORDS } from './call-words.view.ts';
import { changeAccount } from './change-account.op.ts';
import { type FoundRef, TRACING_SOURCES, type TracingRequest } from './tracing.ts';

const foundRef = z.object({ a: z.string().max(100), o: z.string().max(10), n: z.number().int() });

/** The search for somebody who answers: what was tried, and who was found. */
export function tracingSubject(world: Pick<World, 'clock' | 'settings' | 'accounts'>, cards: AccountCards): Subject {
  /** A found contact enters the file by a click of its own, about that one and no other. */
  const decide = (wanted: (found: FoundRef) => TracingRequest, done: string) => async (request: ClickRequest) => {
    const { a, o, n } = readCarried(foundRef, request.value);
    const { user } = request.asker;
    const asked = wanted({ opened: day(o), step: n });
    const result = await changeAccount(world, a, asked, user, `click:${asked.do}:${o}:${n}:${user}`);
    await request.answer(sentence(result.done ? done : REFUSED[result.refused]));
  };
  return {
    clicks: {
      'tracing-step': { may: 'collect', run: cards.openNow((_, carried) => stepForm(carried)) },
      'tracing-end': {
        may: 'collect',
        run: cards.openNow((_, carried) =>
          modal('tracing-end', 'End the search', 'End it', carried, [
            textField('reason', 'Why', {
              multiline: true,
              hint: 'For example they answered, or every source was tried. Kept in the file.',
            }),
          ]),
        ),
      },
      'tracing-confirm': {
        may: 'collect',
        run: decide(
          (found) => ({ do: 'confirm-found', id: `contact:traced:${crypto.randomUUID()}`, ...found }),
          ':white_check_mark: The contact is in the file and comes first now.',
        ),
      },
      'tracing-drop': {
        may: 'collect',
        run: decide((found) => ({ do: 'drop-found', ...found }), 'Not added. The search goes on.'),
      },
    },
    submits: {
      'tracing-step': {
        may: 'collect',
        async run(request) {
          const carried = carriedBy(request);
          const asked = readStep(request);
          if ('errors' in asked) return fieldErrors(asked.errors);
          const result = await changeAccount(world, carried.a, asked, request.asker.user, `submit:${request.view.id}`);
          if (!result.done) return fieldErrors({ [FIELD[result.refused] ?? 'result']: REFUSED[result.refused] });
          const done = asked.found ? 'Recorded. Somebody confirms the contact before it enters the file.' : 'Recorded.';
          cards.redrawn(request, carried, `:white_check_mark: ${done}`);
          return undefined;
        },
      },
      'tracing-end': {
        may: 'collect',
        run: cards.submitted(
          'reason',
          async (request) => ({ do: 'end-tracing', reason: entered(request, 'reason') }),
          ':white_check_mark: Search ended.',
        ),
      },
    },
  };
}

const FIELD: Readonly<Record<string, string>> = {
  'contact-unreachable': 'email',
  'contact-address': 'email',
  'contact-name-missing': 'name',
  'amount-not-positive': 'cost',
};

function stepForm(carried: object) {
  return modal('tracing-step', 'Search for a contact', 'Record', carried, [
    choiceField('source', 'Where did you look?', SOURCE_WORDS),
    textField('result', 'What came of it?', { multiline: true, max: 500 }),
    textField('cost', 'Cost', { optional: true, max: 30, hint: 'For example 12.50 GBP. Left empty: it cost nothing.' }),
    textField('name', 'Found: name', { optional: true, max: 80, hint: 'Enters the file only when somebody confirms it.' }),
    textField('email', 'Found: mail address', { optional: true, max: 120 }),
    textField('phone', 'Found: telephone', { optional: true, max: 40 }),
    textField('role', 'Found: role', { optional: true, max: 40 }),
  ]);
}

function readStep(request: SubmitRequest): Extract<TracingRequest, { do: 'trace' }> | { readonly errors: Record<string, string> } {
  const [name, email, phone, role] = ['name', 'email', 'phone', 'role'].map((each) => entered(request, each).trim());
  const cost = readCost(entered(request, 'cost').trim());
  if ('problem' in cost) return { errors: { cost: cost.problem } };
  const found = [name, email, phone].every((text) => text === '') ? null : { name: name!, email: email!, phone: phone!, role: role! };
  const source = z.enum(TRACING_SOURCES).parse(entered(request, 'source'));
  return { do: 'trace', source, result: entered(request, 'result'), ...cost, found };
}

/** "12.50 GBP"; nothing costs nothing. */
function readCost(text: string): { cost: number; currency: string } | { problem: string } {
  if (text === '') return { cost: 0, currency: '' };
  const read = readCurrencyAmount(text);
  return 'problem' in read ? read : { cost: read.amount, currency: read.currency };
}
