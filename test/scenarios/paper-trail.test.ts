import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { explainAccount } from '../../src/follow-up/explain-account.op.ts';
import { day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { holidayCalendar } from '../../src/schedule/holidays.ts';
import { trailLines, verifyTrail } from '../../src/store/verify-trail.ts';
import { changeMarking } from '../../src/trail/change-marking.op.ts';
import { copyOutboxes } from '../../src/trail/copy-outboxes.op.ts';
import { typesOfKind } from '../../src/trail/fact-table.ts';
import { factText } from '../../src/trail/facts.view.ts';
import type { Interaction } from '../../src/trail/interaction.ts';
import type { Marking } from '../../src/trail/marking.ts';
import { invoice, type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';
import { worldOf } from '../support/world.ts';

// 2026-01-05 is a Monday. Holm & Sons owe 1,000.00 pounds since before Christmas. Mara collects, Ines manages.

const HOLM = accountId('C1');
let place: LedgerPlace;
let now = Temporal.Instant.from('2026-01-05T09:00:00Z');
let command = 0;

const ports = () => worldOf({ ...place.stores, clock: { now: () => now }, holidays: holidayCalendar() });
const on = (date: string) => {
  now = Temporal.Instant.from(`${date}T09:00:00Z`);
};
const put = async (by: string, part: Partial<Interaction> & Pick<Interaction, 'text'>) => {
  command += 1;
  const interaction: Interaction = {
    id: `i${command}`,
    channel: 'note',
    direction: 'internal',
    on: day(now.toString().slice(0, 10)),
    contact: '',
    subject: '',
    marking: 'internal',
    attachments: [],
    source: null,
    ...part,
  };
  return changeAccount(ports(), HOLM, { do: 'record-interaction', ...interaction }, by, `c${command}`);
};
const mark = async (by: string, words: string, to: Marking, mayManage: boolean) => {
  command += 1;
  const found = (await file()).find((entry) => entry.said.includes(words))!;
  return changeMarking(ports(), { account: HOLM, entry: found.id, to, reason: 'Counsel asked for it', mayManage }, by, `c${command}`);
};
const file = async (types: readonly string[] | null = null) =>
  (await place.stores.timeline.page(HOLM, { types, before: null, limit: 50 })).entries.map(({ fact, marking }) => ({
    id: fact.id,
    marking,
    said: factText(fact, 'Europe/London').said,
  }));
const lines = async (types: readonly string[] | null = null) => (await file(types)).map(({ said, marking }) => `${said} [${marking}]`);
const why = async () => (await explainAccount(ports(), HOLM))!.decision.reasons;

beforeAll(async () => {
  place = await ledgerPlace();
  const commands = { overdue: 'overdue', account: 'account', collections: 'collections' };
  await place.stores.settings.load({
    digestChannel: 'x',
    digestHour: 9,
    zone: 'Europe/London',
    company: '',
    country: 'GB',
    region: '',
    commands,
  });
  await place.load([invoice('A', { issued: day('2025-11-20'), due: day('2025-12-20'), total: 100_000 })]);
});
afterAll(() => place.close());

describe('two weeks on the file of one customer', () => {
  it('Monday: a note among ourselves is on file and is no contact', async () => {
    on('2026-01-05');
    expect(await put('U0MARA', { text: 'Their warehouse is closed until Wednesday.' })).toMatchObject({ done: true });
    expect(await why()).not.toContain('contacted-today');
  });

  it('Tuesday: a meeting with them is the contact of that day; nothing else goes out', async () => {
    on('2026-01-06');
    await put('U0MARA', {
      channel: 'meeting',
      direction: 'out',
      subject: 'Trade fair',
      text: 'They pay when pallet 2 is credited.',
      marking: 'shareable',
    });
    expect(await why()).toContain('contacted-today');
  });

  it('Wednesday: follow-up goes on', async () => {
    on('2026-01-07');
    expect(await why()).not.toContain('contacted-today');
  });

  it('Thursday: a meeting of last year is entered late; it is not the last contact', async () => {
    on('2026-01-08');
    await put('U0MARA', { channel: 'letter', direction: 'out', on: day('2025-12-22'), text: 'Christmas letter with the statement.' });
    expect((await place.stores.accounts.load(HOLM))!.work.lastContact).toBe('2026-01-06');
    expect(await put('U0MARA', { on: day('2026-01-09'), text: 'We shall meet tomorrow.' })).toEqual({
      done: false,
      refused: 'happened-in-future',
    });
  });

  it('Friday: what counsel said is marked privileged; a collector cannot lift that, the manager can', async () => {
    on('2026-01-09');
    await put('U0MARA', { text: 'Counsel: wait for the carrier’s report.' });
    expect(await mark('U0MARA', 'Counsel:', 'privileged', false)).toMatchObject({ done: true });
    expect(await mark('U0MARA', 'Counsel:', 'shareable', false)).toEqual({ done: false, refused: 'privilege-needs-manager' });
    expect((await lines())[1]).toBe('note of 9 Jan 2026: Counsel: wait for the carrier’s report. [privileged]');
  });

  it('the Monday after: the file reads from the newest entry down, contacts alone when that is asked for', async () => {
    on('2026-01-12');
    await copyOutboxes({ ...ports(), told: {} });
    expect((await lines(typesOfKind('contacts'))).slice(0, 4)).toEqual([
      'note of 9 Jan 2026: Counsel: wait for the carrier’s report. [privileged]',
      'letter to the customer of 22 Dec 2025: Christmas letter with the statement. [internal]',
      'meeting with the customer of 6 Jan 2026: “Trade fair”, They pay when pallet 2 is credited. [shareable]',
      'note of 5 Jan 2026: Their warehouse is closed until Wednesday. [internal]',
    ]);
  });

  it('the same day: the trail is whole, and an entry that somebody edits by hand is named', async () => {
    expect(await verifyTrail(trailLines(place.raw))).toMatchObject({ whole: true });
    const meeting = (await file()).find(({ said }) => said.includes('Trade fair'))!;
    const bodies = place.raw.collection('trailbodies');
    await bodies.updateOne({ _id: meeting.id as never }, { $set: { 'body.text': 'They will never pay.' } });
    expect(await verifyTrail(trailLines(place.raw))).toMatchObject({ whole: false, why: 'its text was changed after it was written' });
    await bodies.updateOne({ _id: meeting.id as never }, { $set: { 'body.text': 'They pay when pallet 2 is credited.' } });
    const entries = place.raw.collection('trail');
    await entries.updateOne({ fact: meeting.id }, { $set: { 'entry.marking': 'privileged' } });
    expect(await verifyTrail(trailLines(place.raw))).toMatchObject({ whole: false, why: 'its contents were changed after it was written' });
  });
});
