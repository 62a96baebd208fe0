import iconv from 'iconv-lite';
import { describe, expect, it, test } from 'vitest';
import { addressesIn } from '../../src/importing/open-items/addresses.ts';
import { numberEvidence, writtenAmount } from '../../src/importing/open-items/amounts.ts';

import { dateEvidence, dayOf, writtenDay } from '../../src/importing/open-items/days.ts';
import { decodeBytes } from '../../src/importing/open-items/encoding.ts';
import { countryCode, languageCode } from '../../src/importing/open-items/places.ts';
import { readOpenItems } from '../../src/importing/open-items/read-open-items.ts';
import { textSheet } from '../../src/importing/open-items/read-sheet.ts';
import type { Choices } from '../../src/importing/open-items/reading.ts';
import { splitRecords } from '../../src/importing/open-items/records.ts';

const read = (text: string, choices: Choices = {}) => readOpenItems(textSheet(Buffer.from(text)), choices);
const HEAD = 'account,account_name,number,currency,open,issued,due';
const rowsOf = (lines: string, choices: Choices = {}) => read(`${HEAD}\n${lines}\n`, choices);

describe('bytes', () => {
  test.each([
    ['windows-1252', 'Müller & Söhne;Rue de l’Été;€ 1'],
    ['windows-1250', 'Zakład Łódź Sp. z o.o.;Škoda Příbram;Žilina'],
    ['iso-8859-15', 'Müller & Söhne €uro;Citroën Cœur'],
    ['macroman', 'Müller & Söhne;Café Élan;Größe'],
    ['cp850', 'Müller & Söhne;Größe Ölwerk'],
  ])('are read as %s because of their words', (encoding, text) => {
    const decoded = decodeBytes(iconv.encode(`Kunde;Name\n1;${text}\n`, encoding));
    expect(decoded.text).toContain(text);
  });

  test.each(['utf-16le', 'utf-16be'])('are %s without a mark, too', (encoding) => {
    expect(decodeBytes(iconv.encode('account,number\nC1,Ünal\n', encoding))).toMatchObject({
      encoding,
      sure: true,
      text: 'account,number\nC1,Ünal\n',
    });
  });
});

describe('records', () => {
  test.each([
    ['sep=;\na;b\n1;2', [[], ['a', 'b'], ['1', '2']]],
    [
      'a,b\n="00123",2',
      [
        ['a', 'b'],
        ['00123', '2'],
      ],
    ],
    [
      'a,b\n"x\ny",2',
      [
        ['a', 'b'],
        ['x y', '2'],
      ],
    ],
    [
      'a;b\n"12"" pipe";2',
      [
        ['a', 'b'],
        ['12" pipe', '2'],
      ],
    ],
    [
      'a;b\n12" pipe;2\n3;4',
      [
        ['a', 'b'],
        ['12" pipe', '2'],
        ['3', '4'],
      ],
    ],
    [
      'a;b\n"never closed;2\n3;4',
      [
        ['a', 'b'],
        ['"never closed', '2'],
        ['3', '4'],
      ],
    ],
    [
      'a\tb\n1\t2,5',
      [
        ['a', 'b'],
        ['1', '2,5'],
      ],
    ],
  ])('%j', (text, cells) => {
    expect(splitRecords(text).rows.map((row) => row.cells)).toEqual(cells);
  });

  it('keep their line though texts span lines', () => {
    expect(splitRecords('a,b\n"x\ny",2\n3,4').rows.map(({ line }) => line)).toEqual([1, 2, 4]);
  });
});

describe('an amount', () => {
  test.each([
    ['1.234,50-', '1.234,50', true, ''],
    ['($30.00)', '30.00', true, '$'],
    ['USD 300.00', '300.00', false, 'USD'],
    ['99,00 €', '99,00', false, 'EUR'],
    ['1’234.50', "1'234.50", false, ''],
    ['1 234,50', '1 234,50', false, ''],
    ['-$1,250.50', '1,250.50', true, '$'],
    ['1.190,00 S', '1.190,00', false, ''],
    ['119,00 H', '119,00', true, ''],
    ['250.00 CR', '250.00', true, ''],
    ['250.00 DR', '250.00', false, ''],
    ['\u2212 5,00', '5,00', true, ''],
  ])('%s', (text, body, negative, currency) => {
    expect(writtenAmount(text)).toMatchObject({ body, negative, currency });
  });

  test.each(['abc', '1E+6', '-5-', '', '12/31', 'INV-1', '#N/A', 'true'])('is not %j', (text) => {
    expect(writtenAmount(text)).toBeNull();
  });

  test('has the decimal sign that the whole column shows, and is asked about where it shows two', () => {
    const of = (...bodies: string[]) => numberEvidence(bodies.map((body) => ({ body, currency: 'EUR' })));
    expect(of('1.234,50', '12,00')).toMatchObject({
      decimal: ',',
      sentence: '2 of 2 amounts fit a decimal comma; none fits a decimal point.',
    });
    expect(of('1,234', '300')).toMatchObject({ decimal: '.', ambiguous: false });
    expect(of('1,250', '300')).toMatchObject({ decimal: null, ambiguous: true });
    expect(of('1,250.50', '99,00')).toMatchObject({ ambiguous: false });
    expect(of('1.250', '300')).toMatchObject({ decimal: null, ambiguous: true });
    expect(of('1.500', '1,234.50', '2.750,25')).toMatchObject({ decimal: null, ambiguous: true });
    expect(numberEvidence([{ body: '1,234', currency: 'KWD' }])).toMatchObject({ ambiguous: true });
  });

  test('that is left over from binary arithmetic is read with a mark, one with three decimals is not', () => {
    const { documents, rows } = rowsOf(
      'C1,Acme,I1,USD,2309.7899999999995,2026-09-01,2026-10-01\nC1,Acme,I2,USD,12.345,2026-09-01,2026-10-01\nC1,Acme,I3,USD,7.50,2026-09-01,2026-10-01',
    );
    expect(documents[0]).toMatchObject({ number: 'I1', open: 230_979, marks: [expect.stringContaining('binary arithmetic')] });
    expect(rows[2]).toMatchObject({ class: 'unreadable', why: 'Cannot be read: "12.345" has 3 decimals, USD 2.' });
  });

  test('is not counted twice where one row is written otherwise', () => {
    const { documents } = rowsOf(
      'C1,Acme,I1,USD,"$1,250.50",2026-09-01,2026-10-01\nC1,Acme,I2,EUR,"99,00 €",2026-09-01,2026-10-01\nC1,Acme,I3,USD,3.10,2026-09-01,2026-10-01',
    );
    expect(documents.map(({ open, marks }) => [open, marks.length])).toEqual([
      [125_050, 0],
      [9_900, 1],
      [310, 0],
    ]);
  });

  test('in another currency than its row is not read', () => {
    expect(rowsOf('C1,Acme,I1,EUR,$5.00,2026-09-01,2026-10-01\nC1,Acme,I2,EUR,5.00,2026-09-01,2026-10-01').rows[1]).toMatchObject({
      class: 'unreadable',
    });
  });
});

describe('a day', () => {
  test.each([
    ['15 Mar 2026', '2026-03-15'],
    ['15-Mar-26', '2026-03-15'],
    ['Mar 15, 2026', '2026-03-15'],
    ['15. März 2026', '2026-03-15'],
    ['15 août 2026', '2026-08-15'],
    ['15 de enero de 2026', '2026-01-15'],
    ['20260315', '2026-03-15'],
    ['2026-03-15T00:00:00Z', '2026-03-15'],
    ['2026-03-15 09:41:07', '2026-03-15'],
    ['2026/3/5', '2026-03-05'],
    ['46096', '2026-03-15'],
  ])('%s says itself what it is', (text, day) => {
    expect(dayOf(writtenDay(text)!, null)).toBe(day);
  });

  test.each([
    ['15.03.2026 00:00', 'day-month-year', '2026-03-15'],
    ['15. 3. 2026', 'day-month-year', '2026-03-15'],
    ['01.03.26', 'day-month-year', '2026-03-01'],
    ['3/15/26', 'month-day-year', '2026-03-15'],
  ] as const)('%s under %s', (text, order, day) => {
    expect(dayOf(writtenDay(text)!, order)).toBe(day);
  });

  test.each(['2027-02-29', '31.11', 'soon', '123456', '2026-13-01'])('is not %s', (text) => {
    expect(writtenDay(text)).toBeNull();
  });

  test('has the order that all dates of the file show', () => {
    expect(dateEvidence(['31/03/2026', '01/04/2026'], [], [])).toEqual({
      order: 'day-month-year',
      sentence: '2 of 2 dates fit day.month.year; 1 fit month/day/year.',
      ambiguous: false,
    });
    expect(dateEvidence(['01/04/2026', '02/05/2026'], [], [])).toMatchObject({ order: null, ambiguous: true });
    expect(dateEvidence(['01/04/2026'], [], ['31/12/2026'])).toMatchObject({ order: 'day-month-year' });
    expect(dateEvidence(['31/03/2026', '03/31/2026'], [], [])).toMatchObject({ order: null, ambiguous: true });
  });

  test('that can be two is left empty and asked, and the answer fills it', () => {
    const lines = 'C1,Acme,I1,EUR,5.00,01/09/2026,01/10/2026\nC1,Acme,I2,EUR,5.00,02/09/2026,02/10/2026';
    const asked = rowsOf(lines);
    expect(asked.documents.map(({ issued }) => issued)).toEqual([null, null]);
    expect(asked.questions).toMatchObject([{ about: 'dates', blocking: true }]);
    expect(rowsOf(lines, { dates: 'day-month-year' }).documents[0]).toMatchObject({ issued: '2026-09-01', due: '2026-10-01' });
  });
});

describe('rows of one number', () => {
  test('with several due dates are its parts', () => {
    const { documents } = rowsOf('C1,Acme,I1,EUR,50.00,2026-09-01,2026-10-01\nC1,Acme,I1,EUR,70.00,2026-09-01,2026-11-01');
    expect(documents.map(({ line, open, due }) => [line, open, due])).toEqual([
      [1, 5_000, '2026-10-01'],
      [2, 7_000, '2026-11-01'],
    ]);
  });

  test('that are the same in every cell are read once, and that is asked', () => {
    const lines = 'C1,Acme,I1,EUR,50.00,2026-09-01,2026-10-01\nC1,Acme,I1,EUR,50.00,2026-09-01,2026-10-01';
    const once = rowsOf(lines);
    expect(once.documents.length).toBe(1);
    expect(once.questions).toMatchObject([{ about: 'repeated', proposal: 'once' }]);
    expect(rowsOf(lines, { repeated: 'each' }).documents.length).toBe(2);
  });

  test('are lines of one invoice where the file has line items', () => {
    const text =
      'Customer Name,Invoice Number,Invoice Date,Due Date,Balance,Currency,Item Name,Quantity\nAcme,I1,2026-09-01,2026-10-01,160.00,GBP,Beans,10\nAcme,I1,2026-09-01,2026-10-01,160.00,GBP,Milk,8\n';
    const { documents, rows } = read(text);
    expect(documents).toMatchObject([{ open: 16_000, rows: [2, 3] }]);
    expect(rows[2]).toMatchObject({ class: 'detail', why: 'A further line of the invoice in row 2.' });
  });

  test('of two companies or two customers stay apart', () => {
    const text = `entity,${HEAD}\nUK,C1,A,7,GBP,1.00,2026-09-01,2026-10-01\nDE,C1,A,7,EUR,1.00,2026-09-01,2026-10-01\nUK,C2,B,7,GBP,2.00,2026-09-01,2026-10-01\n`;
    const { documents, questions } = read(text);
    expect(documents.length).toBe(3);
    expect(questions).toMatchObject([{ about: 'same-number' }]);
  });
});

describe('rows that are no documents', () => {
  test('a footer and a total are told apart from a customer of that name', () => {
    const text = `${HEAD}\nC1,Total Tools Ltd,I1,EUR,50.00,2026-09-01,2026-10-01\nTotal,,,EUR,50.00,,\nPrinted on 30 November 2026,,,,,,\n`;
    expect(read(text).rows.map(({ class: is }) => is)).toEqual(['header', 'document', 'total', 'footer']);
  });

  test('a total that does not agree with its rows is told', () => {
    const { questions, checks } = read(`${HEAD}\nC1,A,I1,EUR,50.00,2026-09-01,2026-10-01\nTotal,,,EUR,60.00,,\n`);
    expect(checks).toMatchObject([{ says: 6_000, read: 5_000, agrees: false }]);
    expect(questions).toMatchObject([{ about: 'total' }]);
  });

  test('a row with a cell too many is not read, since nothing tells what stands where', () => {
    const { rows, documents } = rowsOf('C1,A,I1,EUR,1,250.00,2026-09-01,2026-10-01\nC1,A,I2,EUR,10.00,2026-09-01,2026-10-01');
    expect(rows[1]).toMatchObject({ class: 'unreadable' });
    expect(documents.length).toBe(1);
  });

  test.each([
    ['paid', 'closed'],
    ['Bezahlt', 'closed'],
    ['annulée', 'closed'],
    ['Borrador', 'draft'],
    ['outstanding', 'document'],
  ])('status %s: %s', (status, is) => {
    expect(read(`${HEAD},status\nC1,A,I1,EUR,5.00,2026-09-01,2026-10-01,${status}\n`).rows[1]).toMatchObject({ class: is });
  });

  test('a status that nobody knows is taken as open and asked', () => {
    expect(read(`${HEAD},status\nC1,A,I1,EUR,5.00,2026-09-01,2026-10-01,zzz\n`).questions).toMatchObject([{ about: 'status' }]);
  });
});

describe('side columns', () => {
  test('never lose the money row: what does not fit is left empty and told', () => {
    const { documents, customers } = read(
      `${HEAD},country,language,email\nC1,A,I1,EUR,5.00,2026-09-01,2026-10-01,Atlantis,Klingon,nobody\n`,
    );
    expect(documents.length).toBe(1);
    expect(customers[0]).toMatchObject({ country: null, language: null, addresses: [] });
    expect(customers[0]!.marks.length).toBe(3);
  });

  test.each([
    ['USA', 'US'],
    ['Germany', 'DE'],
    ['Allemagne', 'DE'],
    ['Estados Unidos', 'US'],
    ['Österreich', 'AT'],
    ['Oesterreich', null],
    ['UK', 'GB'],
    ['EL', 'GR'],
    ['gb', 'GB'],
    ['XK', null],
    ['', null],
  ])('country %s', (text, code) => {
    expect(countryCode(text)).toBe(code);
  });

  test.each([
    ['de-CH', 'de'],
    ['German', 'de'],
    ['Französisch', 'fr'],
    ['EN', 'en'],
    ['español', 'es'],
    ['Klingon', null],
  ])('language %s', (text, code) => {
    expect(languageCode(text)).toBe(code);
  });

  test.each([
    ['a@x.example; b@x.example', ['a@x.example', 'b@x.example'], 0],
    ['c@x.example, d@x.example', ['c@x.example', 'd@x.example'], 0],
    ['Dora <dora@x.example>', ['dora@x.example'], 0],
    ['"Berg, Dana" <dana@x.example>; AP@X.example', ['dana@x.example', 'ap@x.example'], 0],
    ['info@bücher.example', ['info@xn--bcher-kva.example'], 0],
    ['jürgen@x.example', [], 1],
    ['mailto:x@x.example', ['x@x.example'], 0],
    ['ap2@x.example.', ['ap2@x.example'], 0],
    ['n/a', [], 0],
    ['a..b@x.example', [], 1],
  ])('%s', (cell, addresses, unusable) => {
    const found = addressesIn(cell);
    expect(found.usable.map(({ address }) => address)).toEqual(addresses);
    expect(found.unusable.length).toBe(unusable);
  });
});

describe('columns', () => {
  test.each([
    ['Kunde;Name;Beleg;Wae;Betrag;Belegdatum;Faellig\n100;Muster AG;9001;EUR;1.234,50;21.09.2026;01.10.2026', 'day-month-year'],
    [
      'N° client;Raison sociale;N° facture;Devise;Montant ouvert;Date de facture;Échéance\n100;Exemple SA;9001;EUR;1 234,50;21/09/2026;01/10/2026',
      'day-month-year',
    ],
    [
      'N.º cliente;Razón social;N.º de factura;Moneda;Importe pendiente;Fecha de factura;Vencimiento\n100;Ejemplo SL;9001;EUR;1.234,50;21/09/2026;01/10/2026',
      'day-month-year',
    ],
    [
      'Customer No.;Customer Name;Invoice #;Currency;Open Balance;Invoice Date;Due Date\n100;Example Ltd;9001;EUR;1,234.50;09/21/2026;10/01/2026',
      'month-day-year',
    ],
  ])('of four languages are known: %s', (text) => {
    expect(read(text).documents).toMatchObject([
      { account: '100', number: '9001', currency: 'EUR', open: 123_450, issued: '2026-09-21', due: '2026-10-01' },
    ]);
  });

  test('two that look like what is open are asked about', () => {
    const { questions } = read(
      'Customer No,Invoice No,Currency,Residual,Cur. Residual,Date,Due Date\n1,2,USD,5.00,6.00,2026-01-01,2026-01-31\n',
    );
    expect(questions).toMatchObject([{ about: 'column', blocking: true, options: ['Residual', 'Cur. Residual'] }]);
  });

  test('a person’s choice goes before every guess', () => {
    const { documents } = read(
      'Customer No,Invoice No,Currency,Residual,Cur. Residual,Date,Due Date\n1,2,USD,5.00,6.00,2026-01-01,2026-01-31\n',
      { columns: { open: 4 } },
    );
    expect(documents).toMatchObject([{ open: 600 }]);
  });

  test('without a row of names that is asked, and nothing is thrown', () => {
    expect(read('1,2\n3,4\n').questions).toMatchObject([{ about: 'header', blocking: true }]);
    expect(read('').questions).toMatchObject([{ about: 'header', blocking: true }]);
  });
});

test('empty cells say nothing', () => {
  const { documents, customers } = read(`${HEAD},country,language,reference\nC1,,I1,EUR,5.00,2026-09-01,,,,\n`);
  expect(documents[0]).toMatchObject({ accountName: null, due: null, reference: null, entity: null });
  expect(customers[0]).toMatchObject({ name: null, country: null, language: null, phone: null });
});

test('a due day is worked out from terms, and says so', () => {
  const { documents } = read(`${HEAD},terms\nC1,A,I1,EUR,5.00,2026-09-01,,Net 30\nC1,A,I2,EUR,5.00,2026-09-01,,\n`, { termsDays: 14 });
  expect(documents.map(({ due, marks }) => [due, marks])).toEqual([
    ['2026-10-01', ['due day worked out from "Net 30"']],
    ['2026-09-15', ['due day worked out: 14 days after its date']],
  ]);
});

test('credit notes without a minus are turned round where no amount has one, and asked about', () => {
  const text = `${HEAD},type\nC1,A,I1,EUR,5.00,2026-09-01,2026-10-01,Invoice\nC1,A,G1,EUR,2.00,2026-09-01,2026-10-01,Credit note\n`;
  expect(read(text)).toMatchObject({ documents: [{ open: 500 }, { class: 'credit', open: -200 }], questions: [{ about: 'signs' }] });
  expect(read(text, { signs: 'as-written' }).documents[1]).toMatchObject({ open: 200 });
});
