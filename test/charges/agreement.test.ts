import { describe, expect, it } from 'vitest';
import { type AgreementTerms, decideAgreement, isPlaceOfDocument } from '../../src/charges/agreement.ts';
import { day } from '../../src/kernel/day.ts';

const today = day('2026-11-23');
const terms = (over: Partial<AgreementTerms> = {}): AgreementTerms => ({
  law: 'UK',
  terms: 30,
  notice: null,
  feeClause: null,
  interestRate: null,
  acceleration: false,
  disputeClause: '',
  insuranceDeadline: null,
  document: null,
  ...over,
});
const set = (over: Partial<AgreementTerms>) => decideAgreement(null, { do: 'set-agreement', seen: 0, terms: terms(over) }, 'U1', today);

describe('an agreement on file', () => {
  it('keeps who entered it, and what it said before', () => {
    const first = set({});
    if ('refused' in first) throw new Error(first.refused);
    expect(first.fact).toMatchObject({ type: 'agreement-set', from: null, to: { law: 'UK', revision: 1, by: 'U1', on: today } });
    const second = decideAgreement(first.agreement, { do: 'set-agreement', seen: 1, terms: terms({ law: 'DE' }) }, 'U2', today);
    expect(second).toMatchObject({ fact: { from: { law: 'UK' }, to: { law: 'DE', revision: 2 } } });
  });

  it('is refused when somebody else was faster, and when nothing changes', () => {
    const first = set({});
    if ('refused' in first) throw new Error(first.refused);
    expect(decideAgreement(first.agreement, { do: 'set-agreement', seen: 0, terms: terms({ law: 'DE' }) }, 'U2', today)).toEqual({
      refused: 'agreement-changed-meanwhile',
    });
    expect(decideAgreement(first.agreement, { do: 'set-agreement', seen: 1, terms: terms() }, 'U2', today)).toEqual({
      refused: 'agreement-unchanged',
    });
  });

  it.each<[string, Partial<AgreementTerms>, string | null]>([
    ['a law nobody knows', { law: 'EU:XX' as never }, 'law-unknown'],
    ['365 days', { terms: 365 }, null],
    ['366 days', { terms: 366 }, 'terms-out-of-range'],
    ['notice without an address', { notice: { method: 'post', address: ' ' } }, 'notice-address-missing'],
    ['a fee of nothing', { feeClause: { amounts: { GBP: 0 }, from: 'firm' } }, 'fee-not-positive'],
    ['a fee for a note before the due date', { feeClause: { amounts: { GBP: 1500 }, from: 'note' } }, 'fee-stage-unknown'],
    ['50 % a year', { interestRate: 5000 }, null],
    ['50.01 % a year', { interestRate: 5001 }, 'rate-out-of-range'],
    ['an insurer told on day 0', { insuranceDeadline: 0 }, 'insurance-out-of-range'],
    ['told the insurer today', { insurance: { policy: 'P-1', extension: null, reported: today } }, null],
    ['told the insurer tomorrow', { insurance: { policy: 'P-1', extension: null, reported: day('2026-11-24') } }, 'reported-in-future'],
    ['a document without a name', { document: { name: '', at: 'https://files.example/a', signed: null } }, 'document-name-missing'],
    ['a document on a disk', { document: { name: 'a', at: 'C:\\contract.pdf', signed: null } }, 'document-link'],
    ['signed today', { document: { name: 'a', at: 'F0123ABCD', signed: today } }, null],
    ['signed tomorrow', { document: { name: 'a', at: 'F0123ABCD', signed: day('2026-11-24') } }, 'document-in-future'],
  ])('with %s', (_, over, refused) => {
    const decided = set(over);
    expect('refused' in decided ? decided.refused : null).toBe(refused);
  });
});

it.each([
  ['https://northwind.slack.com/files/U1/F01/contract.pdf', true],
  ['F0123ABCD', true],
  ['http://files.example/a', false],
  ['https://me:secret@files.example/a', false],
  ['https://files.example/a b', false],
  ['https://files.example/a|b', false],
  ['javascript:alert(1)', false],
])('a document may lie at %s: %s', (at, may) => {
  expect(isPlaceOfDocument(at)).toBe(may);
});
