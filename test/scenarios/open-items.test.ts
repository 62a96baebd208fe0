import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { recordSettlement } from '../../src/arrangements/record-settlement.op.ts';
import { settleArrangements } from '../../src/arrangements/settle-arrangements.op.ts';
import { readCharges } from '../../src/charges/read-charges.op.ts';
import { fileSource } from '../../src/importing/file-source.ts';
import { mappingSchema } from '../../src/importing/mapping.ts';
import { day } from '../../src/kernel/day.ts';
import { importLedger } from '../../src/ledger/import-ledger.op.ts';
import { type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';
import { SHARED_DATA, sharedFiles } from '../support/shared-data.ts';
import { worldOf } from '../support/world.ts';

// One company's list of open items on Monday 30 November, Tuesday 1 and Wednesday 9 December 2026; no payments file ever comes.

const HAS_LISTS = sharedFiles('open-items').length > 0;
const mapping = mappingSchema.parse({ name: 'open-items', kind: 'open-items', declares: 'all-open' });
const CUSTOMERS = { vogel: '100037', thames: '100006', birch: '100061' } as const;

let place: LedgerPlace;
let time = Temporal.Instant.from('2026-11-30T09:00:00Z');
let commands = 0;
const world = () => worldOf({ ...place.stores, clock: { now: () => time }, holidays: () => new Set<string>() });
const imported = async (file: string, date: string) => {
  time = Temporal.Instant.from(`${date}T09:00:00Z`);
  const at = path.join(SHARED_DATA, 'open-items', file);
  const source = await fileSource({ path: at, mapping, asOf: null, today: day(date) });
  return importLedger(world(), { source, dryRun: false, sample: false, confirmVanished: true });
};
const idOf = async (number: string) => (await place.stores.ledger.accounts()).find((each) => each.number === number)!.id;
const offer = async (customer: keyof typeof CUSTOMERS, [entity, number]: [string, string], pay: number, until: string) => {
  const account = await idOf(CUSTOMERS[customer]);
  const asked = { id: customer, account, kind: 'settlement', invoices: [{ entity, number }] } as const;
  expect(await recordSettlement(world(), { ...asked, terms: { pay }, until: day(until) }, 'U0MARA', `offer:${customer}`)).toMatchObject({
    done: true,
  });
  await changeAccount(world(), account, { do: 'accept-offer', id: customer, acceptedBy: 'Ms Vogel' }, 'U0MARA', `accept:${customer}`);
};
const ended = async (customer: keyof typeof CUSTOMERS) => {
  const facts = await place.stores.timeline.latest(`account:${await idOf(CUSTOMERS[customer])}`, 50);
  return facts.find(({ type }) => type === 'offer-closed') ?? null;
};
/** Nine points over the German base rate of the second half of 2026, which is 1.52 %; hundredths of a percent. */
const RATE = 1_052;

describe.runIf(HAS_LISTS)('a company that hands in nothing but its list', () => {
  beforeAll(async () => {
    place = await ledgerPlace();
    await place.stores.settings.load({
      digestChannel: 'c',
      digestHour: 9,
      zone: 'Europe/Berlin',
      company: '',
      country: 'DE',
      region: '',
      commands: { overdue: 'overdue', account: 'account', collections: 'collections' },
    });
    await imported('day-01.csv', '2026-11-30');
  });
  afterAll(() => place?.close());

  it('Monday 30 November: three settlements are agreed on', async () => {
    // The 1,232.07 that Vogel will have paid settle 3,080.16, and so in pounds with Birch; of Thames a cent more is wanted than comes.
    await offer('vogel', ['1000', '1800000203'], 123_207, '2026-11-30');
    await offer('thames', ['1000', '1800000106'], 179_814, '2026-12-01');
    await offer('birch', ['2000', '1800000396'], 263_276, '2026-12-02');
    for (const customer of Object.keys(CUSTOMERS) as (keyof typeof CUSTOMERS)[]) {
      const account = await idOf(CUSTOMERS[customer]);
      await changeAccount(world(), account, { do: 'set-kind', kind: 'company' }, 'U0MARA', `kind:${++commands}`);
      const terms = { ...NOTHING_AGREED, law: 'DE', terms: 30 } as const;
      await changeAccount(world(), account, { do: 'set-agreement', seen: 0, terms }, 'U0INES', `agree:${++commands}`);
    }
  });

  it('Tuesday: what Monday’s list does not show yet and Tuesday’s does came on Monday at the earliest, so that it came in time', async () => {
    await imported('day-02.csv', '2026-12-01');
    await settleArrangements(world());
    expect(await ended('vogel')).toMatchObject({ outcome: 'settled', inTime: 123_207, late: 0, credit: 184_809 });
    expect(await ended('birch')).toMatchObject({ outcome: 'settled', inTime: 263_276, credit: 394_914 });
    expect(await ended('thames')).toBeNull();
  });

  it('Wednesday 9 December: a cent too little settles nothing, and what is left stands', async () => {
    await imported('day-10.csv', '2026-12-09');
    await settleArrangements(world());
    expect(await ended('thames')).toMatchObject({ outcome: 'lapsed', inTime: 179_813, late: 0, credit: 0 });
    expect(await place.openOf('1800000106')).toBe(269_718);
  });

  it('Wednesday 9 December: interest runs on what was open on each day, and stops for what was paid', async () => {
    // Due 16 November; 4,495.31 for the 14 days through 30 November, 2,697.18 for nine more.
    const interest = (await readCharges(world(), await idOf(CUSTOMERS.thames)))!.debts.find(
      ({ invoice }) => invoice === '1800000106',
    )!.interest;
    expect(interest).toMatchObject({ starts: '2026-11-17', to: '2026-12-09', steps: [{ rate: RATE }, { rate: RATE }] });
    expect(interest).toMatchObject({ total: Math.round((RATE * (449_531 * 14 + 269_718 * 9)) / 10_000 / 365) });
  });
});

const NOTHING_AGREED = {
  law: null,
  terms: null,
  notice: null,
  feeClause: null,
  interestRate: null,
  acceleration: false,
  disputeClause: '',
  insuranceDeadline: null,
  document: null,
};
