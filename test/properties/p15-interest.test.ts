import path from 'node:path';
import { expect, it } from 'vitest';
import { LAWS, type Law } from '../../src/charges/law.ts';
import { ruleOf } from '../../src/charges/law-rules.ts';
import { withControl } from '../support/control.ts';
import { p15 } from './p15.ts';
import { EXAMPLES } from './p15-examples.ts';
import { LAW_EXAMPLES } from './p15-law-examples.ts';

const src = path.resolve(import.meta.dirname, '../../src');

it('has at least three examples of each law that has a rule, each with the text it was worked out from', () => {
  const ruled = LAWS.filter((law) => ruleOf(law) !== null);
  const rowsOf = (law: Law, kind?: 'public-body') =>
    LAW_EXAMPLES.filter((each) => each.law === law && each.kind === kind).flatMap(({ rows }) => rows);
  for (const law of ruled) expect(rowsOf(law).length, law).toBeGreaterThanOrEqual(3);
  // Public bodies that owe by a rule of their own.
  for (const law of ruled.filter((each) => typeof ruleOf(each)!.publicBodies === 'object'))
    expect(rowsOf(law, 'public-body').length, law).toBeGreaterThanOrEqual(3);
  for (const { law, basis } of LAW_EXAMPLES) expect(basis, law).toMatch(/\d{2,4}|art\.|s\.|§/);
});

it('holds the nine worked examples of the first statutes, to the cent', () => {
  const given = EXAMPLES.slice(-12).map(({ id, interest, fixedSum }) => `${id} ${interest} ${fixedSum}`);
  for (const each of [
    'UK1 1275.00 100.00',
    'UK2a 108.29 100.00',
    'UK2b 104.04 100.00',
    'UK3 162.57 70.00',
    'UK6 233.71 100.00',
    'EU1 260.08 40.00',
    'EU3 0.35 40.00',
    'FR1 310.49 40.00',
    'DE1 304.22 40.00',
  ])
    expect(given).toContain(each);
});

it('works every example out to the cent, guesses no rate, and claims each fixed sum once', async () => {
  const { held, figures } = await p15('test', src);
  expect(figures).toMatchObject({
    examplesOff: 0,
    ratesGuessed: 0,
    lawsBroken: 0,
    claimedTwice: 0,
    interestOff: 0,
    reducedTooFar: 0,
    factsOff: 0,
  });
  expect(figures.examples).toBeGreaterThanOrEqual(60);
  expect(figures.ratesAsked).toBeGreaterThan(30);
  expect(figures.asked).toBeGreaterThan(figures.granted!);
  expect(held).toBe(true);
});

it('finds a rate taken from another half-year', async () => {
  const { held, figures } = await withControl('p15.patch', (patched) => p15('test', patched));
  expect(figures.ratesGuessed).toBeGreaterThan(0);
  expect(held).toBe(false);
});

it('finds sums that are claimed twice when nobody looks for an earlier claim', async () => {
  const { held, figures } = await withControl('p15-once.patch', (patched) => p15('test', patched));
  expect(figures.claimedTwice).toBeGreaterThan(0);
  expect(held).toBe(false);
});

it('finds claims that overtake each other when a write does not ask for the version it was decided on', async () => {
  const { held } = await withControl('p15-guard.patch', (patched) => p15('test', patched));
  expect(held).toBe(false);
});
