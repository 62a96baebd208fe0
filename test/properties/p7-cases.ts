import type { CaseKind } from '../../src/escalation/approval-table.ts';
import type { CaseKindRules } from '../../src/escalation/case.port.ts';
import { day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { LedgerRecord } from '../../src/ledger/ledger-record.ts';
import { openHouse } from '../support/house.ts';
import { contact, invoice } from '../support/ledger-place.ts';
import { worldOf } from '../support/world.ts';
import { CHANGES, type Changed, type Changing } from './p7-case-changes.ts';
import { askFor, KINDS, OWED, prepareAccount } from './p7-case-requests.ts';

const START = '2026-11-23T10:00:00Z';
/** When something changes: behind the approval, or between the last look and the write. 'never': it must be carried out. */
const WHEN = ['early', 'late', 'never'] as const;

interface Trial {
  readonly number: string;
  readonly kind: CaseKind;
  readonly change: Changed;
  readonly when: (typeof WHEN)[number];
}

/** Every kind of decision with every change that it rests on, at both moments; each kind once left alone. */
function trials(): Trial[] {
  const list: Omit<Trial, 'number'>[] = [];
  for (const [kind, changes] of Object.entries(KINDS) as [CaseKind, readonly Changed[]][]) {
    for (const change of changes) for (const when of ['early', 'late'] as const) list.push({ kind, change, when });
    list.push({ kind, change: 'payment', when: 'never' });
  }
  return list.map((each, n) => ({ ...each, number: `K${n}` }));
}

const ledgerOf = ({ number }: Trial): LedgerRecord[] => [
  { kind: 'account', account: { number, name: `${number} Ltd`, country: 'GB', language: 'en', zone: 'Europe/London', entity: 'NWUK' } },
  contact('Imogen Larch', { account: number, email: `ap@${number.toLowerCase()}.example` }),
  invoice(`I-${number}`, {
    ...{ account: number, entity: 'NWUK', currency: 'GBP', total: OWED.total },
    ...{ issued: day('2026-08-01'), due: day(OWED.due) },
  }),
];

/** P7 for decisions: what was approved is not carried out when anything it rests on has changed by the moment of its write, and the case says so. */
export async function changedCases(rounds: number, src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const figures: Figures = {
    casesApproved: 0,
    casesChanged: 0,
    casesChangedLate: 0,
    doneAnyway: 0,
    casesNotVoided: 0,
    notSaid: 0,
    untouchedNotDone: 0,
  };
  // A round takes half of a customer's working day.
  for (let round = 0; round < rounds; round += 1) await tried(trials(), src, figures);
  const { doneAnyway, casesNotVoided, notSaid, untouchedNotDone } = figures;
  return { held: doneAnyway + casesNotVoided + notSaid + untouchedNotDone === 0 && figures.casesChangedLate > 0, figures };
}

type Figures = Record<
  'casesApproved' | 'casesChanged' | 'casesChangedLate' | 'doneAnyway' | 'casesNotVoided' | 'notSaid' | 'untouchedNotDone',
  number
>;

async function tried(all: readonly Trial[], src: string, figures: Figures): Promise<void> {
  const ledger = all.flatMap(ledgerOf);
  // The invoices come when the team is seated, which gives what is late a past of its own.
  const house = await openHouse(
    src,
    START,
    ledger.filter(({ kind }) => kind !== 'invoice'),
  );
  try {
    await house.importRecords(ledger);
    const { carryOutCases } =
      await house.load<typeof import('../../src/escalation/carry-out-cases.op.ts')>('escalation/carry-out-cases.op.ts');
    const { sendApproved, SEND_TIMES } =
      await house.load<typeof import('../../src/mails/send-approved.op.ts')>('mails/send-approved.op.ts');
    const asking = await askFor(house);
    for (const trial of all) {
      const account = accountId(trial.number);
      await prepareAccount(asking, trial, account);
      const id = await asking.approved(trial.kind, trial.number, account);
      figures.casesApproved += 1;
      const changing: Changing = { house, number: trial.number, account };
      const change = () => CHANGES[trial.change](changing);
      if (trial.when === 'early') await change();
      let left = trial.when === 'late';
      const atLast = async () => {
        if (!left) return;
        left = false;
        await change();
      };
      const sent: string[] = [];
      const accounts: typeof house.ports.accounts = {
        ...house.ports.accounts,
        async save(before, ...rest) {
          if (before.id === account) await atLast();
          return house.ports.accounts.save(before, ...rest);
        },
      };
      const kinds: CaseKindRules = asking.kindsOver({ ...house.ports, accounts });
      const mailer = {
        mailbox: 'ar@northwind.example',
        compose: async () => Buffer.from('mail'),
        async send(_from: string, _to: readonly string[], _bytes: Uint8Array, lastWord: () => Promise<boolean>) {
          await atLast();
          if (!(await lastWord())) return { outcome: 'withdrawn' as const };
          sent.push(trial.number);
          return { outcome: 'accepted' as const, said: '250 ok' };
        },
      };
      // A letter is released, sent and recorded one after the other.
      for (let turn = 0; turn < 3; turn += 1) {
        await carryOutCases(worldOf({ ...house.ports, kinds }));
        await sendApproved(worldOf({ ...house.ports, mailer, times: SEND_TIMES, replySecret: null }));
        house.time.now = house.time.now.add({ seconds: 121 });
        if (trial.kind !== 'demand-letter' && turn === 0) break;
      }
      const of = (await house.ports.cases.load(id))!.case;
      const work = (await house.ports.accounts.load(account))!.work;
      const done = sent.length > 0 || asking.isDone(work, of);
      if (trial.when === 'never') {
        if (!done || of.state !== 'carried-out') figures.untouchedNotDone += 1;
        continue;
      }
      figures[trial.when === 'early' ? 'casesChanged' : 'casesChangedLate'] += 1;
      if (done) figures.doneAnyway += 1;
      if (of.state !== 'void') figures.casesNotVoided += 1;
      else if (of.outcome.trim() === '') figures.notSaid += 1;
    }
  } finally {
    await house.close();
  }
}
