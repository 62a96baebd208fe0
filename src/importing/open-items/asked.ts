import { CURRENCY_CODES } from '../../kernel/money.ts';
import type { FileQuestion } from '../../ledger/dropped-file.ts';
import type { Mapping } from '../mapping.ts';
import type { OpenItems } from './read-open-items.ts';
import type { Question } from './reading.ts';

const TERMS = ['0', '7', '10', '14', '21', '30', '45', '60', '90'];
const MOST = 30;

/** What is asked of a list, as fields of a form; an answer is one of the options' values. What has no options is told, not asked. */
export function askedOf({ questions, layout }: OpenItems): FileQuestion[] {
  const headers = [...new Set(layout.columns.map(({ header }) => header))].filter((header) => header !== '');
  return questions
    .flatMap((question) => fieldsOf(question, headers))
    .filter(({ options }) => options.length > 0)
    .slice(0, MOST);
}

function fieldsOf(question: Question, headers: readonly string[]): FileQuestion[] {
  const { about, sentence, blocking, proposal, words, field, labels = {} } = question;
  const choice = (value: string) => ({ value, text: labels[value] ?? value });
  const base = { sentence, blocking, proposal, options: question.options.map(choice) };
  if (words) return words.map((word) => ({ ...base, id: `${about} ${word}`, sentence: `What does "${word}" mean? ${sentence}` }));
  if (field) {
    return [{ ...base, id: `column ${field}`, options: [...new Set([...question.options, ...headers])].map(choice) }];
  }
  switch (about) {
    case 'column':
      return [];
    case 'currency':
      return [{ ...base, id: about, options: [...new Set([...question.options, ...CURRENCY_CODES])].map(choice) }];
    case 'same-number': {
      const [apart, reject] = base.options;
      return [
        {
          ...base,
          id: about,
          options: [
            { ...apart!, value: JSON.stringify(question.shared ?? []) },
            { ...reject!, value: '' },
          ],
        },
      ];
    }
    case 'magnitude':
      return [
        {
          ...base,
          id: about,
          options: [
            { value: JSON.stringify(question.numbers ?? []), text: 'Right: take them' },
            { value: '', text: 'Wrong: leave them out' },
          ],
        },
      ];
    case 'due':
      return [{ ...base, id: about, options: TERMS.map((days) => ({ value: days, text: days === '0' ? 'On its date' : `${days} days` })) }];
    case 'signs':
      return [{ ...base, id: about, options: SIGNS }];
    case 'repeated':
      return [{ ...base, id: about, options: REPEATED }];
    default:
      return [{ ...base, id: about }];
  }
}

const SIGNS = [
  { value: 'by-type', text: 'They are credits: take them off' },
  { value: 'as-written', text: 'As written: they are owed' },
];
const REPEATED = [
  { value: 'once', text: 'One document: count it once' },
  { value: 'each', text: 'Documents of their own: count each' },
];

type Change = { -readonly [K in keyof Mapping]?: Mapping[K] } & { choices: NonNullable<Mapping['choices']> };

/** What an answer changes in a mapping, by what was asked; `word` is the rest of the question's id. */
type Answer = (to: Change, value: string, word: string) => Partial<NonNullable<Mapping['choices']>>;
const ANSWERS: Readonly<Record<string, Answer>> = {
  header: (_, value) => ({ headerRow: Number(value) }),
  column: (to, value, field) => {
    if (field === 'open' && value === 'total') return { openIs: 'total' };
    to.columns = { ...to.columns, [field]: value };
    return {};
  },
  dates: (_, value) => ({ dates: value as 'day-month-year' }),
  numbers: (_, value) => ({ decimal: value as '.' }),
  currency: (to, value) => {
    to.defaults = { ...to.defaults, currency: value };
    return {};
  },
  due: (_, value) => ({ termsDays: Number(value) }),
  signs: (_, value) => ({ signs: value as 'by-type' }),
  repeated: (_, value) => ({ repeated: value as 'once' }),
  type: ({ choices }, value, word) => ({ types: { ...choices.types, [word]: value as 'invoice' } }),
  status: ({ choices }, value, word) => ({ statuses: { ...choices.statuses, [word]: value as 'open' } }),
  block: ({ choices }, value, word) => ({ blocks: { ...choices.blocks, [word]: value as 'hold' } }),
  'same-number': ({ choices }, option) => (option === '' ? {} : { apart: [...(choices.apart ?? []), ...JSON.parse(option)] }),
  magnitude: ({ choices }, option) => (option === '' ? {} : { large: [...(choices.large ?? []), ...JSON.parse(option)] }),
  group: ({ choices }, value, key) => (value === 'keep' ? { elsewhere: [...new Set([...(choices.elsewhere ?? []), key])] } : {}),
  zeros: (to, value) => {
    to.zeros = value as 'join';
    return {};
  },
};

/** The mapping with what a person answered, by the ids of the questions. Answers to what nobody asks are left out. */
export function withAnswers(mapping: Mapping, answers: Readonly<Record<string, string>>): unknown {
  const to: Change = { ...mapping, choices: { ...mapping.choices } };
  for (const [id, value] of Object.entries(answers)) {
    const at = id.indexOf(' ');
    const about = at < 0 ? id : id.slice(0, at);
    Object.assign(to.choices, ANSWERS[about]?.(to, value, at < 0 ? '' : id.slice(at + 1)));
  }
  const { choices, ...rest } = to;
  return Object.keys(choices).length === 0 ? rest : to;
}
