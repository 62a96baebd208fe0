import type { DocumentClass } from './documents.ts';
import type { RowDocument } from './read-rows.ts';
import type { Question, Reading } from './reading.ts';

/** Credit notes and payments that stand without a minus are turned round: when the system is known to write so, or a person says it; else it is asked. */
export function applySigns(documents: readonly RowDocument[], reading: Reading): { documents: RowDocument[]; questions: Question[] } {
  const typed = documents.filter(
    ({ type, class: is, unknownType }) => type !== null && unknownType === null && (is === 'credit' || is === 'payment'),
  );
  const plus = typed.filter(({ open }) => (open ?? 0) > 0);
  const chosen = reading.choices.signs;
  if (plus.length === 0 || chosen === 'as-written') return { documents: [...documents], questions: [] };
  const anyMinus = documents.some(({ open }) => (open ?? 0) < 0);
  const turn = chosen === 'by-type' || (!anyMinus && chosen === undefined);
  if (!turn) {
    const marked = new Set(plus);
    return {
      documents: documents.map((document) =>
        marked.has(document)
          ? { ...document, marks: [...document.marks, `is called "${document.type}" but has no minus; read as it stands`] }
          : document,
      ),
      questions: [],
    };
  }
  const sure = chosen === 'by-type' || reading.preset?.unsigned === true;
  const turned = documents.map((document) =>
    plus.includes(document)
      ? {
          ...document,
          class: document.class as DocumentClass,
          open: -document.open!,
          marks: [...document.marks, 'stands without a minus; read as a credit by its type'],
        }
      : document,
  );
  const question: Question = {
    about: 'signs',
    sentence: `${plus.length} credit notes or payments stand without a minus, and no amount of the file has one: read as credits.`,
    options: ['by-type', 'as-written'],
    proposal: 'by-type',
    blocking: false,
    rows: plus.map(({ row }) => row),
  };
  return { documents: turned, questions: sure ? [] : [question] };
}
