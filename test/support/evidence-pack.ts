import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { decoded } from './decoded-mail.ts';
import { pdfText } from './pdf-text.ts';

/** Takes the ZIP that was sent to somebody's direct messages with the bot, as they would. */
export async function downloadPack(page: Page): Promise<Buffer> {
  await page
    .getByRole('button', { name: /^Arrears/ })
    .last()
    .click();
  const file = page.getByTestId('file').filter({ hasText: '.zip' }).last();
  await file.waitFor();
  const [started] = await Promise.all([page.waitForEvent('download'), file.click()]);
  return fs.readFile(await started.path());
}

/** Unpacks it into a folder; throws when a name would lead out of it. Returns the files by name. */
export async function unpack(bytes: Uint8Array, dir: string): Promise<Record<string, Uint8Array>> {
  const files = unzipSync(bytes);
  for (const [name, content] of Object.entries(files)) {
    if (!/^[A-Za-z0-9_-][A-Za-z0-9._/-]*$/.test(name) || name.includes('..')) throw new Error(`a file is named ${name}`);
    await fs.mkdir(path.join(dir, path.dirname(name)), { recursive: true });
    await fs.writeFile(path.join(dir, name), content);
  }
  return files;
}

/** What sha256sum of this machine says, a line a file; null where there is none. */
export const sha256sum = (dir: string): string[] | null => run(dir, 'sha256sum', ['-c', 'SHA256SUMS'])?.trim().split('\n') ?? null;

/** Output of a program of this machine; null where there is none. */
export function run(dir: string, command: string, args: string[]): string | null {
  try {
    return execFileSync(command, args, { cwd: dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Everything that can be read in a file by any means: its bytes, the words of a page, a mail with its attachments. */
export async function readable(name: string, bytes: Uint8Array): Promise<string> {
  const raw = Buffer.from(bytes).toString('utf8');
  if (name.endsWith('.pdf')) return raw + pdfText(bytes);
  if (!name.endsWith('.eml')) return raw;
  const { subject, text, attachments } = await decoded(bytes);
  const inside = await Promise.all(attachments.map((each) => readable(each.name ?? '', each.bytes)));
  return [raw, subject, text, ...inside].join('\n');
}
