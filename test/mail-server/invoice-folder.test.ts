import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { invoiceFolder } from '../../src/mail-server/invoice-folder.ts';
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
  expect(await invoiceFolder(dir).read('2026/UK-1.pdf', 1000)).toEqual({ bytes: PDF });
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
  expect(await invoiceFolder(dir).read(name, 1000)).toEqual({ problem });
});

it('a file above the limit is not read', async () => {
  expect(await invoiceFolder(dir).read('2026/UK-1.pdf', PDF.length - 1)).toEqual({ problem: 'too-large' });
});

it('a folder that is not there holds nothing', async () => {
  expect(await invoiceFolder(path.join(dir, 'gone')).read('UK-1.pdf', 1000)).toEqual({ problem: 'absent' });
});
