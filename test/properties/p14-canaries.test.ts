import path from 'node:path';
import { expect, test } from 'vitest';
import { withControl } from '../support/control.ts';
import { p14 } from './p14.ts';

const src = path.resolve(import.meta.dirname, '../../src');

test('P14: secrets and personal data stay where they belong, whatever fails', { timeout: 60_000 }, async () => {
  const { held, figures } = await p14('test', src);
  expect(figures).toMatchObject({ inLogs: 0, inTrail: 0, inSlack: 0, inModel: 0, inStore: 0, inWatch: 0 });
  expect(held).toBe(true);
});

/** The other two, of the chain and of the model, run by `npm run prove`. */
test('its control, a log that is not scrubbed, is found out', { timeout: 60_000 }, async () => {
  const { held, figures } = await withControl('p14-log.patch', (patched) => p14('test', patched));
  expect(figures.inLogs).toBeGreaterThan(0);
  expect(held).toBe(false);
});
