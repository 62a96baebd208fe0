import { afterEach, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import type { EscalationDesk } from '../support/escalation-desk.ts';
import { payment } from '../support/ledger-place.ts';
import { approved, REQUESTS, readyDesk } from '../support/ready-cases.ts';

// Monday 23 November 2026: A and B are overdue, 10,000.00 together.

let desk: EscalationDesk;
afterEach(() => desk.close());

const pays = (amount = 100_00) => desk.load([payment('P1', amount, { A: amount }, { date: day('2026-11-23') })]);
const kinds = Object.entries(REQUESTS);

describe.each(kinds)('%s, approved', (_, request) => {
  it('is finished after a crash between the work and its record, whatever has come in since; and done once', async () => {
    desk = await readyDesk();
    const id = await approved(desk, await request(desk));
    await desk.carryOutAndStop();
    expect((await desk.caseOf(id)).state).toBe('approved');
    const facts = (await desk.stores.accounts.load((await desk.caseOf(id)).account))!.facts;
    await pays();
    expect(await desk.carryOut()).toBe(1);
    expect(await desk.caseOf(id)).toMatchObject({ state: 'carried-out', outcome: '' });
    expect((await desk.stores.accounts.load((await desk.caseOf(id)).account))!.facts).toBe(facts);
  });

  it('is finished even when the account has had more changes since than it remembers commands', async () => {
    desk = await readyDesk();
    const id = await approved(desk, await request(desk));
    await desk.carryOutAndStop();
    for (let n = 0; n < 21; n += 1) await desk.do({ do: n % 2 ? 'unhold' : 'hold', until: day('2026-12-01'), reason: 'x' } as never);
    await desk.carryOut();
    expect((await desk.caseOf(id)).state).toBe('carried-out');
  });
});

it('a write-off waits while an import is being written', async () => {
  desk = await readyDesk();
  const id = await approved(desk, await REQUESTS['write-off']!(desk));
  desk.importing(true);
  expect(await desk.carryOut()).toBe(0);
  expect((await desk.caseOf(id)).state).toBe('approved');
  desk.importing(false);
  await desk.carryOut();
  expect((await desk.caseOf(id)).state).toBe('carried-out');
});
