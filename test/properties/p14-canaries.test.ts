import path from 'node:path';
import { expect, test } from 'vitest';
import { withControl } from '../support/control.ts';
import { p14 } from './p14.ts';

const src = path.resolve(import.meta.dirname, '../../src');

test('P14: secrets and personal data stay where they belong, whatever fails', { timeout: 60_000 }, async () => {
  const { held, figures } = await p14('test', src);
  expect(figures).toMatchObject({ inLogs: 0, inTrail: 0, inSlack: 0, inModel: 0, inStore: 0 });
  expect(held).toBe(true);
});

test.each([
  ['p14-log.patch', 'a log that is not scrubbed', 'inLogs'],
  ['p14-chain.patch', 'texts in the chain itself', 'inTrail'],
  ['p14-model.patch', 'facts that the model is told', 'inModel'],
])('its control %s, %s, is found out', { timeout: 60_000 }, async (patch, _, place) => {
  const { held, figures } = await withControl(patch, (patched) => p14('test', patched));
  expect(figures[place]).toBeGreaterThan(0);
  expect(held).toBe(false);
});
