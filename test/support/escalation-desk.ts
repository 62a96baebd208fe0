import type { AccountRequest } from '../../src/account/account-work.ts';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { arrangementKinds } from '../../src/arrangements/arrangement-kinds.op.ts';
import { settleArrangements } from '../../src/arrangements/settle-arrangements.op.ts';
import { carryOutCases } from '../../src/escalation/carry-out-cases.op.ts';
import { supplyKinds } from '../../src/escalation/case-kinds.op.ts';
import { placementKinds } from '../../src/escalation/placement-kinds.op.ts';
import { type DecisionAsked, requestDecision } from '../../src/escalation/request-decision.op.ts';
import { vote } from '../../src/escalation/vote.op.ts';
import { writeOffKind } from '../../src/escalation/write-off.op.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { changeTeam } from '../../src/team/change-team.op.ts';
import type { RecordedFact } from '../../src/trail/trail.port.ts';
import { ledgerPlace } from './ledger-place.ts';
import { worldOf } from './world.ts';

export const MARA = 'U0MARA';
export const INES = 'U0INES';
export const PAUL = 'U0PAUL';
export const SARA = 'U0SARA';
export const ACCOUNT = accountId('C1');

/** A ledger with a team around it: Mara collects, Ines and Sara manage, Paul leads finance. Time moves by hand. */
export async function escalationDesk(from: string) {
  const place = await ledgerPlace();
  const { stores } = place;
  const time = { now: Temporal.Instant.from(`${from}T09:00:00Z`) };
  const clock = { now: () => time.now };
  await stores.settings.load({
    ...{ digestChannel: 'collections', digestHour: 9, zone: 'Europe/London', company: '', country: 'GB', region: '' },
    commands: { overdue: 'overdue', account: 'account', collections: 'collections' },
    escalationsChannel: 'C0ESCALATE',
  });
  for (const [user, role] of [
    [MARA, 'collector'],
    [INES, 'manager'],
    [SARA, 'manager'],
    [PAUL, 'finance-lead'],
  ] as const)
    await changeTeam({ ...stores, clock }, { do: 'set-roles', user, roles: [role] }, 'U0ALEX', `seat:${user}`);
  const importing = { now: false };
  const freshness = async () => ({ ...(await stores.ledger.freshness()), ...(importing.now && { applying: true }) });
  const base = worldOf({ ...stores, clock, holidays: () => new Set<string>(), ledger: { ...stores.ledger, freshness } });
  const kinds = {
    ...supplyKinds(base),
    ...arrangementKinds(base),
    ...writeOffKind(base),
    ...placementKinds(base, (day) => day),
  };
  const ports = worldOf({ ...base, kinds });
  let commands = 0;
  const next = () => {
    commands += 1;
    return `command:${commands}`;
  };
  return {
    ...place,
    ports,
    on: (iso: string) => {
      time.now = Temporal.Instant.from(`${iso}T09:00:00Z`);
    },
    ask: (asked: DecisionAsked, by = MARA) => requestDecision(ports, asked, by, next()),
    /** One approval each, on the current version. */
    async approve(id: string, ...users: readonly string[]) {
      for (const by of users) {
        const seen = (await stores.cases.load(id))!.case.revision;
        const result = await vote(ports, id, { vote: 'approve', reason: '', seen }, by);
        if (!result.done) throw new Error(`${by}: ${result.refused}`);
      }
    },
    /** An import writes its rows. */
    importing(now: boolean) {
      importing.now = now;
    },
    /** Minutes later: what another has claimed is free again. */
    async carryOut() {
      time.now = time.now.add({ minutes: 3 });
      return carryOutCases(ports);
    },
    /** The program stops when it has done what was approved and has not recorded it; minutes later another takes over. */
    async carryOutAndStop() {
      const save = async () => {
        throw new Error('stopped');
      };
      await carryOutCases(worldOf({ ...ports, cases: { ...stores.cases, save } })).catch(() => {});
      time.now = time.now.add({ minutes: 3 });
    },
    caseOf: async (id: string) => (await stores.cases.load(id))!.case,
    work: async () => (await stores.accounts.load(ACCOUNT))!.work,
    do: (request: AccountRequest, by = MARA) => changeAccount(ports, ACCOUNT, request, by, next()),
    /** What the clock records now, by type. */
    async settle(): Promise<RecordedFact[]> {
      const known = (await stores.accounts.load(ACCOUNT))!.facts;
      await settleArrangements(ports);
      const facts = await stores.outboxes.pending(500);
      return facts.filter((fact) => fact.aggregate === `account:${ACCOUNT}` && Number(fact.id.split(':').at(-1)) > known);
    },
  };
}

export type EscalationDesk = Awaited<ReturnType<typeof escalationDesk>>;
