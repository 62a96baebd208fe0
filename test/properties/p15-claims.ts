import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Charge } from '../../src/charges/charges.ts';
import type { RecordedFact } from '../../src/trail/trail.port.ts';
import { worldOf } from '../support/world.ts';

const NOW = Temporal.Instant.from('2026-11-23T09:00:00Z');
const TODAY = '2026-11-23';
const COMMANDS = { overdue: 'overdue', account: 'account', collections: 'collections' };

export interface ClaimFigures {
  debts: number;
  asked: number;
  granted: number;
  /** A fixed sum or fee more than once for its debt or reminder, in the state or among the facts. */
  claimedTwice: number;
  /** Interest that does not add up to what the days give. */
  interestOff: number;
  /** More waived and paid than was claimed. */
  reducedTooFar: number;
  /** Facts missing, doubled or out of order. */
  factsOff: number;
}

/** Two instances on one store claim, waive and book the same things at the same moment, each several times. */
export async function claimedAtOnce(rounds: number, src: string): Promise<ClaimFigures> {
  const load = <T>(file: string): Promise<T> => import(path.join(src, file));
  const { startEmbeddedStore } =
    await load<typeof import('../../src/embedded/mongo/embedded-store.ts')>('embedded/mongo/embedded-store.ts');
  const { openStore } = await load<typeof import('../../src/store/open-store.ts')>('store/open-store.ts');
  const { claimCharges } = await load<typeof import('../../src/charges/claim-charges.op.ts')>('charges/claim-charges.op.ts');
  const { changeCharges } = await load<typeof import('../../src/charges/change-charges.op.ts')>('charges/change-charges.op.ts');
  const { readCharges } = await load<typeof import('../../src/charges/read-charges.op.ts')>('charges/read-charges.op.ts');
  const figures: ClaimFigures = { debts: 0, asked: 0, granted: 0, claimedTwice: 0, interestOff: 0, reducedTooFar: 0, factsOff: 0 };
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-p15-'));
  const embedded = await startEmbeddedStore({ dir });
  const opened = [await openStore(embedded.uri), await openStore(embedded.uri)];
  try {
    const clock = { now: () => NOW };
    const instances = opened.map((stores) => worldOf({ ...stores, clock }));
    const [one] = instances as [(typeof instances)[0]];
    await one.settings.load({
      digestChannel: 'c',
      digestHour: 9,
      zone: 'Europe/London',
      company: '',
      country: 'GB',
      region: '',
      commands: COMMANDS,
    });
    for (let round = 0; round < rounds; round += 1) {
      const account = await lateAccount(load, one, round);
      const read = (await readCharges(one, account))!;
      const attempts = read.debts.flatMap((debt) => {
        const { entity, invoice, interest, compensation, fees } = debt;
        if (!('toClaim' in interest) || !('amount' in compensation) || !fees[0]) throw new Error(`nothing to claim of ${invoice}`);
        figures.debts += 1;
        const asked = { account, entity, invoice, inBusiness: false };
        const wanted = [
          { ...asked, what: 'interest' as const, seen: interest.toClaim },
          { ...asked, what: 'compensation' as const, seen: compensation.amount },
          { ...asked, what: { feeOf: fees[0].stage }, seen: fees[0].amount },
        ];
        return instances.flatMap((ports, n) =>
          [0, 1].flatMap((again) =>
            wanted.map((claim) => () => claimCharges(ports, claim, `U${n}${again}`, `claim:${n}:${again}:${JSON.stringify(claim)}`)),
          ),
        );
      });
      figures.asked += attempts.length;
      // Refused for having been overtaken too often, a person asks again.
      const results = await Promise.all(attempts.map((attempt) => untilSettled(attempt)));
      figures.granted += results.filter(({ done }) => done).length;
      const claimed = (await one.charges.load(account)).charges.claimed;
      const halves = claimed.flatMap((charge) =>
        instances.flatMap((ports, n) =>
          [0, 1, 2].map((again) => () => {
            const amount = Math.ceil(charge.amount / 2);
            const waive = { do: 'waive' as const, charge: charge.id, amount, reason: 'goodwill', limit: 1_000_000_00, mayManage: true };
            const wanted = again === 2 ? { do: 'record-paid' as const, charge: charge.id, amount } : waive;
            return changeCharges(ports, account, () => wanted, `U${n}`, `reduce:${n}:${again}:${charge.id}`);
          }),
        ),
      );
      await Promise.all(halves.map((attempt) => untilSettled(attempt)));
      const after = (await one.charges.load(account)).charges.claimed;
      const facts = (await one.outboxes.pending(10_000)).filter((fact) => fact.aggregate === `charges:${account}`);
      judge(
        figures,
        read.debts.map((debt) => ('total' in debt.interest ? debt.interest.total : 0)),
        after,
        facts,
      );
    }
    return figures;
  } finally {
    for (const stores of opened) await stores.close();
    await embedded.stop();
    await fs.rm(dir, { recursive: true, force: true });
  }
}

async function untilSettled<R extends { done: boolean; refused?: string }>(attempt: () => Promise<R>): Promise<R> {
  for (;;) {
    const result = await attempt();
    if (result.done || result.refused !== 'changed-meanwhile') return result;
  }
}

function judge(figures: ClaimFigures, totals: readonly number[], claimed: readonly Charge[], facts: readonly RecordedFact[]): void {
  const count = (ids: readonly string[]) => ids.length - new Set(ids).size;
  const once = (kind: string, stage: unknown, invoice: unknown) => `${kind} ${invoice} ${stage}`;
  const made = facts.filter(({ type }) => type === 'charge-claimed');
  figures.claimedTwice += count(claimed.map(({ kind, stage, invoice }) => once(kind, stage, invoice)));
  figures.claimedTwice += count(made.map(({ kind, stage, invoice }) => once(String(kind), stage, invoice)));
  const interest = claimed.filter(({ kind }) => kind === 'interest').reduce((sum, { amount }) => sum + amount, 0);
  if (interest !== totals.reduce((sum, total) => sum + total, 0)) figures.interestOff += 1;
  figures.reducedTooFar += claimed.filter(({ amount, waived, paid }) => waived + paid > amount).length;
  const numbers = facts.map(({ id }) => Number(id.slice(id.lastIndexOf(':') + 1)));
  if (numbers.some((number, index) => number !== index + 1)) figures.factsOff += 1;
  const told = (type: string) => facts.filter((fact) => fact.type === type).reduce((sum, { amount }) => sum + Number(amount), 0);
  const sum = (field: 'amount' | 'waived' | 'paid') => claimed.reduce((total, charge) => total + charge[field], 0);
  const pairs = [
    ['charge-claimed', 'amount'],
    ['charge-waived', 'waived'],
    ['charge-paid', 'paid'],
  ] as const;
  if (pairs.some(([type, field]) => told(type) !== sum(field))) figures.factsOff += 1;
}

type OpenStore = Awaited<ReturnType<typeof import('../../src/store/open-store.ts').openStore>>;
type Ports = Omit<OpenStore, 'clock'> & {
  readonly clock: { now(): Temporal.Instant };
};

/** An account under English law with late invoices, an agreed reminder fee, and a reminder that was sent. */
async function lateAccount(load: <T>(file: string) => Promise<T>, ports: Ports, round: number): Promise<string> {
  const { importLedger } = await load<typeof import('../../src/ledger/import-ledger.op.ts')>('ledger/import-ledger.op.ts');
  const { changeAccount } = await load<typeof import('../../src/account/change-account.op.ts')>('account/change-account.op.ts');
  const { invoice } = await import('../support/ledger-place.ts');
  const number = `C${round}`;
  const names = ['A', 'B', 'C'].map((letter) => `${letter}${round}`);
  const rows = names.map((name, n) => {
    const record = invoice(name, { currency: 'GBP', total: 123_456 + n * 1_000_000, due: `2026-0${n + 3}-15` as never, account: number });
    return { line: n + 2, record };
  });
  const source = {
    name: 'books',
    declares: 'changes' as const,
    tellsBalances: true,
    async *rows() {
      yield* rows;
    },
  };
  await importLedger(ports, { source, dryRun: false, confirmVanished: false, sample: false });
  const { id } = (await ports.ledger.accounts()).find((row) => row.number === number)!;
  const terms = {
    law: 'UK' as const,
    terms: 30,
    notice: null,
    feeClause: { amounts: { GBP: 1500 }, from: 'reminder' as const },
    interestRate: null,
    acceleration: false,
    disputeClause: '',
    insuranceDeadline: null,
    document: null,
  };
  const stage = { key: 'reminder', offset: 10 };
  const sent = {
    entity: 'MAIN',
    on: TODAY as never,
    channel: 'email' as const,
    purpose: 'stage' as const,
    stage,
    invoices: names,
    open: names,
  };
  for (const request of [
    { do: 'set-kind' as const, kind: 'company' as const },
    { do: 'set-agreement' as const, seen: 0, terms },
    { do: 'record-contact' as const, ...sent },
  ]) {
    const result = await changeAccount(ports, id, request, 'U0INES', `prepare:${id}:${request.do}`);
    if (!result.done) throw new Error(`refused: ${result.refused}`);
  }
  return id;
}
