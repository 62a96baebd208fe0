import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEInvoice } from '../../src/importing/e-invoice/read-e-invoice.ts';
import { invoiceFolder } from '../../src/mail-server/invoice-folder.ts';
import { ublOf } from '../support/e-invoices.ts';
import { tempFolder } from '../support/temp-folder.ts';

const stops: (() => unknown)[] = [];
const PDF = Buffer.from('%PDF-1.7\nan invoice\n');
let dir = '';

beforeAll(async () => {
  const outside = await tempFolder(stops);
  dir = path.join(outside, 'invoices');
  await fs.mkdir(path.join(dir, '2026'), { recursive: true });
  await fs.writeFile(path.join(outside, 'secret.pdf'), PDF);
  await fs.writeFile(path.join(dir, '2026', 'UK-1.pdf'), PDF);
  await fs.writeFile(path.join(dir, 'page.pdf'), '<html>');
  await fs.mkdir(path.join(dir, 'folder.pdf'));
  await fs.symlink(path.join(outside, 'secret.pdf'), path.join(dir, 'linked.pdf'));
  await fs.symlink(outside, path.join(dir, 'up'));
  await fs.symlink(path.join(dir, 'round.pdf'), path.join(dir, 'round.pdf'));
});
afterAll(async () => {
  for (const stop of stops) await stop();
});

it('reads a PDF of the folder', async () => {
  expect(await invoiceFolder(dir, async () => null).read('2026/UK-1.pdf', 1000)).toEqual({ bytes: PDF });
});

it.each([
  ['none.pdf', 'absent'],
  ['folder.pdf', 'absent'],
  ['round.pdf', 'absent'],
  ['with\0nul.pdf', 'absent'],
  ['2026/UK-1.pdf/x.pdf', 'absent'],
  ['page.pdf', 'no-pdf'],
  ['linked.pdf', 'outside'],
  ['up/secret.pdf', 'outside'],
  ['../secret.pdf', 'outside'],
])('%s: %s', async (name, problem) => {
  expect(await invoiceFolder(dir, async () => null).read(name, 1000)).toEqual({ problem });
});

it('a file above the limit is not read', async () => {
  expect(await invoiceFolder(dir, async () => null).read('2026/UK-1.pdf', PDF.length - 1)).toEqual({ problem: 'too-large' });
});

it('a folder that is not there holds nothing', async () => {
  expect(await invoiceFolder(path.join(dir, 'gone'), async () => null).read('UK-1.pdf', 1000)).toEqual({ problem: 'absent' });
});

it('an e-invoice is read inside a PDF, else beside it under the same name', async () => {
  await fs.writeFile(path.join(dir, 'both.pdf'), PDF);
  await fs.writeFile(path.join(dir, 'both.xml'), ublOf({ number: 'B-1', lines: [100] }));
  const folder = invoiceFolder(dir, readEInvoice);
  expect(await folder.eInvoice('both.pdf', new TextEncoder().encode('<x/>'))).toMatchObject({ ok: false, rule: 'structure' });
  const none = invoiceFolder(dir, async (bytes) => (Buffer.from(bytes).includes('%PDF-') ? null : readEInvoice(bytes)));
  expect(await none.eInvoice('both.pdf', PDF)).toMatchObject({ ok: true, invoice: { number: 'B-1' } });
  expect(await none.eInvoice('2026/UK-1.pdf', PDF)).toBeNull();
});
