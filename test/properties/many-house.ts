import path from 'node:path';
import type { importLedger as ImportLedger } from '../../src/ledger/import-ledger.op.ts';
import type { LedgerRecord } from '../../src/ledger/ledger-record.ts';
import type { OpenStore, openStore as OpenStoreFn } from '../../src/store/open-store.ts';
import { contact, invoice } from '../support/ledger-place.ts';

const COMMANDS = { overdue: 'overdue', account: 'account', collections: 'collections' };
const SENDER = { name: 'Northwind Ltd', address: 'ar@northwind.example', remittance: 'remit@northwind.example', phone: '+44 20 7946 0100' };
const ROLES = {
  U0MARA: 'collector',
  U0TOM: 'collector',
  U0INES: 'manager',
  U0SARA: 'manager',
  U0PAUL: 'finance-lead',
  U0ALEX: 'admin',
} as const;
export const PEOPLE = Object.keys(ROLES) as (keyof typeof ROLES)[];
const COLLECTORS = ['U0MARA', 'U0TOM'];

/** The first ones are owed a reminder on the Monday; nothing is late with the others. */
function customer(n: number, due: number): LedgerRecord[] {
  const number = `C${n}`;
  const owed = { account: number, entity: 'NWUK', currency: 'GBP', total: 100_00 + n };
  return [
    {
      kind: 'account',
      account: { number, name: `Customer ${n} Ltd`, country: 'GB', language: 'en', zone: 'Europe/London', entity: 'NWUK' },
    },
    contact('Accounts Payable', { account: number, email: `ap@customer${n}.example` }),
    invoice(`INV-${n}`, { ...owed, issued: '2026-10-10' as never, due: (n < due ? '2026-11-17' : '2026-12-10') as never }),
  ];
}

/** A team, its rule for who gets which account, and a ledger: as it was known in October, and as it is this morning. */
export async function furnish(src: string, uri: string, accounts: number, due: number, morning: Temporal.Instant): Promise<OpenStore> {
  const { openStore } = (await import(path.join(src, 'store/open-store.ts'))) as { openStore: typeof OpenStoreFn };
  const { importLedger } = (await import(path.join(src, 'ledger/import-ledger.op.ts'))) as { importLedger: typeof ImportLedger };
  const stores = await openStore(uri);
  const where = { digestChannel: 'collections', digestHour: 9, zone: 'Europe/London', company: '', country: 'GB', region: '' };
  await stores.settings.load({ ...where, commands: COMMANDS, senders: { NWUK: SENDER }, escalationsChannel: 'C0ESCALATE' });
  const members = Object.entries(ROLES).map(([user, role]) => ({ user, roles: [role], absence: null }));
  await stores.team.save(await stores.team.read(), { members, rules: [{ id: 'all', collectors: COLLECTORS }] }, [], 'seat');
  const load = async (name: string, records: readonly LedgerRecord[], now: Temporal.Instant) => {
    const source = {
      name,
      declares: 'changes' as const,
      tellsBalances: true,
      async *rows() {
        for (const [index, record] of records.entries()) yield { line: index + 1, record };
      },
    };
    const request = { source, dryRun: false, confirmVanished: false, sample: false };
    const outcome = await importLedger({ intake: stores.intake, clock: { now: () => now } }, request);
    if (outcome.kind !== 'imported') throw new Error(`not imported: ${JSON.stringify(outcome.refusal)}`);
  };
  const all = Array.from({ length: accounts }, (_, n) => customer(n, due));
  await load('october', all.flat(), Temporal.Instant.from('2026-10-20T08:00:00Z'));
  await load('monday', all[0]!, morning);
  return stores;
}
