import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { contextLine } from '../slack/freshness.ts';
import { ACTION, choiceField, field, modal, textField } from '../slack/modals.ts';
import { clip } from '../slack/text.ts';
import type { MappingForm } from './dropped-files.port.ts';

export const FILE_KIND_WORDS: Readonly<Record<string, string>> = {
  accounts: 'customers',
  contacts: 'contacts',
  invoices: 'invoices',
  payments: 'payments',
  'credit-notes': 'credit notes',
  'open-items': 'open items: invoices, credits and payments in one list',
};
export const DECLARES: Readonly<Record<string, string>> = {
  changes: 'rows to add or change',
  'all-open': 'everything that is open (what is missing is closed)',
};
export const DATE_ORDERS: Readonly<Record<string, string>> = {
  'year-month-day': '2026-03-31',
  'day-month-year': '31/03/2026',
  'month-day-year': '03/31/2026',
};
export const NUMBER_STYLES: Readonly<Record<string, string>> = {
  '.,': '1,234.56',
  ',.': '1.234,56',
  ', ': '1 234,56',
  ".'": "1'234.56",
  '.': '1234.56',
  ',': '1234,56',
  '. ': '1 234.56',
};

/** Only a list of open items is looked at as a whole. */
export const AS_SHOWN: Readonly<Record<string, string>> = { 'as-shown': 'as the file itself shows; asked if two fit' };

/** Of its own, so that choosing another kind redraws the modal. */
export const KIND_ACTION = 'import-kind';

/** Slack refuses a view above 250 KB and a select above 100 options; with more columns than that their headers are typed. */
const MOST_OPTIONS = 100;
const MOST_OPTION_BYTES = 180_000;

export interface MappingModal {
  readonly carried: object;
  readonly headers: readonly string[];
  readonly form: MappingForm;
  readonly kinds: readonly string[];
  readonly fields: readonly { readonly name: string; readonly required: boolean }[];
}

/** What a file is and where its columns are. Blocks are named by field, so that a fault can point to one. */
export function mappingModal({ carried, headers, form, kinds, fields }: MappingModal): ModalView {
  const general: KnownBlock[] = [
    { ...kindField(kinds, form.kind), dispatch_action: true },
    ...(form.kind === 'invoices' || form.kind === 'open-items'
      ? [
          choiceField(
            generalBlock(form.kind, 'declares'),
            'The file holds',
            DECLARES,
            form.declares,
            'Choose everything that is open only when the file lists every open invoice.',
          ),
        ]
      : []),
    choiceField(
      generalBlock(form.kind, 'dates'),
      'Dates look like',
      form.kind === 'open-items' ? { ...AS_SHOWN, ...DATE_ORDERS } : DATE_ORDERS,
      form.dates,
      'For dates that are texts; dates of a spreadsheet are understood anyway.',
    ),
    choiceField(
      generalBlock(form.kind, 'numbers'),
      'Amounts look like',
      form.kind === 'open-items' ? { ...AS_SHOWN, ...NUMBER_STYLES } : NUMBER_STYLES,
      form.numbers,
      'For amounts that are texts. Nothing is guessed: what does not fit is rejected.',
    ),
    ...(takes(fields, 'currency')
      ? [
          textField('currency', 'Currency of rows that name none', {
            optional: true,
            max: 3,
            initial: form.currency,
            hint: 'For example EUR.',
          }),
        ]
      : []),
    ...(takes(fields, 'entity')
      ? [
          textField('entity', 'Selling entity of rows that name none', {
            optional: true,
            max: 20,
            initial: form.entity,
            hint: 'Which of your companies invoiced. MAIN when there is one only.',
          }),
        ]
      : []),
    contextLine(
      form.kind === 'open-items'
        ? 'Columns are found by themselves; what is chosen here goes before that:'
        : 'Where each thing stands in the file:',
    ),
  ];
  const columns = fields.map(({ name, required }) => columnField(form.kind, name, required, headers, form.columns[name], fields.length));
  return modal('import-map', 'Choose mapping', 'Save and dry run', carried, [...general, ...columns]);
}

function takes(fields: MappingModal['fields'], name: string): boolean {
  return fields.some((each) => each.name === name);
}

function kindField(kinds: readonly string[], initial: string): InputBlock {
  const block = choiceField(
    'kind',
    'What is in the file',
    Object.fromEntries(kinds.map((kind) => [kind, FILE_KIND_WORDS[kind] ?? kind])),
    initial,
  );
  return { ...block, element: { ...block.element, action_id: KIND_ACTION } as InputBlock['element'] };
}

/** A list of open items has choices of its own here, which must not be those of another kind. */
export function generalBlock(kind: string, name: 'declares' | 'dates' | 'numbers'): string {
  return kind === 'open-items' ? `${name}.${kind}` : name;
}

/** Unlike for each kind, so that Slack does not keep a choice made for another. */
export function columnBlock(kind: string, name: string): string {
  return `column.${kind}.${name}`;
}

function columnField(
  kind: string,
  name: string,
  required: boolean,
  headers: readonly string[],
  chosen: string | undefined,
  fields: number,
): InputBlock {
  const label = fieldWords(name);
  const id = columnBlock(kind, name);
  // A required one may come from the general part above, so that Slack must not insist.
  const optional = !required || name === 'currency';
  const options = headers.flatMap((header, index) =>
    header === '' ? [] : [{ value: String(index), text: { type: 'plain_text' as const, text: clip(header, 75) } }],
  );
  if (options.length > MOST_OPTIONS || JSON.stringify(options).length * fields > MOST_OPTION_BYTES)
    return field(
      id,
      label,
      { type: 'plain_text_input', action_id: ACTION, max_length: 300, ...(chosen ? { initial_value: clip(chosen, 300) } : {}) },
      { optional, hint: 'Type the column’s header: the file has too many to list.' },
    );
  const initial = options.find(({ value }) => headers[Number(value)] === chosen);
  return field(
    id,
    label,
    { type: 'static_select', action_id: ACTION, options, ...(initial ? { initial_option: initial } : {}) },
    { optional },
  );
}

const WORDS: Readonly<Record<string, string>> = {
  account: 'Customer number',
  accountName: 'Customer name',
  zone: 'Time zone',
  customerKind: 'Kind of customer',
  parent: 'Customer number of the parent',
  accountEntity: 'Selling entity of the customer',
  owner: 'Account owner in sales',
  autopay: 'Pays by direct debit',
  law: 'Governing law, such as DE',
  paymentTerms: 'Payment terms in days',
  noticeMethod: 'Method of notice',
  noticeAddress: 'Address for notice',
  reminderFee: 'Fee for a reminder',
  creditLimit: 'Credit limit, such as EUR 50,000',
  groupLimit: 'Credit limit of the group',
  limitUntil: 'Limit counts until',
  number: 'Document number',
  entity: 'Selling entity',
  issued: 'Date of issue',
  due: 'Due date',
  open: 'Open amount',
  paid: 'Paid amount',
  settled: 'Date of full payment',
  received: 'Date received',
  allocated: 'Amount for that invoice',
  payLink: 'Payment link',
  copy: 'Copy: link or PDF file',
};

/** 'purchaseOrder' is "Purchase order". */
function fieldWords(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return WORDS[name] ?? words[0]!.toUpperCase() + words.slice(1);
}
