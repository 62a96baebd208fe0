import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { p12 } from './p12.ts';

const src = path.resolve(import.meta.dirname, '../../src');

it('refuses what is not one plain address, and lets no text into the headers or the envelope', async () => {
  const { held, figures } = await p12('test', src);
  expect(figures).toMatchObject({ accepted: 0, headerFaults: 0, envelopeFaults: 0 });
  expect(figures.mails).toBeGreaterThan(50);
  expect(held).toBe(true);
});

it('finds hostile addresses accepted when any text with an at sign counts as one', async () => {
  const { held, figures } = await withControl('p12.patch', (patched) => p12('test', patched));
  expect(figures.accepted).toBeGreaterThan(0);
  expect(held).toBe(false);
});
