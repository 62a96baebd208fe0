import type { AccountRequest, AccountWork } from '../../src/account/account-work.ts';
import type { CaseKind } from '../../src/escalation/approval-table.ts';
import type { CaseKindRules } from '../../src/escalation/case.port.ts';
import type { Case } from '../../src/escalation/case.ts';
import type { DecisionAsked } from '../../src/escalation/request-decision.op.ts';
import { day } from '../../src/kernel/day.ts';
import type { House } from '../support/house.ts';
import { startOf } from '../support/start-of.ts';
import { worldOf } from '../support/world.ts';
import type { Changed } from './p7-case-changes.ts';

const MONEY = ['payment', 'credit note', 'money on account', 'promise', 'dispute'] as const;

/** Each kind that rests on figures, with what it rests on. */
export const KINDS: Readonly<Partial<Record<CaseKind, readonly Changed[]>>> = {
  'stop-supply': MONEY,
  'write-off': MONEY,
  plan: MONEY,
  settlement: MONEY,
  agency: [...MONEY, 'insolvency'],
  legal: ['payment', 'insolvency'],
  'demand-letter': [...MONEY, 'insolvency', 'hold', 'address for notice', 'no contact any more'],
};

/** The one invoice of each account. */
export const OWED = { total: 10_000_00, due: '2026-09-01' };

const SENDER = {
  ...{ name: 'Northwind Trading Ltd', address: 'receivables@northwind-trading.example', phone: '+44 20 7946 0100' },
  remittance: 'remittance@northwind-trading.example',
};
const TERMS = {
  ...{
    law: 'UK' as const,
    terms: 30,
    feeClause: null,
    interestRate: null,
    acceleration: false,
    disputeClause: '',
    insuranceDeadline: null,
  },
  document: null,
} as const;
const PARTNER = { licence: 'L-1', licensedTo: day('2027-06-30'), countries: ['GB'], rate: 18_00, terms: '', contact: '' };

type Ports = House['ports'];

/** What is needed to ask and decide, from the program to check. */
export async function askFor(house: House) {
  const load = house.load;
  const { supplyKinds } = await load<typeof import('../../src/escalation/case-kinds.op.ts')>('escalation/case-kinds.op.ts');
  const { writeOffKind, writeOffAsked } = await load<typeof import('../../src/escalation/write-off.op.ts')>('escalation/write-off.op.ts');
  const { arrangementKinds, approvalOf } = await load<typeof import('../../src/arrangements/arrangement-kinds.op.ts')>(
    'arrangements/arrangement-kinds.op.ts',
  );
  const { placementKinds } = await load<typeof import('../../src/escalation/placement-kinds.op.ts')>('escalation/placement-kinds.op.ts');
  const { letterKind } = await load<typeof import('../../src/escalation/letter-kind.op.ts')>('escalation/letter-kind.op.ts');
  const { writeLetter } = await load<typeof import('../../src/escalation/write-letter.op.ts')>('escalation/write-letter.op.ts');
  const { recordPlan } = await load<typeof import('../../src/arrangements/record-plan.op.ts')>('arrangements/record-plan.op.ts');
  const { recordSettlement } = await load<typeof import('../../src/arrangements/record-settlement.op.ts')>(
    'arrangements/record-settlement.op.ts',
  );
  const { requestDecision } = await load<typeof import('../../src/escalation/request-decision.op.ts')>('escalation/request-decision.op.ts');
  const { vote } = await load<typeof import('../../src/escalation/vote.op.ts')>('escalation/vote.op.ts');
  const { changeAccount } = await load<typeof import('../../src/account/change-account.op.ts')>('account/change-account.op.ts');
  const { changePartners } = await load<typeof import('../../src/escalation/change-partners.op.ts')>('escalation/change-partners.op.ts');

  const { ports } = house;
  const before = await ports.settings.read();
  const { version: _, ...settings } = before;
  await ports.settings.save(before, { ...settings, escalationsChannel: 'C0ESCALATE', senders: { NWUK: SENDER } }, [], 'test');
  for (const [id, kind] of [
    ['swift', 'agency'],
    ['law', 'firm'],
  ] as const)
    must(await changePartners(ports, { do: 'add-partner', partner: { ...PARTNER, id, name: id, kind } }, 'U0INES', `add:${id}`));
  const kindsOver = (over: Ports): CaseKindRules => ({
    ...supplyKinds(over),
    ...writeOffKind(over),
    ...arrangementKinds(over),
    ...placementKinds(over, (on) => on),
    'demand-letter': letterKind(over),
  });
  const bytes = Buffer.from('%PDF');
  const deciding = worldOf({
    ...ports,
    kinds: kindsOver(ports),
    letterSheets: async () => ({ name: 'letter.pdf', pdf: bytes, pages: [bytes] }),
  });

  const asked = async (kind: CaseKind, number: string, account: string): Promise<DecisionAsked> => {
    const common = { account, entity: 'NWUK', currency: 'GBP', amount: OWED.total, reason: 'No answer.', reasonCodes: [], about: {} };
    const invoices = [{ entity: 'NWUK', number: `I-${number}` }];
    const on = day('2026-12-15');
    if (kind === 'write-off') {
      const wanted = await writeOffAsked(ports, { account, invoices, amount: 5_000_00, code: 'untraceable', reason: 'Gone.' });
      if ('refused' in wanted) throw new Error(wanted.refused);
      return wanted.asked;
    }
    if (kind === 'plan' || kind === 'settlement') {
      const id = `${kind}:${number}`;
      const instalments = () => [{ agreed: on, date: on, amount: 9_000_00 }];
      const plan = { id, account, invoices, amount: 9_000_00, agreedWith: 'AP', instalments };
      if (kind === 'plan') must(await recordPlan(ports, plan, 'U0MARA', id));
      else must(await recordSettlement(ports, { id, kind, account, invoices, terms: { pay: 2_000_00 }, until: on }, 'U0MARA', id));
      return approvalOf(account, (await ports.accounts.load(account))!.work, id, (each) => each)!;
    }
    if (kind === 'agency' || kind === 'legal')
      return { ...common, kind, amount: 5_000_00, about: { partner: kind === 'legal' ? 'law' : 'swift', name: kind, courtFees: '0' } };
    if (kind !== 'demand-letter') return { ...common, kind };
    const letter = { ...common, deadline: day('2026-12-31'), firm: '', counsel: null };
    const written = await writeLetter(deciding, letter, `letter-${number}`, 'U0MARA');
    if (!written.done) throw new Error(written.says);
    return { ...common, kind, about: { letter: written.draft.id } };
  };
  return {
    kindsOver,
    change: async (account: string, request: AccountRequest) =>
      must(await changeAccount(ports, account, request, 'U0MARA', `${request.do}:${account}`)),
    /** Asked for by Mara and approved by as many as the table wants; the case's id. */
    async approved(kind: CaseKind, number: string, account: string): Promise<string> {
      const result = await requestDecision(deciding, await asked(kind, number, account), 'U0MARA', `ask:${number}`);
      if (!result.done) throw new Error(JSON.stringify(result));
      const { id } = result.case;
      for (const by of ['U0PAUL', 'U0INES'])
        if ((await ports.cases.load(id))!.case.state === 'open')
          must(await vote(deciding, id, { vote: 'approve', reason: '', seen: 1 }, by));
      return id;
    },
    isDone: ({ supply, writeOffs, placements, plans, offers }: AccountWork, { id, about }: Case): boolean =>
      supply?.case === id ||
      [...writeOffs, ...placements].some((each) => each.id === id) ||
      [...plans, ...offers].some((each) => each.id === about.arrangement && each.state !== 'proposed'),
  };
}

type Asking = Awaited<ReturnType<typeof askFor>>;

/** The contract on file; for a demand letter a notice that has run; for a placement a letter that was served and has run out; for legal action an opinion. */
export async function prepareAccount(
  { change }: Asking,
  { kind, number }: { kind: CaseKind; number: string },
  account: string,
): Promise<void> {
  if (!['agency', 'legal', 'demand-letter'].includes(kind)) return;
  await change(account, { do: 'set-kind', kind: 'company' });
  const notice = { method: 'email', address: `legal@${number.toLowerCase()}.example` } as const;
  await change(account, { do: 'set-agreement', seen: 0, terms: { ...TERMS, notice } });
  if (kind === 'demand-letter') {
    await change(account, startOf('NWUK', 'final-notice', [{ number: `I-${number}`, due: OWED.due, open: OWED.total }]));
    return;
  }
  const demand = { letter: 'D', entity: 'NWUK', invoices: [`I-${number}`], deadline: day('2026-11-09'), sentOn: day('2026-10-20') };
  const served = { ...demand, by: 'post', firm: '' } as const;
  await change(account, { do: 'serve-demand', demand: served, sha256: 'a'.repeat(64), tracking: '' });
  if (kind === 'legal')
    await change(account, { do: 'record-opinion', id: 'o', from: 'Ms Quill', on: day('2026-11-20'), text: 'Good prospects.' });
}

function must(result: { readonly done: boolean }): void {
  if (!result.done) throw new Error(`refused: ${JSON.stringify(result)}`);
}
