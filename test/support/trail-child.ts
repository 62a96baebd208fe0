/** One instance that records facts and copies them into the trail until it is killed. Arguments: src, store uri, a number of its own. */
import path from 'node:path';
import type { AccountRequest } from '../../src/account/account-work.ts';

const [src, uri, own] = process.argv.slice(2) as [string, string, string];
const load = <T>(file: string): Promise<T> => import(path.join(src, file));
const { openStore } = await load<typeof import('../../src/store/open-store.ts')>('store/open-store.ts');
const { changeAccount } = await load<typeof import('../../src/account/change-account.op.ts')>('account/change-account.op.ts');
const { changeTeam } = await load<typeof import('../../src/team/change-team.op.ts')>('team/change-team.op.ts');
const { copyOutboxes } = await load<typeof import('../../src/trail/copy-outboxes.op.ts')>('trail/copy-outboxes.op.ts');
const { addDays, dayIn } = await load<typeof import('../../src/kernel/day.ts')>('kernel/day.ts');

const stores = await openStore(uri);
const accounts = (await stores.ledger.accounts()).map(({ id }) => id);
const today = dayIn('Europe/London', stores.clock.now());
const requests = (n: number): AccountRequest[] => [
  { do: 'hold', until: addDays(today, 1 + (n % 20)), reason: `asked by telephone, note ${n}` },
  { do: 'snooze', until: addDays(today, 1 + (n % 9)) },
  { do: 'assign', to: n % 2 === 0 ? 'U0MARA' : 'U0TOM', how: 'by hand' },
  { do: 'unhold' },
];

process.send!('ready');
await new Promise((resolve) => process.once('message', resolve));
for (let n = 0; ; n += 1) {
  const command = `${own}:${n}`;
  const request = requests(n)[n % 4]!;
  await changeAccount(stores, accounts[(n * 7 + Number(own)) % accounts.length]!, request, 'U0MARA', command);
  if (n % 5 === 4)
    await changeTeam(stores, { do: 'set-roles', user: 'U0NINA', roles: n % 2 ? ['collector'] : ['manager'] }, 'U0ALEX', command);
  if (n % 3 === 2) await copyOutboxes({ ...stores, told: {} });
}
