import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { assignByRule } from '../../src/team/assign-by-rule.op.ts';
import { workAssignments } from '../../src/team/assign-many.op.ts';
import { changeTeam } from '../../src/team/change-team.op.ts';
import { assignableRows, planByRules, planMove } from '../../src/team/plan-assignments.op.ts';
import type { AssignmentRule, Role } from '../../src/team/team.ts';
import { invoice, type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';

const TODAY = day('2026-11-20');
let place: LedgerPlace;
beforeAll(async () => {
  place = await ledgerPlace();
});
afterAll(() => place.close());
beforeEach(async () => {
  await place.empty();
  await place.stores.settings.load({
    digestChannel: 'c',
    digestHour: 9,
    zone: 'UTC',
    company: '',
    country: 'GB',
    region: '',
    commands: { overdue: 'o', account: 'a', collections: 'c' },
  });
  for (const [user, roles] of [
    ['U1', ['collector']],
    ['U2', ['collector']],
    ['UM', ['manager']],
  ] as [string, Role[]][])
    await team({ do: 'set-roles', user, roles });
});

const ports = () => ({ ...place.stores, owner: 'test', report: async () => {} });
const team = (request: Parameters<typeof changeTeam>[1]) => changeTeam(place.stores, request, 'UM', crypto.randomUUID());
const rule = (collectors: string[], conditions: Partial<AssignmentRule> = {}): AssignmentRule => ({
  id: crypto.randomUUID().slice(0, 8),
  collectors,
  ...conditions,
});
const rules = (...all: AssignmentRule[]) => team({ do: 'set-rules', rules: all });
const account = (number: string, name: string, segment = '') => ({ kind: 'account' as const, account: { number, name, segment } });
const run = async () => {
  await assignByRule(ports());
  await workAssignments(ports());
};
const collectors = async () => Object.fromEntries((await place.stores.ledger.accounts()).map(({ name, collector }) => [name, collector]));
const plan = async () => planByRules(await assignableRows(place.stores.ledger, TODAY), await place.stores.team.read(), TODAY);

test('new accounts get their collector on the next tick after an import, by the first rule that fits', async () => {
  await rules(rule(['U2'], { segment: 'key' }), rule(['U1'], { from: 'A', to: 'M' }));
  await place.load([account('1', 'Alder', 'key'), account('2', 'Birch'), account('3', 'Zebra')]);
  await run();
  expect(await collectors()).toEqual({ Alder: 'U2', Birch: 'U1', Zebra: null });
});

test('an import is looked at once, however often and by however many instances it is asked for', async () => {
  await rules(rule(['U1', 'U2']));
  await place.load([account('1', 'Alder'), account('2', 'Birch')]);
  await Promise.all([run(), run(), run()]);
  const facts = await place.stores.outboxes.pending(100);
  expect(facts.filter((fact) => fact.type === 'collector-assigned')).toHaveLength(2);
});

test('a rule that is written later waits for the next import', async () => {
  await place.load([account('1', 'Alder')]);
  await run();
  await rules(rule(['U1']));
  await run();
  expect(await collectors()).toEqual({ Alder: null });
  await place.load([account('2', 'Birch')]);
  await run();
  expect(await collectors()).toEqual({ Alder: 'U1', Birch: 'U1' });
});

test('whoever a person has assigned stays', async () => {
  await place.load([account('1', 'Alder')]);
  await rules(rule(['U1']));
  const planned = (await plan()).assignments;
  const rows = await assignableRows(place.stores.ledger, TODAY);
  expect(planMove(rows, { from: null, to: 'U2' }, await place.stores.team.read(), TODAY)).toMatchObject([
    { to: 'U2', seen: null, how: 'in bulk' },
  ]);
  expect(planned).toMatchObject([{ to: 'U1', seen: null, how: 'by rule' }]);
});

test('several collectors share by load; somebody absent is passed over, and when all are the cover takes it', async () => {
  await place.load(['A', 'B', 'C', 'D'].map((name, index) => account(String(index), name)));
  await rules(rule(['U1', 'U2']));
  expect((await plan()).assignments.map(({ to }) => to).sort()).toEqual(['U1', 'U1', 'U2', 'U2']);
  const from = day('2026-11-01');
  const to = day('2099-12-31');
  await team({ do: 'set-absence', user: 'U1', absence: { from, to, cover: 'U2' } });
  expect(new Set((await plan()).assignments.map((each) => each.to))).toEqual(new Set(['U2']));
  await rules(rule(['U1']));
  expect((await plan()).assignments).toMatchObject([{ to: 'U2', how: 'cover' }, {}, {}, {}]);
});

test('the preview counts what a rule takes from what the rules before it leave, and who is not there to take it', async () => {
  await place.load([
    account('1', 'Alder', 'key'),
    account('2', 'Birch', 'key'),
    account('3', 'Cedar'),
    invoice('I1', { account: '3', total: 50_000 }),
  ]);
  await rules(
    rule(['U1'], { segment: 'none' }),
    rule(['UX'], { segment: 'key' }),
    rule(['U2'], { currency: 'EUR', minimum: 50_000 }),
    rule(['U2']),
  );
  const { previews, nobodyThere, assignments, accounts } = await plan();
  expect(previews.map(({ matches, unassigned }) => [matches, unassigned])).toEqual([
    [0, 0],
    [2, 2],
    [1, 1],
    [0, 0],
  ]);
  expect([accounts, nobodyThere, assignments.length]).toEqual([3, 2, 1]);
});

test('a collector who left gets nothing', async () => {
  await place.load([account('1', 'Alder')]);
  await rules(rule(['U1']));
  await team({ do: 'set-left', user: 'U1', left: true });
  expect(await plan()).toMatchObject({ assignments: [], nobodyThere: 1 });
});
