import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryOutCases } from '../../src/escalation/carry-out-cases.op.ts';
import { supplyKinds } from '../../src/escalation/case-kinds.op.ts';
import { FIGURES_CHANGED } from '../../src/escalation/case-on-account.op.ts';
import { editCase } from '../../src/escalation/edit-case.op.ts';
import { keepCases } from '../../src/escalation/keep-cases.op.ts';
import { type DecisionAsked, requestDecision } from '../../src/escalation/request-decision.op.ts';
import { vote } from '../../src/escalation/vote.op.ts';
import { day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { changeTeam } from '../../src/team/change-team.op.ts';
import { invoice, type LedgerPlace, ledgerPlace, payment } from '../support/ledger-place.ts';
import { worldOf } from '../support/world.ts';

// 23 November 2026 is a Monday. Mara collects, Ines manages, Paul leads finance; two people decide about stopping supply.

const MARA = 'U0MARA';
const INES = 'U0INES';
const PAUL = 'U0PAUL';
const ACCOUNT = accountId('C1');

let place: LedgerPlace;
const time = { now: Temporal.Instant.from('2026-11-23T09:00:00Z') };
const on = (iso: string) => {
  time.now = Temporal.Instant.from(iso);
};
beforeAll(async () => {
  place = await ledgerPlace();
  const { stores } = place;
  await stores.settings.load({
    digestChannel: 'collections',
    digestHour: 9,
    zone: 'Europe/London',
    company: '',
    country: 'GB',
    region: '',
    commands: { overdue: 'overdue', account: 'account', collections: 'collections' },
    escalationsChannel: 'C0ESCALATE',
  });
  const seats = [
    [MARA, 'collector'],
    [INES, 'manager'],
    [PAUL, 'finance-lead'],
  ] as const;
  for (const [user, role] of seats)
    await changeTeam({ ...stores, clock }, { do: 'set-roles', user, roles: [role] }, 'U0ALEX', `seat:${user}`);
  const table = await stores.approvalTable.read();
  const rule = { ...table.rules['stop-supply'], bands: { EUR: [{ above: -1, people: 2, financeLeads: 1 }] } };
  await stores.approvalTable.save(table, { rules: { ...table.rules, 'stop-supply': rule } }, [], 'two people');
});
afterAll(() => place.close());

const clock = { now: () => time.now };
const ports = () =>
  worldOf({
    ...place.stores,
    clock,
    holidays: () => new Set<string>(),
    kinds: supplyKinds(worldOf({ ...place.stores, clock })),
  });
const asked = (more: Partial<DecisionAsked> = {}): DecisionAsked => ({
  kind: 'stop-supply',
  account: ACCOUNT,
  entity: 'MAIN',
  currency: 'EUR',
  amount: 100_00,
  reason: 'Three promises were broken.',
  reasonCodes: ['broken-promises'],
  about: {},
  ...more,
});
let n = 0;
const ask = async (by = MARA, more: Partial<DecisionAsked> = {}) => {
  n += 1;
  const result = await requestDecision(ports(), asked(more), by, `ask:${n}`);
  if (!result.done) throw new Error(result.refused);
  return result.case.id;
};
const approve = (id: string, by: string, seen = 1) => vote(ports(), id, { vote: 'approve', reason: '', seen }, by);
const stateOf = async (id: string) => (await place.stores.cases.load(id))!.case;
const supply = async () => (await place.stores.accounts.load(ACCOUNT))!.work.supply;

describe('stopping supply of a customer who does not pay', () => {
  it('day 1: asked in the morning, approved by two people, stopped at once, and sales operations have a task', async () => {
    await place.load([invoice('I1', { due: day('2026-10-01'), total: 100_00 }), invoice('I2', { due: day('2026-10-15'), total: 50_00 })]);
    const id = await ask();
    expect(await requestDecision(ports(), asked(), MARA, 'again')).toEqual({ done: false, refused: 'case-open-already' });
    await approve(id, INES);
    expect(await carryOutCases(ports())).toBe(0);
    expect((await stateOf(id)).state).toBe('open');
    await approve(id, PAUL);
    expect(await carryOutCases(ports())).toBe(1);
    expect((await stateOf(id)).state).toBe('carried-out');
    expect(await supply()).toMatchObject({ stopped: true, case: id, doneBy: null });
    // Looking again does nothing more.
    expect(await carryOutCases(ports())).toBe(0);
  });

  it('day 2: the customer has paid; supply is released on one approval', async () => {
    on('2026-11-24T09:00:00Z');
    const id = await ask(MARA, { kind: 'release-supply', amount: 0 });
    expect((await approve(id, INES)).done).toBe(true);
    await carryOutCases(ports());
    expect(await supply()).toMatchObject({ stopped: false, case: id });
  });

  it('day 3: a payment between the request and the vote is pointed out; an edit takes the new figures, and earlier votes are void', async () => {
    on('2026-11-25T09:00:00Z');
    const id = await ask();
    await approve(id, PAUL);
    await place.load([payment('P1', 10_00, { I1: 10_00 })]);
    expect(await approve(id, INES)).toEqual({ done: false, refused: 'case-basis-changed' });
    const edit = { amount: 140_00, reason: 'The rest is still open.', reasonCodes: [], answers: {} };
    expect((await editCase(ports(), id, edit, 1, MARA, 'edit')).done).toBe(true);
    expect(await approve(id, INES, 1)).toEqual({ done: false, refused: 'case-changed' });
    expect((await approve(id, INES, 2)).done).toBe(true);
    expect((await stateOf(id)).state).toBe('open');
    expect((await approve(id, PAUL, 2)).done).toBe(true);
    // A payment between the last vote and the work voids it, and says so.
    await place.load([payment('P2', 20_00, { I1: 20_00 })]);
    await carryOutCases(ports());
    expect(await stateOf(id)).toMatchObject({ state: 'void', outcome: FIGURES_CHANGED });
    expect(await supply()).toMatchObject({ stopped: false });
  });

  it('day 4: nobody decides; a reminder a day before the end, and the request lapses two business days after it was made', async () => {
    on('2026-11-26T09:00:00Z');
    const id = await ask();
    expect((await stateOf(id)).expiresAt).toBe('2026-11-30T09:00:00Z');
    on('2026-11-29T08:59:59Z');
    await keepCases(ports());
    expect((await stateOf(id)).remindedAt).toBeNull();
    on('2026-11-29T09:00:00Z');
    await keepCases(ports());
    expect((await stateOf(id)).remindedAt).toBe('2026-11-29T09:00:00Z');
    await approve(id, PAUL);
    // The job has not run: the clock alone decides.
    on('2026-11-30T09:00:00Z');
    expect(await approve(id, INES)).toEqual({ done: false, refused: 'case-expired' });
    expect((await stateOf(id)).state).toBe('expired');
  });

  it('day 8: with a finance lead asking, nobody else could decide: it says so, and nothing is created', async () => {
    on('2026-12-01T09:00:00Z');
    const before = (await place.stores.cases.open()).length;
    expect(await requestDecision(ports(), asked(), PAUL, 'paul')).toEqual({
      done: false,
      refused: 'nobody-eligible',
      missing: { people: 1, financeLeads: 1 },
      could: [INES, PAUL],
    });
    expect((await place.stores.cases.open()).length).toBe(before);
  });

  it('day 9: the table changes under an open request, which keeps the terms under which it was asked', async () => {
    on('2026-12-02T09:00:00Z');
    const id = await ask();
    const table = await place.stores.approvalTable.read();
    const rule = { ...table.rules['stop-supply'], bands: { EUR: [{ above: -1, people: 1, financeLeads: 0 }] } };
    await place.stores.approvalTable.save(table, { rules: { ...table.rules, 'stop-supply': rule } }, [], 'one');
    await approve(id, INES);
    expect((await stateOf(id)).state).toBe('open');
    expect((await vote(ports(), id, { vote: 'reject', reason: 'They have paid.', seen: 1 }, PAUL)).done).toBe(true);
    expect(await stateOf(id)).toMatchObject({ state: 'rejected', outcome: 'They have paid.' });
  });
});

it('without a channel for decisions nothing is asked', async () => {
  const { version, ...settings } = await place.stores.settings.read();
  await place.stores.settings.save({ ...settings, version }, { ...settings, escalationsChannel: '' }, [], 'no channel');
  expect(await requestDecision(ports(), asked(), MARA, 'nowhere')).toEqual({ done: false, refused: 'escalations-channel-missing' });
});
