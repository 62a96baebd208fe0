import { access, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rejectsFile } from '../../src/importing/rejects-file.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'arrears-rejects-'));
});
afterAll(() => rm(dir, { recursive: true }));

test('a rejected value never runs as a formula in a spreadsheet', async () => {
  const file = path.join(dir, 'new', 'r.csv');
  const rejects = rejectsFile(file);
  await rejects.add(7, [{ column: 'name', value: '=HYPERLINK("http://x.example")', reason: 'r' }]);
  await rejects.add(8, [
    { column: '+x', value: '@SUM(1)', reason: 'a, b' },
    { column: 'total', value: '-5', reason: 'r' },
  ]);
  expect(await rejects.close()).toBe(file);
  expect((await readFile(file, 'utf8')).trim().split('\n')).toEqual([
    'line,column,value,reason',
    `7,name,"'=HYPERLINK(""http://x.example"")",r`,
    `8,'+x,'@SUM(1),"a, b"`,
    `8,total,'-5,r`,
  ]);
  expect((await stat(file)).mode & 0o077).toBe(0);
});

test('without rejects there is no file', async () => {
  const file = path.join(dir, 'none.csv');
  expect(await rejectsFile(file).close()).toBeNull();
  await expect(access(file)).rejects.toThrow();
});

test('many rejects all arrive', async () => {
  const rejects = rejectsFile(path.join(dir, 'many.csv'));
  for (let line = 1; line <= 5_000; line += 1)
    await rejects.add(line, [{ column: 'total', value: 'x'.repeat(100), reason: 'not an amount' }]);
  await rejects.close();
  expect((await readFile(path.join(dir, 'many.csv'), 'utf8')).trim().split('\n')).toHaveLength(5_001);
});
