import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NEW_WORK } from '../../src/account/account-work.ts';
import { NO_CHARGES } from '../../src/charges/charges.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { invoice, type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';

let place: LedgerPlace;
beforeAll(async () => {
  place = await ledgerPlace();
  await place.load([invoice('I1', {})]);
});
afterAll(() => place?.close());

const ACCOUNT = accountId('C1');

describe('what does not fit', () => {
  it.each([
    ['a promise list that is a text', { promises: 'nonsense' }, /promises/],
    ['a collector that is a number', { collector: 42 }, /collector/],
    ['half a penny', { creditLimits: { GBP: 0.5 } }, /creditLimits\.GBP/],
    ['a day that is none', { lastContact: 'soon' }, /lastContact/],
  ])('%s is not written on an account', async (_, wrong, named) => {
    const { accounts } = place.stores;
    const before = (await accounts.load(ACCOUNT))!;
    await expect(async () => accounts.save(before, { ...NEW_WORK, ...wrong } as never, [], 'c')).rejects.toThrow(named);
    expect((await accounts.load(ACCOUNT))!.version).toBe(before.version);
  });

  it('is not read either, and the error holds nothing of what stands there', async () => {
    await place.raw.collection('accounts').updateOne({ _id: ACCOUNT as never }, { $set: { 'work.mandate': { id: 'Mr Larch' } } });
    const read = place.stores.accounts.load(ACCOUNT);
    await expect(read).rejects.toThrow(/mandate\.negotiator/);
    await expect(read).rejects.not.toThrow(/Larch/);
    // Among all it is left alone, and nobody else's work waits for it.
    expect((await place.stores.accounts.all()).get(ACCOUNT)?.hold).toMatchObject({
      until: '9999-12-31',
      reason: expect.stringMatching(/damaged/),
    });
    await place.raw.collection('accounts').updateOne({ _id: ACCOUNT as never }, { $set: { work: null } });
  });

  it('is not written for the team, its policies, who approves, partners, rates, claims or settings', async () => {
    const { team, policies, approvalTable, partners, rates, settings, charges } = place.stores;
    await settings.load({
      ...{ digestChannel: 'collections', digestHour: 9, zone: 'Europe/London', company: '', country: 'GB', region: '' },
      commands: { overdue: 'overdue', account: 'account', collections: 'collections' },
    });
    const tries: (() => Promise<unknown>)[] = [
      async () => team.save(await team.read(), { members: 'no', rules: 7 } as never, [], 'c'),
      async () => policies.save(await policies.read(), { ...(await policies.read()), kept: [{ key: 1 }] } as never, [], 'c'),
      async () => approvalTable.save(await approvalTable.read(), { rules: { plan: { bands: 1 } } } as never, [], 'c'),
      async () => partners.save(await partners.read(), { partners: [{ name: 'x' }] } as never, [], 'c'),
      async () => rates.save(await rates.read(), { added: [{ rate: 1.5 }] } as never, [], 'c'),
      async () => settings.save(await settings.read(), { ...(await settings.read()), digestHour: 24 }, [], 'c'),
      async () => charges.save(ACCOUNT, await charges.load(ACCOUNT), { ...NO_CHARGES, claimed: [{ amount: '3,50' }] } as never, [], 'c'),
    ];
    for (const attempt of tries) await expect(attempt()).rejects.toThrow(/is not as it must be/);
  });
});
