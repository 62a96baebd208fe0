import { isCurrency } from '../../kernel/money.ts';
import { customerKey, lostZeros } from './customers.ts';
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
    ...aboutNumbers(documents),
  ];
}

function aboutCustomers(documents: readonly RowDocument[]): Question[] {
  const nobodys = documents.filter((document) => customerKey(document) === '');
  if (nobodys.length === 0) return [];
  const sentence = `${nobodys.length === documents.length ? 'The file does' : `${nobodys.length} rows do`} not say whose the documents are.`;
  return [ask('column', sentence, { blocking: nobodys.length === documents.length, rows: few(nobodys.map(({ row }) => row)) })];
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
      { options: ['open', 'closed'], proposal: 'open', rows: few(unknown.map(({ row }) => row)) },
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
  if (!stands && documents.length > 0)
    asked.push(
      ask('open-amount', 'The file has no column of what is still open: the amount of each row is taken as open.', { proposal: 'total' }),
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

function aboutNumbers(documents: readonly RowDocument[]): Question[] {
  const asked: Question[] = [];
  const owners = new Map<string, Set<string>>();
  for (const document of documents) {
    if (document.number === null) continue;
    const key = JSON.stringify([document.entity, document.fiscalYear, document.number]);
    owners.set(key, (owners.get(key) ?? new Set()).add(customerKey(document)));
  }
  const shared = [...owners].filter(([, customers]) => customers.size > 1).map(([key]) => (JSON.parse(key) as string[])[2]!);
  if (shared.length > 0)
    asked.push(
      ask(
        'same-number',
        `${shared.slice(0, 5).join(', ')} ${shared.length === 1 ? 'is' : 'are'} the number of documents of more than one customer.`,
        { rows: few(documents.filter(({ number }) => shared.includes(number ?? '')).map(({ row }) => row)) },
      ),
    );
  const pairs = lostZeros(documents.flatMap(({ account }) => account ?? []));
  if (pairs.length > 0)
    asked.push(
      ask(
        'same-account',
        `${pairs.length === 1 ? 'Two customer numbers differ' : `${pairs.length} pairs of customer numbers differ`} only by zeros in front, such as ${pairs[0]![0]} and ${pairs[0]![1]}: are they one customer?`,
        { options: ['one', 'two'] },
      ),
    );
  return asked;
}
