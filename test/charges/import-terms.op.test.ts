import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { termsImporting } from '../../src/charges/import-terms.op.ts';
import { day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { type House, openHouse } from '../support/house.ts';
import { invoice } from '../support/ledger-place.ts';

const ACCOUNT = accountId('L1');
const file = (agreed: object) => [
  { kind: 'account' as const, account: { number: 'L1', name: 'Grimblethorpe Joinery Ltd', ...agreed } },
  invoice('I-1', { account: 'L1', due: day('2026-09-15'), total: 1000 }),
];

let house: House;
beforeAll(async () => {
  house = await openHouse(path.resolve(import.meta.dirname, '../../src'), '2026-11-23T09:00:00Z', file({ law: 'DE', paymentTerms: '45' }));
});
afterAll(() => house.close());

const agreement = async () => (await house.ports.accounts.load(ACCOUNT))!.work.agreement;

it('an import puts what differs on file once, told as its own; a person’s change stays until the file says something else', async () => {
  // Each process looks once after each import; a process that starts anew looks again and finds it done.
  await termsImporting(house.ports)();
  await termsImporting(house.ports)();
  expect(await agreement()).toMatchObject({ revision: 1, law: 'DE', terms: 45, by: 'import' });
  const { revision: _, imported: __, by: ___, on: ____, ...terms } = (await agreement())!;
  const change = { do: 'set-agreement', seen: 1, terms: { ...terms, terms: 60 } } as const;
  expect(await changeAccount(house.ports, ACCOUNT, change, 'U0INES', 'a')).toMatchObject({ done: true });
  const looking = termsImporting(house.ports);
  await looking();
  house.time.now = house.time.now.add({ hours: 1 });
  await house.importRecords(file({ law: 'DE', paymentTerms: '45' }));
  await looking();
  expect(await agreement()).toMatchObject({ revision: 2, terms: 60, by: 'U0INES' });
  house.time.now = house.time.now.add({ hours: 1 });
  await house.importRecords(file({ law: 'FR', paymentTerms: '45' }));
  await looking();
  expect(await agreement()).toMatchObject({ revision: 3, law: 'FR', terms: 45, by: 'import' });
  const facts = await house.ports.outboxes.pending(50);
  expect(facts.filter(({ type }) => type === 'agreement-set').map(({ by }) => by)).toEqual(['import', 'U0INES', 'import']);
});
