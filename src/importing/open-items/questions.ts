import { isCurrency } from '../../kernel/money.ts';
import { customerKey } from './customers.ts';
import { outOfMagnitude } from './magnitude.ts';
import type { RowDocument } from './read-rows.ts';
import type { Question, Reading } from './reading.ts';

const few = (numbers: readonly number[]) => numbers.slice(0, 200);
const ask = (about: Question['about'], sentence: string, rest: Partial<Question> = {}): Question => ({
  about,
  sentence,
  options: [],
  proposal: null,
  blocking: false,
  rows: [],
  ...rest,
});

/** What only a person can say of documents that were read. */
export function askAbout(documents: readonly RowDocument[], reading: Reading): Question[] {
  return [
    ...aboutCustomers(documents),
    ...aboutCurrency(documents),
    ...aboutTypes(documents),
    ...aboutStatuses(documents),
    ...aboutOpenAmounts(documents, reading),
    ...aboutDueDays(documents, reading),
    ...aboutNumbers(documents, reading),
    ...aboutMagnitude(documents, reading),
    ...aboutBlocks(documents, reading),
  ];
}

function aboutCustomers(documents: readonly RowDocument[]): Question[] {
  const nobodys = documents.filter((document) => customerKey(document) === '');
  if (nobodys.length === 0) return [];
  const sentence = `${nobodys.length === documents.length ? 'The file does' : `${nobodys.length} rows do`} not say whose the documents are.`;
  const rest = { field: 'account' as const, blocking: nobodys.length === documents.length, rows: few(nobodys.map(({ row }) => row)) };
  return [ask('column', sentence, rest)];
}

function aboutCurrency(documents: readonly RowDocument[]): Question[] {
  const without = documents.filter(({ currency }) => currency === null);
  if (without.length === 0) return [];
  const hint = without.find(({ hint }) => hint !== '')?.hint ?? '';
  const options =
    { $: ['USD', 'AUD', 'CAD', 'NZD', 'SGD', 'HKD'], '¥': ['JPY', 'CNY'], kr: ['SEK', 'NOK', 'DKK'] }[hint] ??
    [...new Set(documents.map(({ currency }) => currency ?? ''))].filter(isCurrency);
  const all = without.length === documents.length;
  const sentence = `${all ? 'The file does' : `${without.length} rows do`} not say in which currency ${all ? 'it is' : 'they are'}${hint === '' ? '' : ` ("${hint}" is used in several countries)`}.`;
  return [ask('currency', sentence, { options, blocking: true, rows: few(without.map(({ row }) => row)) })];
}

function aboutTypes(documents: readonly RowDocument[]): Question[] {
  const unknown = documents.filter(({ unknownType }) => unknownType !== null);
  if (unknown.length === 0) return [];
  const words = [...new Set(unknown.map(({ unknownType }) => unknownType!))];
  return [
    ask(
      'type',
      `What ${words
        .slice(0, 8)
        .map((word) => `"${word}"`)
        .join(', ')} means is not known: read as invoices where positive and credit notes where negative.`,
      {
        options: ['invoice', 'credit', 'payment', 'other'],
        labels: { credit: 'credit note', payment: 'payment on account', other: 'other document' },
        words,
        proposal: 'by sign',
        rows: few(unknown.map(({ row }) => row)),
      },
    ),
  ];
}

function aboutStatuses(documents: readonly RowDocument[]): Question[] {
  const unknown = documents.filter(({ unknownStatus }) => unknownStatus !== null);
  if (unknown.length === 0) return [];
  const words = [...new Set(unknown.map(({ unknownStatus }) => unknownStatus!))];
  return [
    ask(
      'status',
      `Whether ${words
        .slice(0, 8)
        .map((word) => `"${word}"`)
        .join(', ')} means open is not known: taken as open.`,
      { options: ['open', 'closed'], words, proposal: 'open', rows: few(unknown.map(({ row }) => row)) },
    ),
  ];
}

function aboutOpenAmounts(documents: readonly RowDocument[], reading: Reading): Question[] {
  const asked: Question[] = [];
  const unsaid = documents.filter(({ open }) => open === null);
  if (unsaid.length > 0)
    asked.push(
      ask(
        'open-amount',
        `${unsaid.length === 1 ? `"${unsaid[0]!.number ?? ''}" is` : `${unsaid.length} invoices are`} partly paid, and the file does not say how much is left.`,
        { rows: few(unsaid.map(({ row }) => row)), blocking: false },
      ),
    );
  const stands = (['open', 'openLocal', 'debit', 'lineAmount', 'paid'] as const).some((field) => reading.has(field));
  if (!stands && documents.length > 0 && reading.choices.openIs === undefined)
    asked.push(
      ask('open-amount', 'The file has no column of what is still open: the amount of each row is taken as open.', {
        field: 'open',
        options: ['total'],
        labels: { total: 'Yes: every row is open in full' },
        proposal: 'total',
      }),
    );
  return asked;
}

function aboutDueDays(documents: readonly RowDocument[], reading: Reading): Question[] {
  const without = documents.filter(({ class: is, due, open }) => is === 'invoice' && due === null && open !== null);
  const waits = reading.order === null && without.some(({ candidate }) => reading.cell(candidate.row, 'due') !== '');
  if (without.length === 0 || waits || reading.choices.termsDays !== undefined) return [];
  return [
    ask(
      'due',
      `${without.length === documents.length ? 'The file does' : `${without.length} invoices do`} not say when they are due. How many days after their date?`,
      { options: ['0', '14', '30', '60'], rows: few(without.map(({ row }) => row)) },
    ),
  ];
}

/** An invoice has its number once in a company. The one that was there first keeps it. */
function aboutNumbers(documents: readonly RowDocument[], { choices }: Reading): Question[] {
  const owners = Map.groupBy(
    documents.filter(({ number }) => number !== null),
    ({ entity, fiscalYear, number, open, class: is }) =>
      JSON.stringify([entity, fiscalYear, number, (open ?? 0) >= 0 ? 'owed' : is === 'payment']),
  );
  const known = new Set((choices.apart ?? []).map((pair) => JSON.stringify(pair)));
  const shared = [...owners.values()].flatMap((group) => {
    const first = [...group].sort((a, b) => ((a.issued ?? '9') < (b.issued ?? '9') ? -1 : 1))[0]!;
    const others = group.filter((each) => customerKey(each) !== customerKey(first));
    return others.map((each) => [each.number!, customerKey(each)] as const);
  });
  const told = new Set(shared.map((pair) => JSON.stringify(pair)).filter((pair) => !known.has(pair)));
  if (told.size === 0) return [];
  const pairs = [...told].map((pair) => JSON.parse(pair) as [string, string]);
  const numbers = [...new Set(pairs.map(([number]) => number))];
  return [
    ask(
      'same-number',
      `${numbers.slice(0, 5).join(', ')} ${numbers.length === 1 ? 'is' : 'are'} the number of documents of more than one customer: none of their rows is taken before you say that they are different documents.`,
      {
        options: ['apart', 'reject'],
        labels: { apart: 'Different documents: keep each', reject: 'Leave them out' },
        shared: pairs,
        rows: few(documents.filter(({ number }) => numbers.includes(number ?? '')).map(({ row }) => row)),
      },
    ),
  ];
}

function aboutMagnitude(documents: readonly RowDocument[], { choices }: Reading): Question[] {
  const rows = outOfMagnitude(documents);
  const found = documents.filter(({ row, number }) => rows.has(row) && !(number !== null && choices.large?.includes(number)));
  if (found.length === 0) return [];
  const named = found.map(({ number, row }) => number ?? `row ${row}`).slice(0, 5);
  const sentence = `${named.join(', ')} ${found.length === 1 ? 'is' : 'are'} more than 10,000 times as large as most amounts of the file: put aside before you say that ${found.length === 1 ? 'it is' : 'they are'} right.`;
  return [
    ask('magnitude', sentence, {
      options: ['take', 'aside'],
      numbers: found.flatMap(({ number }) => number ?? []),
      rows: few(found.map(({ row }) => row)),
    }),
  ];
}

function aboutBlocks(documents: readonly RowDocument[], { choices }: Reading): Question[] {
  const found = documents.filter(({ dunningBlock, open }) => dunningBlock !== null && !choices.blocks?.[dunningBlock] && (open ?? 0) > 0);
  if (found.length === 0) return [];
  const words = [...new Set(found.map(({ dunningBlock }) => dunningBlock!))];
  const sentence = `${found.length === 1 ? 'One invoice has' : `${found.length} invoices have`} a dunning block in the accounting system: nobody is reminded of ${found.length === 1 ? 'it' : 'them'}.`;
  return [
    ask('block', sentence, {
      options: ['hold', 'remind'],
      labels: { hold: 'Hold reminders back', remind: 'Remind all the same' },
      words,
      proposal: 'hold',
      rows: few(found.map(({ row }) => row)),
    }),
  ];
}
