import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { p5 } from './p5.ts';

const src = path.resolve(import.meta.dirname, '../../src');

it('makes no second post when the answer to chat.postMessage is lost or its instance is killed', async () => {
  const { held, figures } = await p5('test', src);
  expect(figures).toMatchObject({ doubled: 0, misplaced: 0, missing: 0 });
  expect(figures.lostReplies).toBeGreaterThan(0);
  expect(held).toBe(true);
});

it('finds doubles when nothing is read back before posting again', async () => {
  const { held, figures } = await withControl('p5.patch', (patched) => p5('test', patched));
  expect(figures.doubled).toBeGreaterThan(0);
  expect(held).toBe(false);
});
