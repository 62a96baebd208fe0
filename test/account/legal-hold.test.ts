import { describe, expect, it } from 'vitest';
import { decideLegalHold, type LegalHold } from '../../src/account/legal-hold.ts';
import { day } from '../../src/kernel/day.ts';

const TODAY = day('2026-11-28');
const hold: LegalHold = { reason: 'claim of May', by: 'U0INES', on: TODAY };
const decide = (legalHold: LegalHold | null, what: 'set' | 'lift', reason = ' claim of May ') =>
  decideLegalHold({ legalHold }, { do: `${what}-legal-hold`, reason }, 'U0INES', TODAY);

describe('a legal hold', () => {
  it('is set and lifted with a reason, which the history keeps', () => {
    expect(decide(null, 'set')).toEqual({ work: { legalHold: hold }, facts: [{ type: 'legal-hold-set', reason: 'claim of May' }] });
    expect(decide(hold, 'lift', 'settled')).toEqual({
      work: { legalHold: null },
      facts: [{ type: 'legal-hold-lifted', reason: 'settled' }],
    });
  });

  it('is not set twice, nor lifted where there is none, nor without a reason', () => {
    expect(decide(hold, 'set')).toEqual({ refused: 'legal-hold-already' });
    expect(decide(null, 'lift')).toEqual({ refused: 'legal-hold-none' });
    expect(decide(null, 'set', ' ')).toEqual({ refused: 'reason-missing' });
  });
});
