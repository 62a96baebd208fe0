import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkMessageBlocks, checkView } from '../../src/embedded/slack/block-kit/check.ts';
import { typesOfKind } from '../../src/trail/fact-table.ts';
import { entryModal, timelineReply } from '../../src/trail/timeline.view.ts';
import type { RecordedFact } from '../../src/trail/trail.port.ts';
import { type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';

const MANY = 10_000;
const PAGE = 8;
let place: LedgerPlace;

const at = '2026-11-23T09:05:00Z';
const fact = (aggregate: string, n: number, told: { type: string } & Record<string, unknown>): RecordedFact => ({
  id: `${aggregate}:${n}`,
  aggregate,
  at,
  by: 'U0MARA',
  command: `c${n}`,
  ...told,
});
/** As much as one note may hold, of the characters that grow most when they are escaped. */
const LONG = '&<*_'.repeat(750);
const noted = (aggregate: string, n: number): RecordedFact =>
  fact(aggregate, n, {
    type: 'interaction-recorded',
    interaction: `i${n}`,
    channel: 'note',
    direction: 'internal',
    on: '2026-11-23',
    contact: '',
    subject: '&'.repeat(150),
    text: LONG,
    marking: 'internal',
    attachments: [],
    source: null,
  });

beforeAll(async () => {
  place = await ledgerPlace();
  const { trail } = place.stores;
  for (let from = 1; from <= MANY; from += 500)
    await trail.append(Array.from({ length: 500 }, (_, index) => noted('account:big', from + index)));
  await trail.append([
    fact('account:small', 1, { type: 'held', until: '2026-12-01', reason: 'audit' }),
    fact('draft:d1', 1, { type: 'draft-sent', account: 'small', hash: 'h', sha256: 's', messageId: '<m>' }),
    fact('import:r1', 1, { type: 'ledger-imported', source: 'ledger.csv', sha256: 's', counts: { new: 1, changed: 2, rejected: 0 } }),
    fact('case:k1', 1, { type: 'case-expired', account: 'small', kind: 'agency' }),
    fact('team', 1, { type: 'member-left', user: 'U0TOM' }),
    fact('account:small', 2, { type: 'marking-changed', entry: 'account:small:1', from: 'internal', to: 'privileged', reason: 'counsel' }),
    fact('account:small', 3, { type: 'marking-changed', entry: 'account:small:1', from: 'privileged', to: 'shareable', reason: 'agreed' }),
  ]);
}, 60_000);
afterAll(() => place.close());

const shown = async (types: readonly string[] | null, before: number | null = null) =>
  (await place.stores.timeline.page('small', { types, before, limit: PAGE })).entries.map(
    ({ fact: { type }, marking }) => `${type} ${marking}`,
  );

test('a timeline holds the account’s own facts, those of its drafts and cases, and imports, newest first with the mark that counts', async () => {
  expect(await shown(null)).toEqual([
    'marking-changed internal',
    'marking-changed internal',
    'case-expired internal',
    'ledger-imported internal',
    'draft-sent shareable',
    'held shareable',
  ]);
});

test('it narrows to one kind', async () => {
  expect(await shown(typesOfKind('contacts'))).toEqual(['draft-sent shareable']);
  expect(await shown(typesOfKind('ledger'))).toEqual(['ledger-imported internal']);
  expect(await shown(typesOfKind('arrangements'))).toEqual([]);
});

test('an entry is found on its own account’s file only', async () => {
  const { timeline } = place.stores;
  expect(await timeline.entry('small', 'draft:d1:1')).toMatchObject({ marking: 'shareable', fact: { type: 'draft-sent' } });
  expect(await timeline.entry('big', 'draft:d1:1')).toBeNull();
  expect(await timeline.entry('small', 'team:1')).toBeNull();
  expect(await timeline.entry('small', 'account:small:9')).toBeNull();
});

test('ten thousand entries are walked page by page: each once, none left out, every page within Slack’s limits', async () => {
  const { timeline } = place.stores;
  const view = { account: { id: 'big', name: '&'.repeat(200) }, contacts: new Map(), zone: 'Europe/London' };
  const seen: string[] = [];
  let before: number | null = null;
  for (let more = true; more; ) {
    const page = await timeline.page('big', { types: null, before, limit: 250 });
    const { blocks } = timelineReply({
      ...view,
      place: { a: 'big', k: 'all', b: before },
      page: { ...page, entries: page.entries.slice(0, PAGE) },
    });
    checkMessageBlocks(blocks);
    expect(JSON.stringify(blocks).length).toBeLessThan(13_000);
    seen.push(...page.entries.filter(({ fact: { type } }) => type !== 'ledger-imported').map(({ fact: { id } }) => id));
    before = page.entries.at(-1)!.seq;
    more = page.more;
  }
  expect(seen).toEqual(Array.from({ length: MANY }, (_, index) => `account:big:${MANY - index}`));
}, 60_000);

test('one entry in full fits into a modal', async () => {
  const entry = (await place.stores.timeline.entry('big', 'account:big:7'))!;
  const view = { account: { id: 'big', name: '&'.repeat(200) }, contacts: new Map(), zone: 'Europe/London', entry };
  for (const mayCollect of [true, false]) expect(() => checkView(entryModal({ ...view, mayCollect }, 'C0COLLECT'))).not.toThrow();
});
