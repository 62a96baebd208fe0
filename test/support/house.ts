import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { readEInvoiceApart } from '../../src/importing/e-invoice/e-invoices.ts';
import type { LedgerRecord } from '../../src/ledger/ledger-record.ts';
import { worldOf } from './world.ts';

/** People of the house, with the titles that give roles. */
export const PEOPLE = [
  { user: 'U0MARA', title: 'Collector' },
  { user: 'U0TOM', title: 'Collector' },
  { user: 'U0INES', title: 'Collections manager' },
  { user: 'U0PAUL', title: 'Finance lead' },
];

/**
 * The verbs over a real store without Slack, with a ledger of one's own or that of the sample: for properties over many accounts. `src` is
 * the folder of the program to check; its modules are loaded from there. `drawn` false: statements are their bare figures, since drawing thousands takes
 * longer than all the rest. `copied`: the folder of a house that has ended, of which this one is a copy.
 */
export async function openHouse(src: string, start: string, ledger?: readonly LedgerRecord[], drawn = true, copied?: string) {
  const load = <T>(file: string): Promise<T> => import(path.join(src, file));
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-house-'));
  if (copied) await fs.cp(copied, dir, { recursive: true });
  const { startEmbeddedStore } =
    await load<typeof import('../../src/embedded/mongo/embedded-store.ts')>('embedded/mongo/embedded-store.ts');
  const { openStore } = await load<typeof import('../../src/store/open-store.ts')>('store/open-store.ts');
  const { importLedger } = await load<typeof import('../../src/ledger/import-ledger.op.ts')>('ledger/import-ledger.op.ts');
  const { sampleLedger } = await load<typeof import('../../src/importing/sample-ledger.ts')>('importing/sample-ledger.ts');
  const { seatSampleTeam } = await load<typeof import('../../src/team/seat-sample-team.op.ts')>('team/seat-sample-team.op.ts');
  const { changeAccount } = await load<typeof import('../../src/account/change-account.op.ts')>('account/change-account.op.ts');
  const { holidayCalendar } = await load<typeof import('../../src/schedule/holidays.ts')>('schedule/holidays.ts');
  const { readLetters } = await load<typeof import('../../src/drafting/letters.ts')>('drafting/letters.ts');
  const { drafter } = await load<typeof import('../../src/drafting/draft-for.ts')>('drafting/draft-for.ts');
  const { invoiceFolder } = await load<typeof import('../../src/mail-server/invoice-folder.ts')>('mail-server/invoice-folder.ts');
  const { statementPdf } = await load<typeof import('../../src/reporting/statement-pdf.ts')>('reporting/statement-pdf.ts');
  const { memoryBudget } = await load<typeof import('../../src/drafting/budget.ts')>('drafting/budget.ts');
  const { dayIn } = await load<typeof import('../../src/kernel/day.ts')>('kernel/day.ts');

  const time = { now: Temporal.Instant.from(start) };
  const clock = { now: () => time.now };
  const zone = 'Europe/London';
  const commands = { overdue: 'overdue', account: 'account', collections: 'collections' };
  const log = pino({ level: 'silent' });
  const names = (await Promise.resolve([])) as string[];
  const letters = readLetters(path.join(src, '../prompts'));
  const holidays = holidayCalendar();

  const begin = async () => {
    const embedded = await startEmbeddedStore({ dir });
    const stores = await openStore(embedded.uri);
    await stores.settings.load({ digestChannel: 'collections', digestHour: 9, zone, company: '', country: 'GB', region: '', commands });
    const ports = worldOf({
      ...stores,
      clock,
      holidays,
      people: async () => ({ name: 'Mara Lind', phone: '', email: '' }),
      statementPdf: drawn ? statementPdf : bareStatement,
      invoiceFiles: invoiceFolder(path.join(dir, 'invoices'), readEInvoiceApart),
      drafter: drafter({ letters, model: null, budget: memoryBudget(0, clock), names: async () => names, log }),
    });
    const end = async () => {
      await stores.close();
      await embedded.stop();
    };
    return { ports, end };
  };
  let running = await begin();
  const importRecords = async (records: readonly LedgerRecord[], name = 'books') => {
    const source = {
      name,
      declares: 'changes' as const,
      tellsBalances: true,
      async *rows() {
        for (const [index, record] of records.entries()) yield { line: index + 1, record };
      },
    };
    const { intake } = running.ports;
    const outcome = await importLedger({ intake, clock }, { source, dryRun: false, confirmVanished: false, sample: false });
    if (outcome.kind !== 'imported') throw new Error(`import refused: ${JSON.stringify(outcome.refusal)}`);
    await handOut();
  };
  /** Who has no collector gets one: nobody else could sign. Only once there is a team, which the sample's accounts are dealt out to first. */
  const handOut = async () => {
    if ((await running.ports.team.read()).members.length === 0) return;
    for (const { id, collector } of await running.ports.ledger.accounts()) {
      if (collector !== null) continue;
      const assign = { do: 'assign' as const, to: PEOPLE[0]!.user, how: 'by rule' as const };
      await changeAccount(running.ports, id, assign, 'rule', `hand-out:${id}`);
    }
  };
  if (!copied) {
    await importRecords(ledger ?? sampleLedger(dayIn(zone, time.now)));
    await seatSampleTeam(running.ports, PEOPLE);
    await handOut();
  }
  return {
    dir,
    get ports() {
      return running.ports;
    },
    time,
    load,
    importRecords,
    /** Stops the store, to be copied. */
    end: () => running.end(),
    /** Stops the store and starts it again over the same folder. */
    async restart() {
      await running.end();
      running = await begin();
    },
    async close() {
      await running.end();
      await fs.rm(dir, { recursive: true, force: true });
    },
  };
}

/** The sample's house as often as needed: each is a copy of the first, as `prepare` left it. */
export function houseCopies(src: string, start: string, prepare: (house: House) => Promise<unknown>) {
  let first: Promise<string> | null = null;
  const made = async () => {
    const house = await openHouse(src, start);
    await prepare(house);
    await house.end();
    return house.dir;
  };
  return {
    async open(): Promise<House> {
      first ??= made();
      return openHouse(src, start, undefined, true, await first);
    },
    close: async () => void (first && (await fs.rm(await first, { recursive: true, force: true }))),
  };
}

const bareStatement = async (statement: object) => ({ name: 'statement.pdf', bytes: Buffer.from(JSON.stringify(statement)) });

export type House = Awaited<ReturnType<typeof openHouse>>;
