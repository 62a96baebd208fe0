import { Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { entered, fieldErrors } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { changeFile } from './change-file.op.ts';
import { closedGroups, placeQuestion, placingsOf } from './file-questions.op.ts';
import type { ReceiptPlacing } from './import.port.ts';
import { type ImportSubjectNeeds, readReference } from './import.slack.ts';
import { questionBlock, questionsModal } from './import-questions.view.ts';
import { placeReceipts } from './place-receipts.op.ts';

/** The form in which a person answers what a file leaves open; a dry run follows at once. */
export function importQuestionsSubject(world: ImportSubjectNeeds): Subject {
  /** After the import the questions are about money that fits nowhere; the answers change balances. */
  const place = async (id: string, placings: readonly ReceiptPlacing[], { asker, later }: SubmitRequest) => {
    if (placings.length === 0) return undefined;
    const placed = await placeReceipts(world, placings, asker.user);
    if ('since' in placed)
      return fieldErrors({ [questionBlock(0)]: 'An import is being applied. Nothing was changed. Try again when it is done.' });
    await changeFile(
      world,
      id,
      { do: 'placed', asks: { questions: (await world.intake.misplaced(20)).map(placeQuestion), firstRows: [] } },
      asker.user,
    );
    later(() => world.cards.redraw(id));
    return undefined;
  };
  return {
    clicks: {
      'import-ask': {
        may: 'manage',
        async run({ value, client, triggerId }) {
          const ref = readReference(value);
          const file = await world.dropped.load(ref.i);
          if (!file?.asks) throw new Refused(REFUSED[file ? 'file-changed' : 'no-such-file']);
          await client.views.open({ trigger_id: triggerId, view: questionsModal({ ...ref, v: file.version }, file.name, file.asks) });
        },
      },
    },
    submits: {
      'import-answer': {
        may: 'manage',
        async run(request) {
          const { view, asker, later } = request;
          const ref = readReference(view.private_metadata);
          const file = await world.dropped.load(ref.i);
          const first = questionBlock(0);
          if (!file?.asks || !file.mapping) return fieldErrors({ [first]: REFUSED['no-such-file'] });
          const answers: Record<string, string> = {};
          for (const [at, { id, options }] of file.asks.questions.entries()) {
            const chosen = options[Number(entered(request, questionBlock(at)) || Number.NaN)];
            if (chosen) answers[id] = chosen.value;
          }
          if (file.state === 'imported') return place(ref.i, placingsOf(answers), request);
          const name = world.formats.sourceName(file.name, file.headers);
          const made = world.formats.answer(file.mapping.value, name, answers);
          if ('faults' in made) return fieldErrors({ [first]: made.faults.join(' ').slice(0, 300) });
          const closeGroups = [...new Set([...(file.closeGroups ?? []), ...closedGroups(answers)])];
          const result = await changeFile(
            world,
            ref.i,
            { do: 'choose-mapping', name, value: made.mapping, closeGroups },
            asker.user,
            ref.v,
          );
          if (!result.done) return fieldErrors({ [first]: REFUSED[result.refused] });
          later(async () => {
            const checked = await changeFile(world, ref.i, { do: 'check' }, asker.user, ref.v + 1);
            if (checked.done) world.kick();
            await world.cards.redraw(ref.i);
            if (!checked.done) throw new Refused(REFUSED[checked.refused]);
          });
          return undefined;
        },
      },
    },
  };
}
