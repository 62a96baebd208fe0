import { describe, expect, it } from 'vitest';
import { decideAgreement } from '../../src/charges/agreement.ts';
import { importedTerms } from '../../src/charges/imported-terms.ts';
import { BUILT_IN_MAPPINGS } from '../../src/importing/built-in-mappings.ts';
import { cellsOf } from '../../src/importing/cells.ts';
import { readRow } from '../../src/importing/read-row.ts';
import { day } from '../../src/kernel/day.ts';

const TODAY = day('2026-11-23');
const FIELDS = ['account', 'law', 'paymentTerms', 'noticeMethod', 'noticeAddress', 'reminderFee'];
/** A row of our own template of accounts. */
const read = (...row: readonly string[]) => {
  const cells = cellsOf(['C1', ...row], new Map(FIELDS.map((field, at) => [field, at])), BUILT_IN_MAPPINGS.get('accounts')!);
  const record = readRow('accounts', cells, TODAY);
  return { part: record.account, faults: cells.faults.map(({ column, reason }) => `${column} ${reason}`) };
};

describe('columns of what differs from our terms', () => {
  it('are read with the customer', () => {
    expect(read('de', '45', 'Registered post', 'Hauptstr. 1, Bonn', 'EUR 15, GBP 12.50')).toEqual({
      part: {
        ...{ number: 'C1', law: 'DE', paymentTerms: '45', noticeMethod: 'registered-post', noticeAddress: 'Hauptstr. 1, Bonn' },
        reminderFee: 'EUR 1500 GBP 1250',
      },
      faults: [],
    });
    expect(read('Other', '', '', '', '').part).toMatchObject({ law: 'other', paymentTerms: '' });
  });

  it.each([
    [['XX', '', '', '', ''], /^law is no law of the list: a code such as UK, UK:SCT, DE, FR, EU:NL, US:NY or OTHER$/],
    [['', '366', '', '', ''], /^payment_terms is not a whole number of days from 0 to 365$/],
    [['', 'net 30', '', '', ''], /^payment_terms is not a whole number/],
    [['', '', 'fax', 'Bonn', ''], /^notice_method is not one of email, post, registered-post, courier$/],
    [['', '', 'post', '', ''], /^notice_address is missing although a method of notice is given$/],
    [['', '', '', '', '15'], /^reminder_fee is not an amount above zero with its currency, such as EUR 15$/],
    [['', '', '', '', 'EUR 0'], /^reminder_fee is not an amount above zero/],
    [['', '', '', '', 'XXX 5'], /^reminder_fee is not an amount above zero/],
  ])('%j is refused with the reason', (row, reason) => {
    const { faults } = read(...row);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(reason);
  });
});

describe('what a file says of an agreement', () => {
  const said = { law: 'DE', paymentTerms: '45', noticeMethod: 'post', noticeAddress: 'Bonn', reminderFee: 'EUR 1500' };
  const put = (row: Parameters<typeof importedTerms>[0], before: Parameters<typeof importedTerms>[1], by = 'import') => {
    const request = importedTerms(row, before);
    const decided = request && decideAgreement(before, request, by, TODAY);
    return decided && 'agreement' in decided ? decided.agreement : null;
  };

  it('is put on file, and the same file again changes nothing', () => {
    const agreement = put(said, null);
    expect(agreement).toMatchObject({
      ...{ revision: 1, law: 'DE', terms: 45, notice: { method: 'post', address: 'Bonn' }, by: 'import', interestRate: null },
      feeClause: { amounts: { EUR: 1500 }, from: 'reminder' },
    });
    expect(put(said, agreement)).toBeNull();
    expect(importedTerms({}, null)).toBeNull();
    expect(importedTerms({ law: '', paymentTerms: '' }, agreement)).toBeNull();
  });

  it('leaves what it does not name, and what a person changed afterwards until it says something else', () => {
    const first = put(said, null)!;
    const { revision, imported, by, on, ...terms } = first;
    const changed = decideAgreement(
      first,
      { do: 'set-agreement', seen: 1, terms: { ...terms, terms: 60, interestRate: 900 } },
      'U0INES',
      TODAY,
    );
    const edited = 'agreement' in changed ? changed.agreement : null;
    expect(edited).toMatchObject({ revision: 2, terms: 60, imported });
    expect(put(said, edited)).toBeNull();
    expect(put({ ...said, law: 'FR', paymentTerms: '' }, edited)).toMatchObject({ revision: 3, law: 'FR', terms: 60, interestRate: 900 });
  });
});
