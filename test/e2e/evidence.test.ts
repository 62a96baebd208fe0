import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { changeDraft } from '../../src/mails/change-draft.op.ts';
import { markSent } from '../../src/mails/mark-sent.op.ts';
import { holidayCalendar } from '../../src/schedule/holidays.ts';
import { changeMarking } from '../../src/trail/change-marking.op.ts';
import type { Interaction } from '../../src/trail/interaction.ts';
import type { Marking } from '../../src/trail/marking.ts';
import { type OpenPage, openPage, turnTo } from '../support/browser.ts';
import { downloadPack, readable, run, sha256sum, unpack } from '../support/evidence-pack.ts';
import { pdfText } from '../support/pdf-text.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { ask, newest } from '../support/review-page.ts';
import { runScript } from '../support/run-script.ts';
import { worldOf } from '../support/world.ts';

const HOLM = { number: 'C1', name: 'Holm & Sons Ltd', due: '2026-11-10', copy: '../../etc/passwd.pdf' };
const ACCOUNT = accountId('C1');
/** None of these may be in any byte of the pack. */
const CANARIES = ['canary-internal', 'canary-privileged', 'canary-without-prejudice', 'canary-remarked', 'canary-hold'];
let desk: ReviewDesk;
let ines: OpenPage;
let dir: string;

async function put(id: string, text: string, marking: Marking): Promise<void> {
  const clock = { now: () => Temporal.Instant.from('2026-11-23T09:00:00Z') };
  const interaction: Interaction = {
    id,
    channel: 'meeting',
    direction: 'in',
    on: day('2026-11-20'),
    contact: '',
    subject: '',
    text,
    marking,
    attachments: [],
    source: null,
  };
  await changeAccount({ ...desk.stores, clock }, ACCOUNT, { do: 'record-interaction', ...interaction }, 'U0MARA', id);
}

beforeAll(async () => {
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-evidence-'));
  desk = await reviewDesk([HOLM]);
  await desk.later();
  await put('n1', 'They said: we pay when the director is back.', 'shareable');
  await put('n2', 'Our own fault, canary-internal', 'internal');
  await put('n3', 'Counsel says canary-privileged', 'privileged');
  await put('n4', 'They offer half, canary-without-prejudice', 'without-prejudice');
  await put('n5', 'First shown, then not: canary-remarked', 'shareable');
  const ports = { ...desk.stores, clock: { now: () => Temporal.Instant.from('2026-11-23T09:00:00Z') } };
  const found = (await desk.stores.timeline.page(ACCOUNT, { types: null, before: null, limit: 50 })).entries;
  const entry = found.find(({ fact }) => String(fact.text).includes('canary-remarked'))!.fact.id;
  await changeMarking(ports, { account: ACCOUNT, entry, to: 'internal', reason: 'ours', mayManage: true }, 'U0INES', 'm5');
  const hold = { do: 'hold', until: day('2026-12-01'), reason: 'canary-hold' } as const;
  const [waiting] = await desk.stores.drafts.open(ACCOUNT);
  const { id, hash } = waiting!.draft;
  const sending = worldOf({ ...ports, holidays: holidayCalendar() });
  const approve = { do: 'approve', seen: hash, mayApprove: true, at: '2026-11-23T09:00:00Z', send: false } as const;
  expect(await changeDraft(sending, id, approve, 'U0MARA', 'a1')).toMatchObject({ done: true });
  expect(await markSent(sending, id, hash, day('2026-11-23'), 'U0MARA', 's1')).toMatchObject({ done: true });
  await changeAccount(ports, ACCOUNT, hold, 'U0MARA', 'h1');
  await desk.later();
  ines = await openPage(desk.url('C0COLLECT', 'U0INES'), { width: 1280, height: 1000 });
  ines.page.setDefaultTimeout(15_000);
}, 60_000);
afterAll(async () => {
  await ines?.close();
  await desk?.stop();
  await fs.rm(dir, { recursive: true, force: true });
});

it('a manager reviews what goes in and what stays out, builds the pack and can check it', { timeout: 90_000 }, async () => {
  const { page } = ines;
  const card = await ask(page, '/collections evidence Holm');
  expect(card).toContain('They said: we pay when the director is back');
  expect(card).toContain('Privileged: notes, calls and searches for contacts (1)');
  expect(card).toContain('Without prejudice: notes, calls and searches for contacts (1)');
  expect(card).toContain('no signed agreement is on file');
  for (const canary of CANARIES) expect(card).not.toContain(canary);
  await newest(page).getByRole('button', { name: 'Build', exact: true }).click();
  await page.getByText(/is in your direct messages with me/).waitFor();
  const bytes = await downloadPack(page);
  const files = await unpack(bytes, dir);
  const sums = Buffer.from(files.SHA256SUMS!).toString().trim().split('\n');
  expect(sums.map((line) => line.slice(66)).sort()).toEqual(
    Object.keys(files)
      .filter((name) => name !== 'SHA256SUMS')
      .sort(),
  );
  for (const line of sums) expect(createHash('sha256').update(files[line.slice(66)]!).digest('hex')).toBe(line.slice(0, 64));
  for (const line of sha256sum(dir) ?? []) expect(line).toMatch(/: OK$/);
  await fs.writeFile(path.join(dir, 'pack.zip'), bytes);
  const tested = run(dir, 'unzip', ['-t', 'pack.zip']);
  if (tested !== null) expect(tested).toContain('No errors detected');

  const verified = await runScript('verify-trail.ts', ['--file', path.join(dir, 'timeline.jsonl')], {});
  expect(verified.stdout).toContain('each as it was written');
  const steps = Buffer.from(files['timeline.jsonl']!)
    .toString()
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line));
  expect(steps.map((step) => step.document.entry.type)).toEqual(
    expect.arrayContaining(['interaction-recorded', 'draft-sent-by-hand', 'contact-made']),
  );
  expect(Object.keys(files).some((name) => /^mails\/001-.*-as-approved\.eml$/.test(name))).toBe(true);

  for (const [name, content] of Object.entries(files))
    for (const canary of CANARIES) expect(await readable(name, content), name).not.toContain(canary);
  expect(pdfText(files['INDEX.pdf']!)).toContain('wepaywhenthedirectorisback');
  await turnTo(page, desk.url('C0COLLECT', 'U0INES'));
  const waiting = page.getByTestId('message').filter({ hasText: 'Nobody else has it yet.' }).last();
  await waiting.getByRole('button', { name: 'I have read it: release' }).click();
  await page.getByText('is released; that you have read it is on file').waitFor();
  const built = (await desk.stores.timeline.latest(`account:${ACCOUNT}`, 5)).find(({ type }) => type === 'evidence-built');
  expect(built).toMatchObject({ sha256: createHash('sha256').update(bytes).digest('hex'), by: 'U0INES', entity: 'NWUK' });
});

it('a collector is told who may', async () => {
  const mara = await openPage(desk.url('C0COLLECT', 'U0MARA'));
  expect(await ask(mara.page, '/collections evidence Holm')).toContain('it needs the role manager, finance lead or admin');
  await mara.close();
});
