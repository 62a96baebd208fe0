import { afterAll, beforeAll, expect, test } from 'vitest';
import { changePolicies } from '../../src/follow-up/change-policies.op.ts';
import { FIRST_POLICIES } from '../../src/follow-up/default-policies.ts';
import { latestPolicy, type PoliciesRequest } from '../../src/follow-up/policies.ts';
import { day } from '../../src/kernel/day.ts';
import { stamp } from '../../src/kernel/fact.ts';
import { untrusted } from '../../src/kernel/untrusted.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { invoice, type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';

let place: LedgerPlace;
beforeAll(async () => {
  place = await ledgerPlace();
});
afterAll(() => place.close());

const renamed = (name: string, seen: number): PoliciesRequest => {
  const { version: _, ...policy } = FIRST_POLICIES.kept[0]!;
  return { do: 'save-policy', policy: { ...policy, name }, seen };
};

test('a new store follows the product’s own policies; each change is a version more, recorded once', async () => {
  const { policies, outboxes } = place.stores;
  expect(await policies.read()).toMatchObject(FIRST_POLICIES);
  expect(await changePolicies(place.stores, renamed('Ours', 1), 'U0INES', 'c1')).toMatchObject({ done: true });
  expect(await changePolicies(place.stores, renamed('Ours', 1), 'U0INES', 'c1')).toMatchObject({ done: true });
  expect(await changePolicies(place.stores, renamed('Theirs', 1), 'U0PAUL', 'c2')).toEqual({
    done: false,
    refused: 'policy-changed-meanwhile',
  });
  const now = await policies.read();
  expect(now).toMatchObject({ version: 2, company: 'default' });
  expect(latestPolicy(now, 'default')).toMatchObject({ version: 2, name: 'Ours' });
  expect(now.kept.find((each) => each.key === 'default' && each.version === 1)).toEqual(FIRST_POLICIES.kept[0]);
  expect((await outboxes.pending(10)).map(({ id, type, by }) => ({ id, type, by }))).toEqual([
    { id: 'policies:1', type: 'policy-saved', by: 'U0INES' },
  ]);
});

test('a version that moved on is not written', async () => {
  const { policies } = place.stores;
  const before = await policies.read();
  const facts = stamp(
    [{ type: 'company-policy-chosen', from: 'default', to: 'large' }] as const,
    'policies',
    9,
    'U0INES',
    'c3',
    Temporal.Now.instant(),
  );
  expect(await policies.save({ ...before, version: before.version - 1 }, { ...before, company: 'large' }, facts, 'c3')).toBe(false);
  expect(await policies.read()).toMatchObject(before);
});

test('a customer’s words are kept once, apart from the account', async () => {
  const { replyTexts } = place.stores;
  await replyTexts.keep({ id: 'r1', account: 'a1', from: 'Ms Larch', text: untrusted('first') });
  await replyTexts.keep({ id: 'r1', account: 'a1', from: 'Ms Larch', text: untrusted('second') });
  expect(await replyTexts.read('r1')).toEqual({ from: 'Ms Larch', text: untrusted('first') });
  expect(await replyTexts.read('r2')).toBeNull();
});

test('an account knows when it first came in, and its first invoice ever', async () => {
  await place.load([invoice('PAID', { issued: day('2025-06-01'), stated: 10_000 }), invoice('OPEN', { issued: day('2026-01-01') })]);
  const { clock, ledger } = place.stores;
  const first = (await ledger.openBooks()).origins.get(accountId('C1'))!;
  expect(first.firstIssued).toBe('2025-06-01');
  expect(Math.abs(clock.now().since(first.importedAt!).total('minutes'))).toBeLessThan(5);
  await place.load([invoice('LATER', { issued: day('2026-02-01') })]);
  expect(await ledger.origin(accountId('C1'))).toEqual(first);
});
