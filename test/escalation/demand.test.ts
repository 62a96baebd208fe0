import { describe, expect, it } from 'vitest';
import { type Demand, decideDemand, formalStepsFrom, formalStop, formalTermsOf, leastDeadline } from '../../src/escalation/demand.ts';
import { day } from '../../src/kernel/day.ts';

const NO_DAYS_OFF = { weekend: new Set([6, 7]), holidays: new Set<string>() };
const MONDAY = day('2026-11-23');

describe('the earliest deadline of a demand letter', () => {
  it('is fourteen days away for companies and public bodies', () => {
    expect(leastDeadline('company', 'UK', MONDAY, NO_DAYS_OFF)).toBe('2026-12-07');
    expect(leastDeadline('public-body', 'DE', MONDAY, NO_DAYS_OFF)).toBe('2026-12-07');
  });

  it('is seven business days away where holidays make them the later', () => {
    const christmas = ['2026-12-24', '2026-12-25', '2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01'];
    expect(leastDeadline('company', 'DE', day('2026-12-21'), { ...NO_DAYS_OFF, holidays: new Set(christmas) })).toBe('2027-01-08');
  });

  it('is a working day: where the last of the days is none, the next one', () => {
    expect(leastDeadline('company', 'UK', day('2026-11-28'), NO_DAYS_OFF)).toBe('2026-12-14');
    expect(leastDeadline('company', 'UK', MONDAY, { ...NO_DAYS_OFF, holidays: new Set(['2026-12-07']) })).toBe('2026-12-08');
  });

  it('is thirty days away for natural persons under UK law, and under no other', () => {
    expect(leastDeadline('sole-trader', 'UK', MONDAY, NO_DAYS_OFF)).toBe('2026-12-23');
    expect(leastDeadline('sole-trader', 'DE', MONDAY, NO_DAYS_OFF)).toBe('2026-12-07');
  });

  it('leaves thirty days from receipt under Spanish law, with five for delivery', () => {
    expect(leastDeadline('company', 'EU:ES', MONDAY, NO_DAYS_OFF)).toBe('2026-12-28');
  });
});

describe('what the law of the contract asks of a demand letter', () => {
  it('is a Letter of Claim to natural persons in the UK, a mise en demeure in France, an offer to negotiate in Spain', () => {
    expect(formalTermsOf('sole-trader', 'UK')).toBe('claim');
    expect(formalTermsOf('company', 'FR')).toBe('fr');
    expect(formalTermsOf('sole-trader', 'EU:ES')).toBe('es');
    for (const [kind, law] of [
      ['company', 'UK'],
      ['company', 'DE'],
      ['sole-trader', 'UK:SCT'],
    ] as const)
      expect(formalTermsOf(kind, law)).toBeNull();
  });
});

describe('formal steps', () => {
  it('are stopped by insolvency, counsel on their side and the end of trading, whatever else is known', () => {
    expect(formalStop('insolvent', 'company', 'UK')).toBe('account-insolvent');
    expect(formalStop('represented', 'company', 'UK')).toBe('account-represented');
    expect(formalStop('ceased-trading', 'company', 'UK')).toBe('account-ceased');
  });

  it('stay possible where somebody said stop, since notice must still be given', () => {
    expect(formalStop('do-not-contact', 'company', 'UK')).toBeNull();
  });

  it('wait for kind and law', () => {
    expect(formalStop('active', 'unknown', 'UK')).toBe('kind-unknown');
    expect(formalStop('active', 'company', null)).toBe('law-not-known');
  });

  it('behind a letter begin after its deadline and three business days', () => {
    // Friday the 4th, then Monday to Wednesday.
    expect(formalStepsFrom({ deadline: day('2026-12-04') }, NO_DAYS_OFF)).toBe('2026-12-10');
  });
});

describe('a served letter', () => {
  const demand: Demand = {
    letter: 'l1',
    entity: 'NWUK',
    invoices: ['I-1'],
    deadline: day('2026-12-14'),
    sentOn: MONDAY,
    by: 'registered-post',
    firm: '',
  };
  const serve = (more: Partial<Demand>, tracking = 'RN 1') =>
    decideDemand([], { do: 'serve-demand', demand: { ...demand, ...more }, sha256: 'aa', tracking }, MONDAY);

  it('needs a tracking number by registered post and courier, and none by process server or email', () => {
    expect(serve({}, ' ')).toEqual({ refused: 'tracking-missing' });
    expect(serve({ by: 'courier' }, '')).toEqual({ refused: 'tracking-missing' });
    expect(serve({ by: 'process-server' }, '')).toMatchObject({ fact: { type: 'letter-posted', method: 'process-server' } });
    expect(serve({ by: 'email' }, '')).toMatchObject({ fact: { type: 'letter-sent', sha256: 'aa' } });
  });

  it('cannot have left tomorrow', () => {
    expect(serve({ sentOn: day('2026-11-24') })).toEqual({ refused: 'served-in-future' });
  });

  it('takes the place of the one before of the same selling entity alone', () => {
    const other = { ...demand, letter: 'l0', entity: 'NWEU' };
    const before = [other, { ...demand, letter: 'l0' }];
    const decided = decideDemand(before, { do: 'serve-demand', demand, sha256: 'aa', tracking: 'RN 1' }, MONDAY);
    expect(decided).toMatchObject({ demands: [other, demand] });
  });
});
