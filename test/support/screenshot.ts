import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';

const docs = path.resolve(import.meta.dirname, '../../docs');

/**
 * Takes a picture for docs/. An ordinary test run takes it too but throws it away, so that a clone stays as it was; with
 * ARREARS_DOCS=1 it replaces docs/<name>.png.
 */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (process.env.ARREARS_DOCS) {
    await page.screenshot({ path: path.join(docs, `${name}.png`) });
    return;
  }
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-shot-'));
  try {
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}
