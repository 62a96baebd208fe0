import { afterEach, beforeEach, expect, test } from 'vitest';
import { postAnchor } from '../../src/follow-up/post-anchor.op.ts';
import type { World } from '../../src/kernel/world.port.ts';
import { verifyExport } from '../../src/store/verify-export.ts';
import type { TrailLine } from '../../src/store/verify-trail.ts';
import { chosenEntries } from '../../src/trail/export-trail.op.ts';
import type { KeptEntry, RecordedFact } from '../../src/trail/trail.port.ts';
import { type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';

let place: LedgerPlace;
beforeEach(async () => {
  place = await ledgerPlace();
});
afterEach(() => place.close());

const fact = (account: string, n: number, type: string, day: string, more = {}): RecordedFact => {
  const aggregate = `account:${account}`;
  return { id: `${aggregate}:${n}`, aggregate, at: `2026-11-${day}T08:00:00.5Z`, by: 'U0MARA', command: `c${account}${n}`, type, ...more };
};
const FACTS = [
  fact('a', 1, 'held', '02', { until: '2026-11-09', reason: 'asked by telephone' }),
  fact('b', 1, 'reply-received', '03', { reply: 'r1', kind: 'other', received: '2026-11-03' }),
  fact('a', 2, 'unheld', '04'),
  fact('a', 3, 'marking-changed', '05', { entry: 'account:a:1', from: 'internal', to: 'shareable', reason: 'they know it' }),
  fact('b', 2, 'marking-changed', '06', { entry: 'account:b:1', from: 'shareable', to: 'privileged', reason: 'counsel says so' }),
];
const ALL = { account: null, from: null, to: null, shareableOnly: false };
const header = (entries: number, whole: boolean) => ({ title: 'All', period: 'ever', entries, whole });
const chosen = async (which = {}): Promise<KeptEntry[]> =>
  (await Array.fromAsync(chosenEntries(place.stores.trailReader, { ...ALL, ...which }))).map(({ kept }) => kept);
const at = (day: string) => Temporal.Instant.from(`2026-11-${day}T00:00:00Z`);
const seqs = (kept: readonly KeptEntry[]) => kept.map(({ document }) => document._id);

test('an export holds an account’s entries, or a period’s, in their order', async () => {
  await place.stores.trail.append(FACTS);
  expect(seqs(await chosen())).toEqual([1, 2, 3, 4, 5]);
  expect(seqs(await chosen({ account: 'a' }))).toEqual([1, 3, 4]);
  expect(seqs(await chosen({ from: at('03'), to: at('05') }))).toEqual([2, 3]);
  expect(await place.stores.trailReader.count({ ...ALL, account: 'b' })).toBe(2);
});

test('what may be shown outside goes by the mark of today, not by that of the day it was written', async () => {
  await place.stores.trail.append(FACTS);
  expect(seqs(await chosen({ shareableOnly: true }))).toEqual([1]);
});

test('an export verifies by itself; a changed text, a missing entry and a swap are named', async () => {
  await place.stores.trail.append(FACTS);
  const whole = (await chosen()) as TrailLine[];
  expect(await verifyExport(header(5, true), whole)).toEqual({ fits: true, entries: 5, erased: 0, first: 1, last: 5 });
  const part = (await chosen({ account: 'a' })) as TrailLine[];
  expect(await verifyExport(header(3, false), part)).toMatchObject({ fits: true, first: 1, last: 4 });
  const edited = whole.with(0, { ...whole[0]!, body: { ...whole[0]!.body!, body: { reason: 'never said' } } });
  expect(await verifyExport(header(5, true), edited)).toEqual({ fits: false, seq: 1, why: 'its text was changed after it was written' });
  expect(await verifyExport(header(5, true), whole.toSpliced(2, 1))).toMatchObject({ fits: false, seq: 4 });
  expect(await verifyExport(header(5, true), whole.toSpliced(4, 1))).toMatchObject({ fits: false, seq: 5 });
  expect(await verifyExport(header(5, true), whole.toSpliced(1, 2, whole[2]!, whole[1]!))).toMatchObject({ fits: false, seq: 3 });
});

test('the same facts again, or by two writers at once, stand in the trail once and without a gap', async () => {
  const trail = place.stores.trail;
  await Promise.all([trail.append(FACTS.slice(0, 3)), trail.append(FACTS), trail.append(FACTS.toReversed().slice(-1))]);
  await trail.append(FACTS);
  expect(seqs(await chosen())).toEqual([1, 2, 3, 4, 5]);
});

test('an anchor is decided once a digest, and there is none of an empty trail', async () => {
  const ports: Pick<World, 'clock' | 'jobs' | 'trailReader'> = place.stores;
  const digest = { id: 'digest:T:C:2026-11-23', channel: 'C0COLLECT' };
  expect(await postAnchor(ports, digest, '1.1')).toBe(false);
  await place.stores.trail.append(FACTS);
  expect(await postAnchor(ports, digest, '1.1')).toBe(true);
  expect(await postAnchor(ports, digest, '1.1')).toBe(false);
  const head = await place.stores.trailReader.head();
  expect((await place.stores.jobs.get(`anchor:${digest.id}`))?.payload).toEqual({ ...head, channel: 'C0COLLECT', thread: '1.1' });
});
