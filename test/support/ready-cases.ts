import { approvalOf } from '../../src/arrangements/arrangement-kinds.op.ts';
import { recordPlan } from '../../src/arrangements/record-plan.op.ts';
import { recordSettlement } from '../../src/arrangements/record-settlement.op.ts';
import type { AgreementTerms } from '../../src/charges/agreement.ts';
import type { CaseKind } from '../../src/escalation/approval-table.ts';
import { changePartners } from '../../src/escalation/change-partners.op.ts';
import type { DecisionAsked } from '../../src/escalation/request-decision.op.ts';
import { writeOffAsked } from '../../src/escalation/write-off.op.ts';
import { day } from '../../src/kernel/day.ts';
import { ACCOUNT, type EscalationDesk, escalationDesk, INES, MARA, PAUL, SARA } from './escalation-desk.ts';
import { invoice } from './ledger-place.ts';

const TERMS: AgreementTerms = {
  ...{ law: 'UK', terms: 30, notice: { method: 'post', address: '1 Mill Lane' }, feeClause: null, interestRate: null },
  ...{ acceleration: false, disputeClause: '', insuranceDeadline: null, document: null },
};
const DEMAND = {
  ...{ letter: 'D1', entity: 'MAIN', invoices: ['A', 'B'], deadline: day('2026-11-09'), sentOn: day('2026-10-26') },
  ...{ by: 'post' as const, firm: '' },
};
const SWIFT = {
  ...{ name: 'Swift', licence: 'L-1', licensedTo: day('2027-06-30'), countries: ['GB'], rate: 18_00, terms: '', contact: '' },
};
const A_AND_B = [
  { entity: 'MAIN', number: 'A' },
  { entity: 'MAIN', number: 'B' },
];
const common = { account: ACCOUNT, entity: 'MAIN', currency: 'EUR', reason: 'No answer.', reasonCodes: [], about: {} };

/** Mara's request of each kind that is decided about an account, with everything there that it needs. */
export const REQUESTS: Readonly<Partial<Record<CaseKind, (desk: EscalationDesk) => Promise<DecisionAsked>>>> = {
  'stop-supply': async () => ({ ...common, kind: 'stop-supply', amount: 10_000_00 }),
  async 'release-supply'(desk) {
    await desk.do({ do: 'stop-supply', case: 'before', reason: 'Broken promises.' });
    return { ...common, kind: 'release-supply', amount: 0 };
  },
  'credit-limit': async () => ({ ...common, kind: 'credit-limit', amount: 8_000_00 }),
  async plan(desk) {
    const instalments = () => [{ agreed: day('2026-12-15'), date: day('2026-12-15'), amount: 10_000_00 }];
    const asked = { id: 'plan:1', account: ACCOUNT, invoices: A_AND_B, amount: null, agreedWith: 'Ms Larch', instalments };
    must(await recordPlan(desk.ports, asked, MARA, 'plan'));
    return approvalOf(ACCOUNT, await desk.work(), 'plan:1', (on) => on)!;
  },
  async settlement(desk) {
    const asked = { id: 'offer:1', kind: 'settlement' as const, account: ACCOUNT, invoices: A_AND_B, until: day('2026-12-15') };
    must(await recordSettlement(desk.ports, { ...asked, terms: { pay: 2_000_00 } }, MARA, 'offer'));
    return approvalOf(ACCOUNT, await desk.work(), 'offer:1', (on) => on)!;
  },
  async 'write-off'(desk) {
    const wanted = { account: ACCOUNT, invoices: A_AND_B, amount: null, code: 'untraceable', reason: 'Gone.' } as const;
    const result = await writeOffAsked(desk.ports, wanted);
    if ('refused' in result) throw new Error(result.refused);
    return result.asked;
  },
  agency: (desk) => placement(desk, 'agency'),
  async legal(desk) {
    await desk.do({ do: 'record-opinion', id: 'o1', from: 'Ms Quill', on: day('2026-11-20'), text: 'Good prospects.' });
    return placement(desk, 'legal');
  },
};

async function placement(desk: EscalationDesk, kind: 'agency' | 'legal'): Promise<DecisionAsked> {
  await desk.do({ do: 'set-agreement', seen: 0, terms: TERMS });
  await desk.do({ do: 'serve-demand', demand: DEMAND, sha256: 'a'.repeat(64), tracking: '' });
  const partner = { ...SWIFT, id: 'swift', kind: kind === 'legal' ? ('firm' as const) : ('agency' as const) };
  must(await changePartners(desk.ports, { do: 'add-partner', partner }, INES, 'add'));
  return { ...common, kind, amount: 10_000_00, about: { partner: 'swift', name: 'Swift', rate: '1800', courtFees: '0' } };
}

/** A desk on Monday 23 November 2026: A of 6,000.00 and B of 4,000.00 are overdue. */
export async function readyDesk(): Promise<EscalationDesk> {
  const desk = await escalationDesk('2026-11-23');
  await desk.load([
    { kind: 'account', account: { number: 'C1', name: 'Otterby Ltd', country: 'GB', kind: 'company' } },
    invoice('A', { due: day('2026-06-02'), total: 6_000_00 }),
    invoice('B', { due: day('2026-07-02'), total: 4_000_00 }),
  ]);
  return desk;
}

/** Asked for by Mara and approved by as many as it needs; the case's id. */
export async function approved(desk: EscalationDesk, asked: DecisionAsked): Promise<string> {
  const result = await desk.ask(asked);
  if (!result.done) throw new Error('says' in result ? result.says : result.refused);
  for (const by of [PAUL, INES, SARA]) if ((await desk.caseOf(result.case.id)).state === 'open') await desk.approve(result.case.id, by);
  return result.case.id;
}

function must(result: { readonly done: boolean }): void {
  if (!result.done) throw new Error(JSON.stringify(result));
}
