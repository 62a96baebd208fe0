import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withControl } from './control.ts';

let dir: string;
beforeEach(async () => {
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-test-'));
});
afterEach(() => fs.rm(dir, { recursive: true, force: true }));

const patchOf = async (from: string, to: string) => {
  const file = path.join(dir, 'control.patch');
  await fs.writeFile(file, `--- a/package.json\n+++ b/package.json\n@@ -1,3 +1,3 @@\n {\n-${from}\n+${to}\n   "version": "0.1.0",\n`);
  return file;
};

test('a control works on a patched copy, which is gone afterwards', async () => {
  const patch = await patchOf('  "name": "arrears",', '  "name": "patched",');
  let seen = '';
  const name = await withControl(patch, async (src) => {
    seen = src;
    await fs.access(path.join(src, '../node_modules/vitest/package.json'));
    return JSON.parse(await fs.readFile(path.join(src, '../package.json'), 'utf8')).name;
  });
  expect(name).toBe('patched');
  await expect(fs.access(seen)).rejects.toThrow('ENOENT');
  expect(JSON.parse(await fs.readFile('package.json', 'utf8')).name).toBe('arrears');
});

test('a patch that no longer applies is an error', async () => {
  const patch = await patchOf('  "name": "something else",', '  "name": "patched",');
  await expect(withControl(patch, async () => 'ran')).rejects.toThrow('no longer applies');
});
