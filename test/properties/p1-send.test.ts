import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { p1 } from './p1.ts';

const src = path.resolve(import.meta.dirname, '../../src');

it('sends each approved mail at most once, whatever is killed, and reports each of which nobody knows', async () => {
  const { held, figures } = await p1('test', src);
  expect(figures).toMatchObject({ duplicates: 0, unaccounted: 0, falselyAmbiguous: 0 });
  expect(figures.killedCommitting).toBeGreaterThan(0);
  expect(held).toBe(true);
}, 240_000);

it('finds duplicates when a mail is sent first and recorded afterwards', async () => {
  const { held, figures } = await withControl('p1.patch', (patched) => p1('test', patched));
  expect(figures.duplicates).toBeGreaterThan(0);
  expect(held).toBe(false);
}, 240_000);
