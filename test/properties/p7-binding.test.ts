import path from 'node:path';
import { expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { changedMails } from './p7.ts';

const src = path.resolve(import.meta.dirname, '../../src');

it('voids an approval when anything it covers changes, and only then', async () => {
  const { held, figures } = await changedMails('test', src);
  expect(figures).toMatchObject({ stillApproved: 0, falselyVoided: 0, staleSends: 0 });
  expect(figures.changes).toBeGreaterThan(8);
  expect(figures).toMatchObject({ sentAnyway: 0, notVoided: 0, unchangedNotSent: 0 });
  expect(held).toBe(true);
});

it('finds approvals that outlive a change when balances and recipients are not compared', async () => {
  const { held, figures } = await withControl('p7.patch', (patched) => changedMails('test', patched));
  expect(figures.stillApproved).toBeGreaterThan(0);
  expect(held).toBe(false);
});

it('finds mails that leave although something changed at the last moment, when the last word does not ask', async () => {
  const { held, figures } = await withControl('p7-last-word.patch', (patched) => changedMails('test', patched));
  expect(figures.sentAnyway).toBeGreaterThan(0);
  expect(held).toBe(false);
});
