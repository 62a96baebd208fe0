import { FIELDS, type Kind } from './fields.ts';
import { type Mapping, mappingSchema } from './mapping.ts';

/** Our own template: dates as 2026-03-31, amounts as 1234.56, headers as the fields with underscores ('purchase_order'). */
function template(kind: Kind): Mapping {
  const { required, optional } = FIELDS[kind];
  // Most companies invoice from one entity and have no column for it.
  const entity = optional.includes('entity') ? { entity: 'MAIN' } : {};
  return mappingSchema.parse({ name: kind, kind, columns: headersOf(required), optionalColumns: headersOf(optional), defaults: entity });
}

function headersOf(fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field, field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]));
}

/** A public sample of accounts receivable. Its country codes are not ISO's and it names neither currency nor company. */
const ibm = mappingSchema.parse({
  name: 'ibm',
  kind: 'invoices',
  dates: 'month-day-year',
  columns: {
    account: 'customerID',
    accountName: 'customerID',
    number: 'invoiceNumber',
    issued: 'InvoiceDate',
    due: 'DueDate',
    total: 'InvoiceAmount',
    disputed: 'Disputed',
    settled: 'SettledDate',
  },
  fixed: { currency: 'USD', entity: 'MAIN' },
});

/** A list of everything that is open, as accounting systems write it: what is closed is missing from the next one. */
const openItems = mappingSchema.parse({ name: 'open-items', kind: 'open-items', declares: 'all-open', defaults: { entity: 'MAIN' } });

export const BUILT_IN_MAPPINGS: ReadonlyMap<string, Mapping> = new Map(
  [ibm, template('accounts'), template('contacts'), template('invoices'), template('payments'), template('credit-notes'), openItems].map(
    (mapping) => [mapping.name, mapping],
  ),
);
