import { describe, expect, it } from 'vitest';
import { type Charges, type ChargesRequest, decideCharges, NO_CHARGES } from '../../src/charges/charges.ts';
import { day } from '../../src/kernel/day.ts';

const about = { entity: 'MAIN', currency: 'EUR' };
const sum = (invoice: string, seen: number): ChargesRequest => ({
  do: 'claim-compensation',
  ...about,
  invoice,
  amount: 4000,
  seen,
  source: '',
});
const cost = (invoice: string, amount: number): ChargesRequest => ({
  ...{ do: 'add-cost', ...about, id: `cost:${invoice}:${amount}`, invoice, amount, purpose: 'lawyer', document: '' },
});
/** Amounts in the order they were claimed. */
function claimed(...requests: ChargesRequest[]): number[] {
  const charges = requests.reduce((before: Charges, request) => {
    const decided = decideCharges(before, 'A', request, 'U1', day('2026-06-01'));
    if ('refused' in decided) throw new Error(decided.refused);
    return decided.charges;
  }, NO_CHARGES);
  return charges.claimed.map(({ amount }) => amount);
}

// UK Act 1998 s.5A(2A), BGB s.288(5), Directive art. 6(3): 500 of costs and a fixed sum of 40 are 500, not 540.
describe('the fixed sum counts towards recovery costs', () => {
  it.each<[string, ChargesRequest[], number[]]>([
    ['sum first', [sum('I1', 4000), cost('I1', 50_000)], [4000, 46_000]],
    ['a smaller cost first', [cost('I1', 1500), sum('I1', 2500)], [1500, 2500]],
    ['a cost that the sum covers is kept and asks for nothing', [sum('I1', 4000), cost('I1', 3000)], [4000, 0]],
    ['two costs add up', [sum('I1', 4000), cost('I1', 3000), cost('I1', 2500)], [4000, 0, 1500]],
    ['a cost of the whole account goes beyond all sums', [sum('I1', 4000), sum('I2', 4000), cost('', 50_000)], [4000, 4000, 42_000]],
    ['a cost of another invoice has nothing to do with it', [sum('I1', 4000), cost('I2', 50_000)], [4000, 50_000]],
    ['without a sum all of the cost', [cost('I1', 50_000)], [50_000]],
  ])('%s', (_, requests, amounts) => {
    expect(claimed(...requests)).toEqual(amounts);
  });

  it('a sum that costs cover is refused, and one that was seen before a cost came is decided again', () => {
    const decide = (before: ChargesRequest[], request: ChargesRequest) => {
      const charges = before.reduce((all: Charges, each) => {
        const decided = decideCharges(all, 'A', each, 'U1', day('2026-06-01'));
        return 'refused' in decided ? all : decided.charges;
      }, NO_CHARGES);
      return decideCharges(charges, 'A', request, 'U1', day('2026-06-01'));
    };
    expect(decide([cost('I1', 50_000)], sum('I1', 4000))).toEqual({ refused: 'covered-by-costs' });
    expect(decide([cost('I1', 1000)], sum('I1', 4000))).toEqual({ refused: 'figures-changed' });
    expect(decide([sum('I1', 4000)], sum('I1', 4000))).toEqual({ refused: 'claimed-already' });
  });

  it('what was claimed twice before is not claimed a third time', () => {
    // As recorded by an earlier version: 40 and 500.
    const charges = decideCharges(NO_CHARGES, 'A', cost('I1', 50_000), 'U1', day('2026-06-01'));
    if ('refused' in charges) throw new Error(charges.refused);
    const earlier = {
      claimed: [...charges.charges.claimed, { ...charges.charges.claimed[0]!, id: 'c', kind: 'compensation' as const, amount: 4000 }],
    };
    const decided = decideCharges(earlier, 'A', cost('I1', 10_000), 'U1', day('2026-06-01'));
    expect(decided).toMatchObject({ facts: [{ amount: 6_000, covered: 4_000 }] });
  });
});
