import iconv from 'iconv-lite';
import { randomFrom } from '../support/random-from.ts';

/** One document as it was meant, before it was written down in some system's way. Amounts in minor units. */
export interface Meant {
  readonly number: string;
  readonly account: string;
  readonly name: string;
  readonly issued: string;
  readonly due: string;
  readonly currency: string;
  readonly open: number;
  /** Its status says that it is paid: no open item. */
  readonly paid: boolean;
  /** What was done to its row. */
  readonly damage: Damage | null;
}

export type Damage =
  | 'word for amount'
  | 'three decimals'
  | 'cell too many'
  | 'no such day'
  | 'binary noise'
  | 'unknown country'
  | 'row twice'
  | 'quote never closed';

export interface MadeFile {
  readonly bytes: Uint8Array;
  readonly meant: readonly Meant[];
  /** Rows of the file, for one verdict each. */
  readonly entity: string | null;
  readonly style: string;
}

/** Words of the status and type columns: open, paid, an invoice, a credit note. */
const WORDS: Readonly<Record<string, readonly [string, string, string, string]>> = {
  en: ['Outstanding', 'Paid', 'Invoice', 'Credit Note'],
  de: ['offen', 'bezahlt', 'Rechnung', 'Gutschrift'],
  fr: ['ouvert', 'payé', 'Facture', 'Avoir'],
  es: ['pendiente', 'pagado', 'Factura', 'Nota de crédito'],
};

type Chance = () => number;
const HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: {
    account: 'Customer No.',
    name: 'Customer Name',
    number: 'Invoice Number',
    currency: 'Currency',
    open: 'Open Balance',
    issued: 'Invoice Date',
    due: 'Due Date',
    country: 'Country',
    text: 'Description',
    total: 'Original Amount',
    status: 'Status',
    type: 'Document Type',
  },
  de: {
    account: 'Kundennummer',
    name: 'Kundenname',
    number: 'Belegnummer',
    currency: 'Währung',
    open: 'Offener Betrag',
    issued: 'Belegdatum',
    due: 'Fälligkeit',
    country: 'Land',
    text: 'Buchungstext',
    total: 'Rechnungsbetrag',
    status: 'Status',
    type: 'Belegart',
  },
  fr: {
    account: 'Code client',
    name: 'Raison sociale',
    number: 'N° facture',
    currency: 'Devise',
    open: 'Montant ouvert',
    issued: 'Date de facture',
    due: 'Échéance',
    country: 'Pays',
    text: 'Libellé',
    total: 'Montant total',
    status: 'Statut',
    type: 'Type de pièce',
  },
  es: {
    account: 'Código de cliente',
    name: 'Razón social',
    number: 'Número de factura',
    currency: 'Moneda',
    open: 'Importe pendiente',
    issued: 'Fecha de factura',
    due: 'Vencimiento',
    country: 'País',
    text: 'Concepto',
    total: 'Importe total',
    status: 'Estado',
    type: 'Tipo de documento',
  },
};
const TITLES = ['Open items', 'Offene Posten', 'Balance âgée', 'Partidas abiertas', 'Hollowell & Söhne'];
const NAMES = [
  'Müller & Söhne',
  'Total Tools Ltd',
  'Café Ünique',
  'Berg, Dana',
  'A "B" C GmbH',
  'Ñandú SL',
  'Élan SARL',
  'Sum & Co',
  'Plain Ltd',
  '0969 Ocean View Road',
];
const DECIMALS: Readonly<Record<string, number>> = { EUR: 2, USD: 2, GBP: 2, CHF: 2, JPY: 0, KWD: 3 };
const DAMAGES: readonly Damage[] = [
  'word for amount',
  'three decimals',
  'cell too many',
  'no such day',
  'binary noise',
  'unknown country',
  'row twice',
  'quote never closed',
];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

type Pick = <T>(from: readonly T[]) => T;

interface Style {
  readonly language: string;
  readonly delimiter: string;
  readonly encoding: string;
  readonly bom: boolean;
  readonly dates: 'dmy' | 'mdy' | 'iso' | 'named' | 'packed' | 'short';
  readonly dateSign: string;
  readonly decimal: '.' | ',';
  readonly group: string;
  readonly negative: 'before' | 'behind' | 'brackets' | 'CR';
  readonly quoteAll: boolean;
  readonly columns: readonly string[];
  readonly blankFirst: boolean;
  readonly byCustomer: boolean;
  readonly totals: boolean;
  readonly footer: boolean;
  readonly titles: number;
  readonly repeatEvery: number;
  readonly crlf: boolean;
}

/** A file of a random layout, dialect and damage; the same for the same seed. */
export function makeFile(seed: number): MadeFile {
  const chance = randomFrom(seed);
  const pick: Pick = (from) => from[Math.floor(chance() * from.length)]!;
  const style = styleOf(chance, pick);
  const meant = documentsOf(chance, pick, style);
  const lines = linesOf(meant, style, pick, chance);
  const end = style.crlf ? '\r\n' : '\n';
  const text = lines.join(end) + (chance() < 0.8 ? end : '');
  const bytes = Buffer.concat([style.bom ? bomOf(style.encoding) : Buffer.alloc(0), iconv.encode(text, style.encoding)]);
  return { bytes, meant, entity: null, style: JSON.stringify(style) };
}

function styleOf(chance: Chance, pick: Pick): Style {
  const decimal = pick(['.', ','] as const);
  const delimiter = pick([',', ';', '\t'] as const);
  const dates = pick(['dmy', 'mdy', 'iso', 'named', 'packed', 'short'] as const);
  const encoding = pick(['utf-8', 'utf-8', 'utf-16le', 'windows-1252']);
  const optional = ['country', 'text', 'total', 'status', 'type'].filter(() => chance() < 0.4);
  const headed = chance() < 0.15;
  const columns = shuffled([...(headed ? [] : ['account', 'name']), 'number', 'currency', 'open', 'issued', 'due', ...optional], chance);
  return {
    language: pick(Object.keys(HEADERS)),
    delimiter,
    encoding,
    bom: encoding === 'utf-16le' ? chance() < 0.7 : encoding === 'utf-8' && chance() < 0.4,
    dates,
    dateSign: dates === 'mdy' ? pick(['/', '-']) : pick(['.', '/', '-']),
    decimal,
    group: pick(['', decimal === '.' ? ',' : '.', ' ', '\u2019']),
    negative: pick(['before', 'behind', 'brackets', 'CR']),
    quoteAll: chance() < 0.3,
    columns,
    blankFirst: chance() < 0.2,
    byCustomer: headed || chance() < 0.3,
    totals: chance() < 0.6,
    footer: chance() < 0.4,
    titles: chance() < 0.5 ? 1 + Math.floor(chance() * 4) : 0,
    repeatEvery: chance() < 0.2 ? 5 : 0,
    crlf: chance() < 0.5,
  };
}

function shuffled<T>(all: readonly T[], chance: Chance): T[] {
  return all
    .map((each) => [chance(), each] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, each]) => each);
}

function documentsOf(chance: Chance, pick: Pick, style: Style): Meant[] {
  const count = 1 + Math.floor(chance() * 30);
  const currency = pick(Object.keys(DECIMALS));
  const mixed = !style.totals && chance() < 0.3;
  const damaged = chance() < 0.5;
  /** No day of the month tells whether it is a month. */
  const early = chance() < 0.2;
  const customers = Array.from({ length: 1 + Math.floor(count / 4) }, (_, i) => ({
    account: String(10_001 + i),
    name: style.encoding === 'windows-1252' ? pick(NAMES) : `${pick(NAMES)}`,
  }));
  return Array.from({ length: count }, (_, i) => {
    const one = customers[Math.floor((i / count) * customers.length)]!;
    const of = mixed ? pick(Object.keys(DECIMALS)) : currency;
    const size = Math.ceil(chance() * 10 ** (1 + Math.floor(chance() * 6)));
    const some = Temporal.PlainDate.from('2026-01-01').add({ days: Math.floor(chance() * 300) });
    const issued = early ? some.with({ day: 1 + (some.day % 12) }) : some;
    const damage = damaged && chance() < 0.15 ? pick(DAMAGES) : null;
    return {
      number: `R-${seedless(i)}`,
      ...one,
      currency: of,
      open: chance() < 0.15 ? -size : size,
      issued: issued.toString(),
      due: issued.add(early ? { months: 1 } : { days: pick([0, 14, 30, 60]) }).toString(),
      paid: style.columns.includes('status') && chance() < 0.2,
      damage,
    };
  });
}

const seedless = (i: number) => String(4_000 + i);

function linesOf(meant: readonly Meant[], style: Style, pick: Pick, chance: Chance): string[] {
  const header = style.columns.map((column) => HEADERS[style.language]![column]!);
  const lines: string[] = [];
  const write = (cells: readonly string[]) =>
    lines.push((style.blankFirst ? ['', ...cells] : cells).map((cell) => quoted(cell, style)).join(style.delimiter));
  for (let i = 0; i < style.titles; i += 1) lines.push(chance() < 0.3 ? '' : quoted(i === 0 ? pick(TITLES) : `Printed ${i}`, style));
  write(header);
  const blank = header.map(() => '');
  for (const [i, document] of meant.entries()) {
    if (style.byCustomer && document.account !== meant[i - 1]?.account) {
      if (chance() < 0.5) lines.push('');
      write([document.name, ...blank.slice(1)]);
    }
    if (style.repeatEvery > 0 && i > 0 && i % style.repeatEvery === 0) write(header);
    for (const cells of rowsOf(document, style)) lines.push(cells);
  }
  const sameCurrency = new Set(meant.map(({ currency }) => currency)).size === 1;
  if (style.totals && sameCurrency && meant.every(({ damage, paid }) => damage === null && !paid)) {
    const sum = meant.reduce((all, { open }) => all + open, 0);
    const cells = style.columns.map((column) => (column === 'open' ? amountText(sum, meant[0]!.currency, style) : ''));
    cells[style.columns.findIndex((column) => column !== 'open')] = pick(['Total', 'Summe', 'Total général', 'TOTAL']);
    write(cells);
  }
  if (style.footer) lines.push('', quoted('Friday, July 31, 2026 04:19 PM', style));
  return lines;
}

function rowsOf(document: Meant, style: Style): string[] {
  const cell = (column: string): string => {
    switch (column) {
      case 'open':
        return damagedAmount(document, style);
      case 'issued':
        return document.damage === 'no such day' ? '31.02.2026'.replaceAll('.', style.dateSign) : dateText(document.issued, style);
      case 'due':
        return dateText(document.due, style);
      case 'country':
        return document.damage === 'unknown country' ? 'Atlantis' : 'DE';
      case 'total':
        return amountText(document.open < 0 ? document.open : document.open + 500, document.currency, style);
      case 'status':
        return WORDS[style.language]![document.paid ? 1 : 0];
      case 'type':
        return WORDS[style.language]![document.open < 0 ? 3 : 2];
      case 'text':
        return `Order ${document.number}, part 1`;
      default:
        return String(document[column as keyof Meant]);
    }
  };
  const cells = style.columns.map(cell);
  if (document.damage === 'cell too many') cells.splice(2, 0, '5');
  const line = (style.blankFirst ? ['', ...cells] : cells).map((each) => quoted(each, style)).join(style.delimiter);
  if (document.damage === 'quote never closed') return [line.replace(document.number, `"${document.number}`)];
  return document.damage === 'row twice' ? [line, line] : [line];
}

function damagedAmount({ open, currency, damage }: Meant, style: Style): string {
  if (damage === 'word for amount') return '#N/A';
  const text = amountText(open, currency, style);
  if (damage !== 'three decimals' && damage !== 'binary noise') return text;
  const plain = (Math.abs(open) / 10 ** DECIMALS[currency]!).toFixed(DECIMALS[currency]!);
  const more =
    damage === 'three decimals'
      ? `${plain}${DECIMALS[currency] === 0 ? '.' : ''}0507`
      : `${plain}${DECIMALS[currency] === 0 ? '.' : ''}000000000013`;
  return `${open < 0 ? '-' : ''}${more.replace('.', style.decimal)}`;
}

export function amountText(amount: number, currency: string, style: Pick2): string {
  const decimals = DECIMALS[currency]!;
  const [whole, fraction] = (Math.abs(amount) / 10 ** decimals).toFixed(decimals).split('.');
  const grouped = style.group === '' ? whole! : whole!.replaceAll(/\B(?=(\d{3})+$)/g, style.group);
  const text = fraction === undefined ? grouped : `${grouped}${style.decimal}${fraction}`;
  if (amount >= 0) return text;
  return { before: `-${text}`, behind: `${text}-`, brackets: `(${text})`, CR: `${text} CR` }[style.negative];
}
type Pick2 = { readonly decimal: string; readonly group: string; readonly negative: Style['negative'] };

function dateText(day: string, { dates, dateSign }: Style): string {
  const [y, m, d] = day.split('-') as [string, string, string];
  return {
    dmy: [d, m, y].join(dateSign),
    mdy: [m, d, y].join(dateSign),
    iso: day,
    named: `${Number(d)} ${MONTHS[Number(m) - 1]} ${y}`,
    packed: `${y}${m}${d}`,
    short: [d, m, y.slice(2)].join('.'),
  }[dates];
}

function quoted(cell: string, { delimiter, quoteAll }: Style): string {
  return quoteAll || cell.includes(delimiter) || cell.includes('"') || cell.includes('\n') ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function bomOf(encoding: string): Buffer {
  return encoding === 'utf-16le' ? Buffer.from([0xff, 0xfe]) : Buffer.from([0xef, 0xbb, 0xbf]);
}
