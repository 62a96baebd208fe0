import { OPEN_FIELDS } from './open-items/field-words.ts';

/** What a file may hold. */
export const KINDS = ['accounts', 'contacts', 'invoices', 'payments', 'credit-notes', 'open-items'] as const;
export type Kind = (typeof KINDS)[number];

/** What any row may say of its account; see LedgerAccount. */
const ACCOUNT = [
  'accountName',
  'country',
  'region',
  'language',
  'zone',
  'segment',
  'customerKind',
  'parent',
  'accountEntity',
  'owner',
  'autopay',
  'law',
  'paymentTerms',
  'noticeMethod',
  'noticeAddress',
  'reminderFee',
  'creditLimit',
  'groupLimit',
  'limitUntil',
];
const RECEIPT = ['number', 'entity', 'currency', 'amount', 'invoice', 'allocated', 'reason', ...ACCOUNT];

interface Fields {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** `account` is the customer number everywhere. src/importing/README.md says what each field means. */
export const FIELDS: Readonly<Record<Kind, Fields>> = {
  accounts: { required: ['account'], optional: ACCOUNT },
  contacts: { required: ['account', 'name'], optional: ['salutation', 'email', 'phone', 'role', 'rank', 'doNotContact', ...ACCOUNT] },
  invoices: {
    required: ['account', 'number', 'currency', 'total', 'issued', 'due'],
    optional: [
      'entity',
      'paid',
      'open',
      'settled',
      'disputed',
      'disputedAmount',
      'cancelled',
      'purchaseOrder',
      'payLink',
      'copy',
      ...ACCOUNT,
    ],
  },
  payments: { required: ['account', 'number', 'currency', 'amount', 'received'], optional: [...RECEIPT, 'reversed'] },
  /** Their columns are found by themselves; what is named here goes before that. */
  'open-items': { required: [], optional: OPEN_FIELDS },
  'credit-notes': { required: ['account', 'number', 'currency', 'amount', 'issued'], optional: [...RECEIPT, 'cancelled'] },
};
