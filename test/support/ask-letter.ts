import type { PageMessage } from '../../src/embedded/slack/page-protocol.ts';
import { QUESTIONS } from '../../src/escalation/six-questions.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { until } from '../embedded/slack/until.ts';
import { ask, press, said } from './ask.ts';

type Field = { block_id: string; element?: { initial_date?: string; options?: unknown[] } };

/** A collector asks for a demand letter from the list of the day, with the deadline that the form proposes. */
export async function askLetter(person: PersonOnPage, number: string): Promise<void> {
  const list = await until(
    async () => [await ask(person, 'C0COLLECT', '/collections mine')].find((answer) => said(answer).includes('Demand letter')),
    () => 'a list with a demand letter',
  );
  await press(person, list, 'account-letter', ({ value }) => value?.includes(accountId(number)) ?? false);
  const form = await person.modal(1, ({ submit }) => submit === 'Ask');
  const of = (name: string) => (form.blocks as Field[]).find(({ block_id }) => block_id === name)!.element!;
  const answers = Object.keys(QUESTIONS).map((name) => [name, { value: { type: 'plain_text_input', value: 'Asked twice.' } }]);
  const result = await person.submit(form.id, {
    ...Object.fromEntries(answers),
    deadline: { value: { type: 'datepicker', selected_date: of('deadline').initial_date } },
    codes: { value: { type: 'checkboxes', selected_options: of('codes').options!.slice(0, 1) } },
    reason: { value: { type: 'plain_text_input', value: 'Two promises, none kept.' } },
  });
  if (!result.ok || Object.keys(result.errors ?? {}).length > 0) throw new Error(`the request was refused: ${JSON.stringify(result)}`);
  await person.noModal();
  const answered = ({ ts, text }: PageMessage) => Number(ts) > Number(list.ts) && text.includes('in the thread of its card');
  await person.message(answered);
}
