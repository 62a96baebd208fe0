import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../src/charges/agreement.ts';
import { decideStandardTerms, type StandardEntered, type StandardTerms, termsOf } from '../../src/charges/terms.ts';
import { day } from '../../src/kernel/day.ts';

const today = day('2026-11-23');
const ENTERED: StandardEntered = {
  law: 'DE',
  terms: 30,
  notice: { method: 'registered-post', place: 'the registered office' },
  feeClause: { amounts: { EUR: 500 }, from: 'reminder' },
  disputeClause: 'Mediation by the chamber of commerce',
  language: 'de',
  vat: 'DE',
};
const standard: StandardTerms = { ...ENTERED, revision: 3, by: 'U0INES', on: today };
const agreed = (over: Partial<Agreement>): Agreement => ({
  ...{ law: null, terms: null, notice: null, feeClause: null, interestRate: null, acceleration: false, disputeClause: '' },
  ...{ insuranceDeadline: null, document: null, revision: 2, by: 'U0INES', on: today },
  ...over,
});

describe('what holds between a customer and a selling company', () => {
  it('is the standard terms where nothing was agreed', () => {
    const terms = termsOf(null, standard);
    expect(terms).toMatchObject({ law: 'DE', terms: 30, disputeClause: ENTERED.disputeClause, feeClause: ENTERED.feeClause });
    expect(terms.standard).toEqual(['law', 'terms', 'notice', 'feeClause', 'disputeClause']);
  });

  it('is the agreement where it says something, each part by itself', () => {
    const terms = termsOf(agreed({ law: 'UK', terms: 0, disputeClause: 'LCIA' }), standard);
    expect(terms).toMatchObject({ law: 'UK', terms: 0, disputeClause: 'LCIA', feeClause: ENTERED.feeClause });
    expect(terms.standard).toEqual(['notice', 'feeClause']);
  });

  it('has no fee and no clause where the customer agreed to none', () => {
    const terms = termsOf(agreed({ feeClause: { amounts: {}, from: 'reminder' }, disputeClause: 'None' }), standard);
    expect(terms).toMatchObject({ feeClause: { amounts: {} }, disputeClause: '' });
    expect(terms.standard).toEqual(['law', 'terms', 'notice']);
  });

  it('gives notice only to the customer’s own address, by the standard method unless another was agreed', () => {
    expect(termsOf(null, standard)).toMatchObject({ notice: null, noticeMethod: 'registered-post' });
    expect(termsOf(agreed({ notice: { method: null, address: ' Hafenweg 3 ' } }), standard).notice).toEqual({
      method: 'registered-post',
      address: 'Hafenweg 3',
    });
    expect(termsOf(agreed({ notice: { method: 'email', address: 'law@example.com' } }), standard).notice?.method).toBe('email');
    expect(termsOf(agreed({ notice: { method: null, address: 'Hafenweg 3' } }), undefined).notice).toBeNull();
  });

  it('has another revision after a change of either', () => {
    const revisions = [termsOf(null, undefined), termsOf(agreed({}), undefined), termsOf(null, standard), termsOf(agreed({}), standard)];
    expect(revisions.map(({ revision }) => revision)).toEqual([0, 2, 3, 5]);
  });
});

describe('standard terms', () => {
  const set = (seen: number, over: Partial<StandardEntered>) =>
    decideStandardTerms(standard, { entity: 'NWEU', seen, entered: { ...ENTERED, ...over } }, 'U0PAUL', today);

  it('keep who set them, and what they were', () => {
    expect(set(3, { terms: 14 })).toMatchObject({
      terms: { terms: 14, revision: 4, by: 'U0PAUL' },
      fact: { type: 'standard-terms-set', entity: 'NWEU', from: { terms: 30 }, to: { terms: 14 } },
    });
  });

  it.each<[string, number, Partial<StandardEntered>, string]>([
    ['opened before somebody else’s change', 2, { terms: 14 }, 'standard-terms-changed'],
    ['without a change', 3, {}, 'agreement-unchanged'],
    ['with 366 days', 3, { terms: 366 }, 'terms-out-of-range'],
    ['with a law nobody knows', 3, { law: 'EU:XX' as never }, 'law-unknown'],
    ['with a fee of nothing', 3, { feeClause: { amounts: { EUR: 0 }, from: 'reminder' } }, 'fee-not-positive'],
    ['with a method of notice to nowhere', 3, { notice: { method: 'post', place: ' ' } }, 'notice-place-missing'],
  ])('%s are refused', (_, seen, over, refused) => {
    expect(set(seen, over)).toEqual({ refused });
  });
});
