import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgreementTerms } from '../../src/charges/agreement.ts';
import { changePartners } from '../../src/escalation/change-partners.op.ts';
import { resultsOf } from '../../src/escalation/placement.ts';
import { OPINION_MISSING, placeable } from '../../src/escalation/placement-kinds.op.ts';
import type { DecisionAsked } from '../../src/escalation/request-decision.op.ts';
import { vote } from '../../src/escalation/vote.op.ts';
import { decideAccountCase, readAccountDay } from '../../src/follow-up/account-days.op.ts';
import { day } from '../../src/kernel/day.ts';
import { ACCOUNT, type EscalationDesk, escalationDesk, INES, PAUL } from '../support/escalation-desk.ts';
import { invoice, payment } from '../support/ledger-place.ts';

// 23 November 2026 is a Monday. The letter of that day gives until Monday 7 December; three business days after it are over on Thursday the 10th.

const TERMS: AgreementTerms = {
  ...{ law: 'UK', terms: 30, notice: { method: 'post', address: '1 Mill Lane' }, feeClause: null, interestRate: null },
  ...{ acceleration: false, disputeClause: '', insuranceDeadline: null, document: null },
};
const partner = (id: string, kind: 'agency' | 'firm', to: string, countries = ['GB']) => ({
  ...{ id, name: id, kind, licence: `L-${id}`, licensedTo: day(to), countries, rate: 18_00, terms: '', contact: '' },
});
const DEMAND = {
  ...{ letter: 'D1', entity: 'MAIN', invoices: ['A', 'B'], deadline: day('2026-12-07'), sentOn: day('2026-11-23') },
  ...{ by: 'post' as const, firm: '' },
};

let desk: EscalationDesk;
beforeAll(async () => {
  desk = await escalationDesk('2026-11-23');
  await desk.load([
    { kind: 'account', account: { number: 'C1', name: 'Otterby Ltd', country: 'GB', kind: 'company' } },
    invoice('A', { due: day('2026-06-02'), total: 3_000_00 }),
    invoice('B', { due: day('2026-07-02'), total: 1_000_00 }),
    invoice('C', { due: day('2026-10-02'), total: 500_00 }),
  ]);
});
afterAll(() => desk.close());

const says = async () => {
  const read = await placeable(desk.ports, ACCOUNT, (on) => on);
  return 'says' in read ? read.says : 'may be asked';
};
const asked = (kind: 'agency' | 'legal', id: string, amount = 4_000_00): DecisionAsked => ({
  ...{ kind, account: ACCOUNT, entity: 'MAIN', currency: 'EUR', amount, reason: 'Nobody answers.', reasonCodes: [] },
  about: { partner: id, name: id, licence: `L-${id}`, licensedTo: '2027-06-30', rate: '1800', courtFees: '0' },
});
const request = async (kind: 'agency' | 'legal', id: string, amount?: number) => {
  const result = await desk.ask(asked(kind, id, amount));
  if (!result.done) throw new Error('says' in result ? result.says : result.refused);
  return result.case.id;
};
const reasons = async () => {
  const read = await readAccountDay(desk.ports, ACCOUNT);
  const { entities } = decideAccountCase(read!.cases[0]!, read!.policies);
  return entities.flatMap(({ reasons }) => reasons);
};

describe('before others may be asked', () => {
  it('the contract’s law, a demand letter and its deadline must be there; each is said with what to do', async () => {
    expect(await says()).toMatch(/governing law is missing.* A manager enters it/);
    expect((await desk.do({ do: 'set-agreement', seen: 0, terms: TERMS })).done).toBe(true);
    expect(await says()).toMatch(/No demand letter has been served/);
    expect((await desk.do({ do: 'serve-demand', demand: DEMAND, sha256: 'a'.repeat(64), tracking: '' })).done).toBe(true);
    expect(await says()).toBe(
      'This may be asked from 2026-12-11 on: the demand letter gives until 2026-12-07, and three business days must pass after that.',
    );
  });

  it('Thursday 10 December is too early, Friday the 11th is not', async () => {
    desk.on('2026-12-10');
    expect(await says()).toMatch(/from 2026-12-11 on/);
    await expect(request('agency', 'Swift')).rejects.toThrow('from 2026-12-11 on');
    desk.on('2026-12-11');
    expect(await says()).toBe('may be asked');
  });

  it('an insolvent customer, an unknown kind and a reply that waits stop it', async () => {
    const set = (status: 'insolvent' | 'active') => desk.do({ do: 'set-status', status, reason: 'Notice of today' });
    await set('insolvent');
    expect(await says()).toMatch(/File the claim with the office holder/);
    await set('active');
    await desk.do({ do: 'set-kind', kind: 'unknown' });
    expect(await says()).toMatch(/The kind of customer is missing/);
    await desk.do({ do: 'set-kind', kind: 'company' });
    await desk.do({ do: 'record-reply', id: 'r1', kind: 'other', received: day('2026-12-11') });
    expect(await says()).toMatch(/A reply of the customer waits/);
    await desk.do({ do: 'answer-reply', id: 'r1', how: 'none-needed' });
    expect(await says()).toBe('may be asked');
  });

  it('a time-barred claim is refused, and left out where another is not', async () => {
    desk.on('2032-12-11');
    expect(await says()).toMatch(/past its limitation period/);
    desk.on('2032-06-03');
    expect(await placeable(desk.ports, ACCOUNT, (on) => on)).toMatchObject({
      what: [{ invoices: ['B'], amount: 1_000_00, barred: [{ number: 'A', end: { until: '2032-06-02' } }] }],
    });
    desk.on('2026-12-11');
  });

  it('only what the letter asked for is placed', async () => {
    const read = await placeable(desk.ports, ACCOUNT, (on) => on);
    expect(read).toMatchObject({ what: [{ invoices: ['A', 'B'], amount: 4_000_00, oldestDays: 192 }] });
  });
});

describe('agencies and law firms', () => {
  it('need a licence that holds today and the customer’s country', async () => {
    const add = (...of: Parameters<typeof partner>) =>
      changePartners(desk.ports, { do: 'add-partner', partner: partner(...of) }, INES, `add:${of[0]}`);
    expect((await add('Swift', 'agency', '2027-06-30')).done).toBe(true);
    expect((await add('Ended', 'agency', '2026-12-10')).done).toBe(true);
    expect((await add('Last day', 'agency', '2026-12-11')).done).toBe(true);
    expect((await add('Abroad', 'agency', '2027-06-30', ['DE'])).done).toBe(true);
    expect((await add('Law & Co', 'firm', '2027-06-30')).done).toBe(true);
    expect(await changePartners(desk.ports, { do: 'add-partner', partner: partner('x', 'agency', '2027-06-30') }, INES, 'x')).toMatchObject(
      {
        done: true,
      },
    );
    const twin = { ...partner('y', 'agency', '2027-06-30'), name: 'SWIFT ' };
    expect(await changePartners(desk.ports, { do: 'add-partner', partner: twin }, INES, 'y')).toMatchObject({ refused: 'partner-known' });
  });

  it.each([
    ['Ended', 'void'],
    ['Abroad', 'void'],
    ['Last day', 'carried-out'],
  ])('%s: %s', async (name, state) => {
    const id = await request('agency', name);
    await desk.approve(id, INES, PAUL);
    await desk.carryOut();
    expect((await desk.caseOf(id)).state).toBe(state);
    if (state === 'carried-out') await desk.do({ do: 'recall-placement', id, note: 'Only tried.' });
  });
});

describe('a placement with an agency', () => {
  let id = '';
  it('day 1: decided by a finance lead and one more; a rejection by one ends it', async () => {
    const first = await request('agency', 'Swift');
    await vote(desk.ports, first, { vote: 'reject', reason: 'Sales talk to them on Monday.', seen: 1 }, PAUL);
    expect(await desk.caseOf(first)).toMatchObject({ state: 'rejected', outcome: 'Sales talk to them on Monday.' });
    expect((await desk.work()).placements.every(({ state }) => state === 'recalled')).toBe(true);
    expect(await desk.ask({ ...asked('agency', 'Swift'), entity: 'OTHER' })).toMatchObject({
      says: expect.stringContaining('Nothing that this selling entity demanded in this currency'),
    });
    id = await request('agency', 'Swift');
    expect(await desk.ask(asked('agency', 'Last day'))).toMatchObject({ refused: 'case-open-already' });
    expect((await desk.caseOf(id)).needed).toEqual({ people: 2, financeLeads: 1 });
    await desk.approve(id, INES, PAUL);
    await desk.carryOut();
    expect((await desk.work()).placements.at(-1)).toMatchObject({
      id,
      name: 'Swift',
      amount: 4_000_00,
      invoices: ['A', 'B'],
      state: 'placed',
    });
  });

  it('from then on nobody here contacts the customer, and nothing is placed twice', async () => {
    expect(await reasons()).toContain('placed');
    expect(await says()).toBe('The account is with Swift since 2026-12-11. Recall it first.');
    expect(await desk.ports.kinds.agency!.carryOut(await desk.caseOf(id), 'again', async () => false)).toBe('done');
    expect(await desk.ports.kinds['write-off']!.refusal(asked('agency', 'Swift'))).toMatch(/Swift still follows this account up/);
  });

  it('day 10: accepted; day 20: 1,000.00 came in with a fee of 180.00, and their record counts it', async () => {
    desk.on('2026-12-21');
    expect((await desk.do({ do: 'note-placement', id, step: 'accepted', note: '' })).done).toBe(true);
    expect(await desk.do({ do: 'note-placement', id, step: 'accepted', note: '' })).toMatchObject({ refused: 'placement-step-past' });
    desk.on('2026-12-31');
    const paid = { do: 'placement-paid', id, amount: 1_000_00, fee: 180_00, note: '' } as const;
    expect(await desk.do({ ...paid, on: day('2027-01-01') })).toMatchObject({ refused: 'paid-in-future' });
    expect(await desk.do({ ...paid, fee: 1_000_01, on: day('2026-12-30') })).toMatchObject({ refused: 'fee-out-of-range' });
    expect((await desk.do({ ...paid, on: day('2026-12-30') })).done).toBe(true);
    const { placements } = await desk.work();
    expect(placements.at(-1)).toMatchObject({ state: 'paying', recovered: 1_000_00, fees: 180_00 });
    expect(resultsOf('Swift', placements)).toEqual([{ currency: 'EUR', count: 1, placed: 4_000_00, recovered: 1_000_00, share: 25 }]);
  });

  it('day 40: given back without result, it still rests; a recall with its reason lets follow-up go on', async () => {
    desk.on('2027-01-20');
    expect(await desk.do({ do: 'close-placement', id, note: ' ' })).toMatchObject({ refused: 'reason-missing' });
    expect((await desk.do({ do: 'close-placement', id, note: 'Cannot be found.' })).done).toBe(true);
    expect(await reasons()).toContain('placed');
    expect(await desk.ports.kinds['write-off']!.refusal(asked('agency', 'Swift'))).toBe(null);
    expect((await desk.do({ do: 'recall-placement', id, note: 'Legal action is next.' })).done).toBe(true);
    expect(await reasons()).not.toContain('placed');
  });
});

describe('legal action', () => {
  it('needs counsel’s opinion on file, which is privileged', async () => {
    await expect(request('legal', 'Law & Co')).rejects.toThrow(OPINION_MISSING);
    const opinion = { do: 'record-opinion', id: 'o1', from: 'Ms Quill, Law & Co', on: day('2027-01-20'), text: 'Good prospects.' } as const;
    expect(await desk.do({ ...opinion, on: day('2027-01-21') })).toMatchObject({ refused: 'opinion-in-future' });
    expect((await desk.do(opinion)).done).toBe(true);
    expect((await desk.work()).opinions).toEqual([{ id: 'o1', from: 'Ms Quill, Law & Co', on: '2027-01-20' }]);
    const id = await request('legal', 'Law & Co');
    await desk.approve(id, INES, PAUL);
    // A payment between the approval and the work: what people weighed is not there any more.
    await desk.load([payment('P1', 500_00, { A: 500_00 }, { date: day('2027-01-19') })]);
    await desk.carryOut();
    expect((await desk.caseOf(id)).state).toBe('void');
    const again = await request('legal', 'Law & Co', 3_500_00);
    await desk.approve(again, INES, PAUL);
    await desk.carryOut();
    expect((await desk.work()).placements.at(-1)).toMatchObject({ id: again, kind: 'legal', name: 'Law & Co' });
  });
});
