import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountRequest } from '../../src/account/account-work.ts';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { settlePromises } from '../../src/arrangements/settle-promises.op.ts';
import { promiseTells } from '../../src/arrangements/tell-promise.op.ts';
import { supplyKinds } from '../../src/escalation/case-kinds.op.ts';
import { caseTells } from '../../src/escalation/case-news.slack.ts';
import { keepCases } from '../../src/escalation/keep-cases.op.ts';
import { requestDecision } from '../../src/escalation/request-decision.op.ts';
import { digestMessages } from '../../src/follow-up/digest.view.ts';
import { postDigest } from '../../src/follow-up/post-digest.op.ts';
import { ALERT_MESSAGE, alertReactions, tellAlerts } from '../../src/follow-up/tell-alerts.op.ts';
import { watchAlerts } from '../../src/follow-up/watch-alerts.op.ts';
import { day } from '../../src/kernel/day.ts';
import { reacting } from '../../src/kernel/reactions.op.ts';
import { importLedger } from '../../src/ledger/import-ledger.op.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { LedgerRecord } from '../../src/ledger/ledger-record.ts';
import { changeTeam } from '../../src/team/change-team.op.ts';
import { copyOutboxes } from '../../src/trail/copy-outboxes.op.ts';
import { invoice, type LedgerPlace, ledgerPlace, payment, source } from '../support/ledger-place.ts';
import { worldOf } from '../support/world.ts';

// 23 November 2026 is a Monday. The customer owes 20,000.00; Mara has the account, Ines manages, Paul leads finance. The digest goes out at 9.

const [MARA, INES, PAUL] = ['U0MARA', 'U0INES', 'U0PAUL'];
const ACCOUNT = accountId('C1');

let place: LedgerPlace;
let ports: ReturnType<typeof portsOf>;
const time = { now: Temporal.Instant.from('2026-11-23T09:00:00Z') };
const clock = { now: () => time.now };

function portsOf({ stores }: LedgerPlace) {
  const base = worldOf({ ...stores, clock, owner: 'this one', log: pino({ level: 'silent' }), holidays: () => new Set<string>() });
  return { ...base, kinds: supplyKinds(base), told: { 'promise-closed': promiseTells, 'case-reminded': caseTells['case-reminded']! } };
}

beforeAll(async () => {
  place = await ledgerPlace();
  ports = portsOf(place);
  const where = { digestChannel: 'collections', digestHour: 9, zone: 'Europe/London', company: '', country: 'GB', region: '' };
  const commands = { overdue: 'overdue', account: 'account', collections: 'collections' };
  await ports.settings.load({ ...where, commands, escalationsChannel: 'C0ESCALATE' });
  const seats = { [MARA!]: 'collector', [INES!]: 'manager', [PAUL!]: 'finance-lead' } as const;
  for (const [user, role] of Object.entries(seats))
    await changeTeam(ports, { do: 'set-roles', user, roles: [role as 'collector'] }, 'U0ALEX', `seat:${user}`);
});
afterAll(() => place?.close());

/** The ledger of this minute. */
async function ledger(...more: LedgerRecord[]): Promise<void> {
  const rows = [invoice('I1', { due: day('2026-11-10'), total: 20_000_00 }), ...more];
  const outcome = await importLedger(ports, { source: source(rows), dryRun: false, confirmVanished: false, sample: false });
  expect(outcome.kind).toBe('imported');
}

let commands = 0;
async function record(request: AccountRequest, by = MARA!): Promise<void> {
  commands += 1;
  const result = await changeAccount(ports, ACCOUNT, request, by, `command:${commands}`);
  if (!result.done) throw new Error(result.refused);
}

/** At this moment everything due is done. Each message that goes out is 'who: what + what'. */
async function at(moment: string): Promise<string[]> {
  time.now = Temporal.Instant.from(`${moment}:00Z`);
  await settlePromises(ports);
  await keepCases(ports);
  await copyOutboxes(ports);
  // Raising what facts have left behind is a step of its own of the clock.
  await reacting(ports, alertReactions(ports))();
  await watchAlerts(ports);
  await tellAlerts(ports);
  const messages: string[] = [];
  for (;;) {
    const job = await ports.jobs.claim([ALERT_MESSAGE], ports.owner, time.now, 60);
    if (!job) return messages.sort();
    const alerts = await ports.alerts.of(String(job.payload.message));
    messages.push(`${alerts[0]!.user}: ${alerts.map(({ cause }) => cause).join(' + ')}`);
    await ports.jobs.done(job);
  }
}
/** The digest of the team's channel. */
async function digestSays(moment: string): Promise<string> {
  time.now = Temporal.Instant.from(`${moment}:00Z`);
  const id = await postDigest(worldOf({ ...ports, destination: async (channel) => ({ team: 'T', channel }) }));
  const digest = (await ports.digests.get(id!))!;
  return JSON.stringify(digestMessages({ digest, zone: 'Europe/London', company: '', chart: null, now: time.now }));
}
const choose = (user: string, how: 'each' | 'daily') =>
  changeTeam(ports, { do: 'set-alerts', user, how }, user, `${user}:${how}:${time.now}`);

describe('a promise that is not kept', () => {
  it('Monday: Mara takes a promise for Tuesday. Nobody is alerted', async () => {
    await ledger();
    await record({ do: 'assign', to: MARA!, how: 'by hand' }, INES);
    const invoices = [{ invoice: 'I1', open: 20_000_00, free: 20_000_00 }];
    const promise = { entity: 'MAIN', currency: 'EUR', amount: 20_000_00, date: day('2026-11-24'), invoices, saidBy: 'Ms Larch' };
    await record({ do: 'record-promise', id: 'p1', ...promise });
    expect(await at('2026-11-23T10:00')).toEqual([]);
  });

  it('Friday evening it is broken, after two business days of grace; Mara is left alone over the weekend', async () => {
    time.now = Temporal.Instant.from('2026-11-27T19:00:00Z');
    await ledger();
    expect(await at('2026-11-27T19:05')).toEqual([]);
    expect((await ports.accounts.load(ACCOUNT))!.work.pastPromises).toMatchObject([{ id: 'p1', outcome: 'broken' }]);
    expect(await at('2026-11-28T12:00')).toEqual([]);
    expect(await at('2026-11-30T07:59')).toEqual([]);
  });

  it('Monday at 8 she is told, once', async () => {
    expect(await at('2026-11-30T08:00')).toEqual(['U0MARA: promise-broken']);
    expect(await at('2026-11-30T08:01')).toEqual([]);
    expect(await at('2026-12-01T09:00')).toEqual([]);
  });
});

describe('one list a day', () => {
  it('Tuesday evening Mara asks for one; on Wednesday what came overnight is there at 9, together', async () => {
    await choose(MARA!, 'daily');
    await record({ do: 'record-reply', id: 'r1', kind: 'other', received: day('2026-11-30') });
    await record({ do: 'set-credit-limit', case: 'c0', currency: 'EUR', amount: 5_000_00 }, 'clock');
    expect(await at('2026-12-02T08:59')).toEqual([]);
    expect(await at('2026-12-02T09:00')).toEqual(['U0MARA: limit-passed + reply-unanswered']);
  });

  it('what comes at noon waits for Thursday’s list', async () => {
    await record({ do: 'set-credit-limit', case: 'c1', currency: 'EUR', amount: 4_000_00 }, 'clock');
    expect(await at('2026-12-02T12:00')).toEqual([]);
    expect(await at('2026-12-03T08:30')).toEqual([]);
    expect(await at('2026-12-03T09:00')).toEqual(['U0MARA: limit-passed']);
  });

  it('a decision that lapses on Monday: who wants each alert at once hears of it at 8, who wants a list at 9', async () => {
    await choose(INES!, 'daily');
    time.now = Temporal.Instant.from('2026-12-03T10:00:00Z');
    const about = { account: ACCOUNT, entity: 'MAIN', currency: 'EUR', amount: 20_000_00, reasonCodes: [], about: {} };
    const asked = { kind: 'stop-supply', reason: 'The promise was broken.', ...about } as const;
    expect(await requestDecision(ports, asked, MARA!, 'ask')).toMatchObject({ done: true, case: { expiresAt: '2026-12-07T10:00:00Z' } });
    // A day before is Sunday; the list of Monday comes an hour before the end.
    expect(await at('2026-12-06T10:00')).toEqual([]);
    expect(await at('2026-12-07T08:00')).toEqual(['U0PAUL: case-lapses']);
    expect(await at('2026-12-07T09:00')).toEqual(['U0INES: case-lapses']);
  });

  it('a reminder that would fall on Sunday, with the end on Monday before 8, comes on Friday', async () => {
    // The first request has lapsed.
    expect(await at('2026-12-08T09:00')).toEqual([]);
    time.now = Temporal.Instant.from('2026-12-10T07:00:00Z');
    const about = { account: ACCOUNT, entity: 'MAIN', currency: 'EUR', amount: 20_000_00, reasonCodes: [], about: {} };
    const asked = { kind: 'stop-supply', reason: 'Once more.', ...about } as const;
    expect(await requestDecision(ports, asked, MARA!, 'again')).toMatchObject({ done: true, case: { expiresAt: '2026-12-14T07:00:00Z' } });
    expect(await at('2026-12-11T16:00')).toEqual([]);
    expect(await at('2026-12-11T17:00')).toEqual(['U0INES: case-lapses', 'U0PAUL: case-lapses']);
  });
});

describe('money', () => {
  it('clears the only large invoice: Mara hears of it in her list, and that supply can be released', async () => {
    await record({ do: 'stop-supply', case: 's1', reason: 'The promise was broken.' }, 'clock');
    expect(await digestSays('2026-12-14T09:00')).toContain(':no_entry: Supply is stopped for 1 customer\\n');
    time.now = Temporal.Instant.from('2026-12-15T07:30:00Z');
    await ledger(payment('P1', 20_000_00, { I1: 20_000_00 }, { date: day('2026-12-14') }));
    expect(await at('2026-12-15T09:00')).toEqual(['U0MARA: payment-received + supply-release']);
    expect(await at('2026-12-16T09:00')).toEqual([]);
    expect(await digestSays('2026-12-16T09:00')).toContain(
      'Supply is stopped for 1 customer; 1 of them can be released, nothing is past due',
    );
  });
});
