import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { approve, openDraftOf, pressIn, shows, top, wordsOf } from '../support/review-modal.ts';

// 23 November 2026 is a Monday, 9:00. Each customer has one contact in the ledger, and a second one that the team added.

const after = { key: 'note', offset: -3 };
let desk: ReviewDesk;
let mara: PersonOnPage;
let dir: string;
beforeAll(async () => {
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-recipients-'));
  await fs.mkdir(path.join(dir, 'invoices'));
  await fs.writeFile(path.join(dir, 'invoices', 'I-TWO.pdf'), '%PDF-1.4\na copy of our own\n%%EOF\n');
  desk = await reviewDesk(
    ['ONE', 'TWO', 'GONE'].map((number) => ({ number, name: `${number} Ltd`, due: '2026-11-10', after, copy: `I-${number}.pdf` })),
    { DATA_DIR: dir },
  );
  for (const number of ['ONE', 'TWO', 'GONE']) await add(number);
  await desk.later();
  mara = await desk.person('U0MARA');
}, 120_000);
afterAll(async () => {
  await desk?.stop();
  await fs.rm(dir, { recursive: true, force: true });
});

const clock = { now: () => Temporal.Instant.from('2026-11-23T09:00:00Z') };
async function add(number: string): Promise<void> {
  const contact = {
    name: 'Otto Brandt',
    email: `otto@${number.toLowerCase()}.example`,
    phone: '',
    role: 'finance',
    source: 'their website',
  };
  const request = { do: 'add-contact', id: `own-${number}`, contact } as const;
  const result = await changeAccount({ ...desk.stores, clock }, accountId(number), request, 'U0MARA', `add:${number}`);
  if (!result.done) throw new Error(result.refused);
}

interface Field {
  readonly block_id: string;
  readonly element?: {
    readonly action_id: string;
    readonly type: string;
    readonly options?: { readonly value: string }[];
    readonly initial_value?: string;
  };
}

/** Saves the open edit form with other people and files. */
async function save(change: Readonly<Record<string, readonly string[]>>) {
  const form = top(mara)!;
  const state: Record<string, Record<string, unknown>> = {};
  for (const { block_id, element } of form.blocks as Field[]) {
    if (!element) continue;
    const chosen = change[block_id];
    state[block_id] = {
      [element.action_id]: chosen
        ? { type: element.type, selected_options: (element.options ?? []).filter(({ value }) => chosen.includes(value)) }
        : element.type === 'multi_static_select'
          ? { type: element.type, selected_options: [] }
          : { type: element.type, value: element.initial_value ?? '' },
    };
  }
  return mara.submit(form.id, state as never);
}

const draftTo = async (number: string) => (await desk.stores.drafts.open(accountId(number)))[0]!.draft;

test('who it goes to and who reads along are chosen from the contacts; the hash, the greeting and what to look at follow', async () => {
  const before = await draftTo('ONE');
  await openDraftOf(mara, 'ONE Ltd');
  await pressIn(mara, 'Edit…');
  expect(wordsOf(await shows(mara, 'Edit email'))).toContain('Otto Brandt, otto@one.example');
  expect((await save({ to: ['otto@one.example'], cc: ['ap@one.example'] })).ok).toBe(true);
  const said = wordsOf(await shows(mara, 'Saved. Nothing is approved yet'));
  expect(said).toContain('*To:* Otto Brandt, otto@one.example');
  expect(said).toContain('*Cc:* Imogen Larch, ap@one.example');
  expect(said).toContain('Dear Otto Brandt');
  expect(said).toContain('Edited by <@U0MARA>.');
  const now = await draftTo('ONE');
  expect(now.hash).not.toBe(before.hash);
  expect(now.content.cc.map(({ address }) => address)).toEqual(['ap@one.example']);
  await approve(mara);
  await desk.later();
  expect((await draftTo('ONE')).state, 'it stays approved when the day is looked at again').toBe('approved');
});

test('a statement and the copies on file are chosen, and go along as they were approved', async () => {
  await openDraftOf(mara, 'TWO Ltd');
  expect((await draftTo('TWO')).content.attachments.map(({ name }) => name)).toEqual(['I-TWO.pdf']);
  await pressIn(mara, 'Edit…');
  expect(wordsOf(await shows(mara, 'Edit email'))).toContain('Copy of invoice I-TWO (PDF)');
  await save({ to: ['ap@two.example'], files: ['statement'] });
  await shows(mara, 'Saved. Nothing is approved yet');
  const { content, hash } = await draftTo('TWO');
  expect(content.attachments).toHaveLength(1);
  expect(content.attachments[0]!.name).toMatch(/statement/i);
  await approve(mara);
  await desk.later();
  expect(await draftTo('TWO')).toMatchObject({ state: 'approved', hash });
});

test('a contact who is gone by the time the form is saved is named, and nothing is saved; one who goes later takes the email back', async () => {
  const before = await draftTo('GONE');
  await openDraftOf(mara, 'GONE Ltd');
  await pressIn(mara, 'Edit…');
  await shows(mara, 'Edit email');
  const mark = (set: boolean) =>
    changeAccount(
      { ...desk.stores, clock },
      accountId('GONE'),
      { do: 'mark-contact', contact: 'own-GONE', name: 'Otto Brandt', mark: 'doNotContact', set },
      'U0MARA',
      `mark:${set}:${Math.random()}`,
    );
  expect(await mark(true)).toMatchObject({ done: true });
  const refused = await save({ to: ['otto@gone.example'] });
  expect(JSON.stringify(refused)).toContain(
    'otto@gone.example is no contact of this customer any more, or may not be written to. Nothing was saved.',
  );
  expect((await draftTo('GONE')).hash).toBe(before.hash);
  expect(await mark(false)).toMatchObject({ done: true });
  await save({ to: ['otto@gone.example'] });
  await shows(mara, 'Saved. Nothing is approved yet');
  await mark(true);
  const said = wordsOf(await approve(mara));
  expect(said).toContain('Not approved. It changed while you were reading: otto@gone.example is no contact of this customer any more');
  expect(said).toContain('*To:* Imogen Larch, ap@gone.example');
});
