import type { DocumentClass } from './documents.ts';
import type { OpenField } from './field-words.ts';

/** What one system writes, as data: a new one is a row, and a person may change any of it by a choice. */
export interface Preset {
  readonly name: string;
  readonly system: string;
  /** Any of these sets of headers, all of a set present, tells that it is this system. */
  readonly known: readonly (readonly string[])[];
  /** Headers that mean something else here, or nothing elsewhere. */
  readonly fields?: Readonly<Partial<Record<OpenField, readonly string[]>>>;
  readonly types?: Readonly<Record<string, DocumentClass>>;
  /** By how its number begins, where no column says what it is. */
  readonly numbersBegin?: readonly (readonly [start: string, means: DocumentClass])[];
  /** Rows of other general ledger accounts are not customers'. */
  readonly onlyAccounts?: RegExp;
  /** Credit notes are written without a minus. */
  readonly unsigned?: boolean;
}

const SAP_TYPES: Readonly<Record<string, DocumentClass>> = {
  RV: 'invoice',
  DR: 'invoice',
  DA: 'other',
  DG: 'credit',
  RG: 'credit',
  DZ: 'payment',
  ZP: 'payment',
  ZR: 'payment',
  AB: 'other',
  SA: 'other',
  SB: 'other',
};

export const PRESETS: readonly Preset[] = [
  {
    name: 'arrears',
    system: 'the templates of Arrears',
    known: [
      ['account', 'number', 'currency', 'total', 'issued', 'due'],
      ['account', 'number', 'currency', 'open', 'issued', 'due'],
    ],
    fields: { account: ['account'], number: ['number'], open: ['open'], total: ['total'], entity: ['entity'] },
  },
  {
    name: 'sap-fbl5n',
    system: 'SAP, customer line items (FBL5N)',
    known: [
      ['belegnr', 'ar', 'belegdatum'],
      ['documentno', 'type', 'doc. date'],
      ['belegnummer', 'belegart', 'betrag in belegwahrung'],
      ['buchungskreis', 'belegnummer', 'belegart'],
      ['belegnummer', 'belegart', 'nettofalligkeit'],
      ['document number', 'document type', 'amount in local currency'],
      ['document number', 'document type', 'net due date'],
      ['no piece', 'type de piece', 'montant en devise interne'],
      ['no documento', 'clase de documento', 'importe en moneda local'],
    ],
    fields: {
      docType: ['ar', 'type', 'ty', 'belegart'],
      special: ['s', 'g', 'shb', 'sp.g/l'],
      dunningBlock: ['d', 'mahnspr', 'mahnsperre', 'dunning block'],
      status: ['ampel'],
      ageing: ['st', 'status'],
      reference: ['referenz', 'reference', 'zuordnung', 'assignment'],
      account: ['kunde', 'debitor', 'customer', 'client', 'cliente'],
      number: ['belegnr', 'documentno', 'belegnummer', 'document number', 'no piece', 'no documento'],
    },
    types: SAP_TYPES,
  },
  {
    name: 'datev-opos',
    system: 'DATEV, open items',
    known: [
      ['konto', 'rechnungsnummer', 'saldo', 'sollbetrag', 'habenbetrag'],
      ['konto', 'rechnungsnr', 'saldo'],
      ['personenkonto', 'rechnungsnummer', 'saldo'],
    ],
    fields: { account: ['konto', 'personenkonto'], open: ['saldo'], glAccount: ['gegenkonto'], text: ['buchungstext'] },
  },
  {
    name: 'xero-receivables',
    system: 'Xero, Aged Receivables Detail',
    known: [
      ['contact account number', 'invoice number', 'invoice reference', 'total'],
      ['invoice date', 'due date', 'invoice number', 'invoice reference', 'current', 'older', 'total'],
    ],
    fields: { open: ['total'], ageing: ['outstanding gst', 'outstanding tax', 'invoice seen', 'invoice sent'] },
  },
  {
    name: 'xero-invoices',
    system: 'Xero, invoices',
    known: [['contactname', 'invoicenumber', 'invoiceamountdue']],
    fields: {
      open: ['invoiceamountdue'],
      paid: ['invoiceamountpaid'],
      lineDetail: ['accountcode', 'taxtype', 'description', 'quantity', 'unitamount', 'inventoryitemcode'],
      ageing: ['taxamount', 'taxtotal'],
    },
    unsigned: true,
  },
  {
    name: 'quickbooks-online',
    system: 'QuickBooks Online, A/R Aging Detail',
    known: [
      ['date', 'transaction type', 'num', 'open balance'],
      ['num', 'customer', 'date', 'due date', 'amount', 'open balance'],
    ],
    fields: { number: ['num'], accountName: ['customer full name', 'customer'], docType: ['transaction type'] },
  },
  {
    name: 'quickbooks-desktop',
    system: 'QuickBooks Desktop, A/R Aging Detail',
    known: [
      ['type', 'date', 'num', 'name', 'due date', 'open balance'],
      ['type', 'date', 'num', 'due date', 'aging', 'open balance'],
    ],
    fields: { number: ['num'], accountName: ['name'], docType: ['type'] },
  },
  {
    name: 'sage-50',
    system: 'Sage 50, Aged Debtors (Detailed)',
    known: [
      ['no', 'type', 'date', 'ref', 'details', 'balance'],
      ['no', 'type', 'date', 'ref', 'details', 'period 1'],
    ],
    fields: { internal: ['no'], number: ['ref'], text: ['details'], open: ['balance'] },
    types: { SI: 'invoice', SC: 'credit', SA: 'payment', SR: 'payment', SD: 'other', SP: 'other' },
  },
  {
    name: 'netsuite',
    system: 'NetSuite, A/R Aging Detail',
    known: [
      ['transaction type', 'document number', 'p.o. no.', 'open balance'],
      ['document number', 'date', 'due date', 'age', 'open balance'],
    ],
    fields: { accountName: ['customer', 'name'], docType: ['transaction type', 'type'] },
  },
  {
    name: 'business-central',
    system: 'Dynamics 365 Business Central, customer ledger entries',
    known: [['document type', 'document no.', 'customer no.', 'remaining amount']],
    fields: {
      ageing: ['message to recipient', 'closed by entry no.', 'closed at date', 'max. payment tolerance'],
      internal: ['entry no.'],
    },
  },
  {
    name: 'odoo-open-items',
    system: 'Odoo, open items',
    known: [['entry', 'journal', 'partner', 'residual']],
    fields: {
      number: ['entry'],
      openLocal: ['residual'],
      open: ['cur. residual'],
      currency: ['cur.'],
      total: ['cur. original'],
      docType: ['journal'],
      text: ['ref - label'],
      glAccount: ['account'],
      ageing: ['original'],
    },
  },
  {
    name: 'erpnext-receivable',
    system: 'ERPNext, Accounts Receivable',
    known: [['party', 'voucher type', 'voucher no', 'outstanding amount']],
    fields: {
      reference: ['customer lpo'],
      accountName: ['party'],
      glAccount: ['receivable account'],
      ageing: ['credit note', 'territory', 'customer group', 'cost center', 'party type'],
    },
  },
  {
    name: 'zoho-invoice',
    system: 'Zoho Books or Zoho Invoice',
    known: [['invoice number', 'invoice status', 'customer name', 'customer id', 'balance']],
    fields: {
      internal: ['invoice id'],
      lineDetail: ['item name', 'item price', 'quantity', 'item desc', 'usage unit'],
      ageing: ['account'],
      reference: ['purchaseorder'],
    },
  },
  {
    name: 'freshbooks',
    system: 'FreshBooks, Invoice Details',
    known: [['client name', 'invoice #', 'date issued', 'line total']],
    fields: {
      lineAmount: ['line total'],
      lineDetail: ['item name', 'item description', 'rate', 'quantity'],
      ageing: ['line subtotal', 'tax 1 amount', 'tax 2 amount', 'date paid'],
    },
  },
  {
    name: 'stripe-invoices',
    system: 'Stripe, invoices',
    known: [
      ['id', 'amount due', 'customer', 'due date (utc)'],
      ['id', 'amount remaining', 'customer email'],
      ['invoice id', 'amount remaining', 'customer email'],
    ],
    fields: {
      open: ['amount remaining', 'amount due'],
      account: ['customer', 'customer id'],
      accountName: ['customer name', 'customer description'],
      issued: ['date (utc)', 'created (utc)', 'finalized at (utc)'],
      internal: ['id'],
    },
  },
  {
    name: 'invoice-ninja',
    system: 'Invoice Ninja, invoices',
    known: [['amount', 'balance', 'client', 'invoice number', 'paid to date']],
    fields: { accountName: ['client'], total: ['amount'], open: ['balance'], text: ['public notes'] },
  },
  {
    name: 'myob-receivables',
    system: 'MYOB AccountRight, Aged Receivables',
    known: [
      ['id no.', 'date', 'total due'],
      ['invoice no.', 'date', 'total due'],
    ],
    fields: { number: ['id no.', 'invoice no.'], open: ['total due'] },
    numbersBegin: [['CR', 'payment']],
  },
  {
    name: 'fec',
    system: 'the French FEC (fichier des écritures comptables)',
    known: [['journalcode', 'ecriturenum', 'comptenum', 'compauxnum', 'pieceref', 'debit', 'credit']],
    fields: {
      docType: ['journalcode'],
      internal: ['ecriturenum'],
      glAccount: ['comptenum'],
      account: ['compauxnum'],
      accountName: ['compauxlib'],
      number: ['pieceref'],
      issued: ['piecedate'],
      text: ['ecriturelib'],
      clearing: ['ecriturelet'],
      open: ['montantdevise'],
      currency: ['idevise'],
      ageing: ['journallib', 'ecrituredate', 'comptelib', 'datelet', 'validdate'],
    },
    types: { VE: 'invoice', VT: 'invoice', BQ: 'payment', CA: 'payment', OD: 'other', AN: 'other' },
    onlyAccounts: /^411/,
  },
];
