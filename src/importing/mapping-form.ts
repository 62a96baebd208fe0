import type { MappingForm } from '../ledger/dropped-files.port.ts';
import { FIELDS, KINDS, type Kind } from './fields.ts';
import { type Mapping, mappingSchema } from './mapping.ts';

/** What exports call a field, without spaces and signs; a suggestion only, which a person confirms. */
const ALSO_CALLED: Readonly<Record<string, readonly string[]>> = {
  account: [
    'customer',
    'customerid',
    'customernumber',
    'customerno',
    'accountnumber',
    'accountno',
    'accountid',
    'debtor',
    'debitor',
    'kundennummer',
    'kundennr',
    'codeclient',
  ],
  accountName: ['customername', 'name', 'company', 'companyname', 'kunde', 'kundenname', 'firma'],
  name: ['contact', 'contactname', 'fullname'],
  number: [
    'invoice',
    'invoicenumber',
    'invoiceno',
    'invoiceid',
    'documentnumber',
    'documentno',
    'docno',
    'reference',
    'rechnungsnummer',
    'rechnungsnr',
    'belegnummer',
    'belegnr',
  ],
  currency: ['curr', 'ccy', 'currencycode', 'waehrung', 'währung', 'devise'],
  total: ['amount', 'gross', 'grossamount', 'invoiceamount', 'totalamount', 'betrag', 'bruttobetrag', 'montant'],
  amount: ['total', 'paymentamount', 'betrag', 'montant'],
  open: ['balance', 'openbalance', 'openamount', 'outstanding', 'amountdue', 'residual', 'offen', 'offenerbetrag'],
  paid: ['amountpaid', 'paidamount', 'bezahlt'],
  issued: ['date', 'invoicedate', 'issuedate', 'documentdate', 'postingdate', 'rechnungsdatum', 'belegdatum'],
  due: ['duedate', 'netdue', 'netduedate', 'faelligkeit', 'fälligkeit', 'fälligam', 'faelligam'],
  received: ['date', 'paymentdate', 'valuedate', 'receiveddate'],
  entity: ['company', 'companycode', 'sellingentity', 'buchungskreis'],
  purchaseOrder: ['po', 'ponumber', 'purchaseordernumber', 'customerreference'],
  copy: ['invoicecopy', 'invoicefile', 'pdf', 'document', 'rechnungskopie'],
  email: ['mail', 'emailaddress', 'e-mail'],
};

/** A mapping as a person may change it, or a first guess for files nobody has described. */
export function formOf(headers: readonly string[], mapping: unknown, kind?: string): MappingForm {
  const known = mappingSchema.safeParse(mapping);
  if (known.success && (kind === undefined || kind === known.data.kind)) {
    const { declares, dates, numbers, columns, optionalColumns, fixed, defaults } = known.data;
    const wanted = { ...optionalColumns, ...columns };
    const present = Object.entries(wanted).flatMap(([field, header]) =>
      headers
        .filter((each) => plain(each) === plain(header))
        .slice(0, 1)
        .map((each) => [field, each]),
    );
    return {
      kind: known.data.kind,
      declares,
      ...(known.data.kind === 'open-items' ? shown(known.data) : { dates, numbers: numbers.decimal + numbers.group }),
      currency: fixed.currency ?? defaults.currency ?? '',
      entity: fixed.entity ?? defaults.entity ?? '',
      columns: Object.fromEntries(present),
    };
  }
  const guessed = kindOf(kind ?? 'invoices');
  return {
    kind: guessed,
    declares: guessed === 'open-items' ? 'all-open' : 'changes',
    dates: guessed === 'open-items' ? AS_SHOWN : 'year-month-day',
    numbers: guessed === 'open-items' ? AS_SHOWN : '.,',
    currency: '',
    entity: 'MAIN',
    columns: guessed === 'open-items' ? {} : guess(headers, guessed),
  };
}

/** The mapping a filled-in form means, or what is wrong with it by field. What the form does not ask for stays as in `before`. */
export function mappingOf(
  name: string,
  form: MappingForm,
  before: unknown = null,
): { mapping: unknown } | { faults: Record<string, string> } {
  const kind = kindOf(form.kind);
  const { required, optional } = FIELDS[kind];
  const takes = (field: string) => required.includes(field) || optional.includes(field);
  const faults: Record<string, string> = {};
  const given = (field: 'currency' | 'entity') => form[field].trim() !== '' && takes(field);
  const values = {
    ...(given('currency') ? { currency: form.currency.trim().toUpperCase() } : {}),
    ...(given('entity') ? { entity: form.entity.trim() } : {}),
  };
  if (given('currency') && !/^[A-Z]{3}$/.test(values.currency!)) faults.currency = 'Three letters of ISO 4217, such as EUR.';
  if (form.declares === 'all-open' && kind !== 'invoices' && kind !== 'open-items')
    faults.declares = 'Only a file of invoices or open items can list everything that is open.';
  for (const field of required) {
    if (form.columns[field] || field in values) continue;
    faults[field] =
      field === 'currency' ? 'Choose its column, or give one currency for the whole file above.' : 'Choose its column: every row needs it.';
  }
  if (Object.keys(faults).length > 0) return { faults };
  const columns = Object.entries(form.columns).filter(([field, header]) => takes(field) && header !== '');
  if (kind === 'open-items') return openItemsMapping(name, form, { columns: Object.fromEntries(columns), defaults: values }, before);
  const [decimal, group = ''] = [...form.numbers];
  const parsed = mappingSchema.safeParse({
    ...unasked(before),
    name,
    kind,
    declares: form.declares,
    dates: form.dates,
    numbers: { decimal, group },
    columns: Object.fromEntries(columns),
    defaults: values,
  });
  if (parsed.success) return { mapping: parsed.data };
  return { faults: Object.fromEntries(parsed.error.issues.map(({ path, message }) => [String(path[1] ?? path[0] ?? 'kind'), message])) };
}

/** Nothing chosen: all rows of the file tell how its dates and amounts are meant. */
const AS_SHOWN = 'as-shown';

function shown({ choices }: Mapping): { dates: string; numbers: string } {
  return { dates: choices?.dates ?? AS_SHOWN, numbers: choices?.decimal === undefined ? AS_SHOWN : choices.decimal === ',' ? ',.' : '.,' };
}

/** What the form does not ask for, such as what a status means, stays as it was. */
function openItemsMapping(name: string, form: MappingForm, places: Pick<Mapping, 'columns' | 'defaults'>, before: unknown) {
  const known = mappingSchema.safeParse(before);
  const { dates: _, decimal: __, ...rest } = (known.success && known.data.choices) || {};
  const choices = {
    ...rest,
    ...(form.dates === AS_SHOWN ? {} : { dates: form.dates }),
    ...(form.numbers === AS_SHOWN ? {} : { decimal: form.numbers[0] }),
  };
  const parsed = mappingSchema.safeParse({ name, kind: 'open-items', declares: form.declares, ...places, choices });
  if (parsed.success) return { mapping: parsed.data };
  return { faults: Object.fromEntries(parsed.error.issues.map(({ path, message }) => [String(path[1] ?? path[0] ?? 'kind'), message])) };
}

function unasked(before: unknown) {
  const known = mappingSchema.safeParse(before);
  if (!known.success) return {};
  const { encoding, delimiter, quote, trueWords } = known.data;
  return { encoding, delimiter, quote, trueWords };
}

function guess(headers: readonly string[], kind: Kind): Record<string, string> {
  const { required, optional } = FIELDS[kind];
  const columns: Record<string, string> = {};
  const taken = new Set<string>();
  for (const field of [...required, ...optional]) {
    const names = [field.toLowerCase(), ...(ALSO_CALLED[field] ?? [])];
    const found = names.flatMap((name) => headers.filter((header) => !taken.has(header) && bare(header) === name))[0];
    if (found === undefined) continue;
    columns[field] = found;
    taken.add(found);
  }
  return columns;
}

function kindOf(text: string): Kind {
  return KINDS.find((kind) => kind === text) ?? 'invoices';
}

function plain(header: string): string {
  return header.normalize('NFC').trim().toLowerCase();
}

function bare(header: string): string {
  return plain(header).replaceAll(/[\s_.:/()#-]+/g, '');
}
