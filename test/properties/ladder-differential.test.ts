import path from 'node:path';
import { expect, it } from 'vitest';
import { DEFAULT_POLICY, LARGE_ACCOUNT_POLICY } from '../../src/follow-up/default-policies.ts';
import { withControl } from '../support/control.ts';
import { DEFAULT_STAGES, LARGE_ACCOUNT_STAGES } from '../support/ladder/default-policy.ts';
import { stageOf } from '../support/ladder/product.ts';
import { ladder } from './ladder.ts';

const PATIENCE = 120_000;

it('the shipped policies are those of the table', () => {
  const shown = ({ name: _, template: __, ...rest }: (typeof DEFAULT_POLICY.stages)[number]) => ({ ...rest });
  // A call of the manager has a tone for nobody to read.
  expect(DEFAULT_STAGES.map(stageOf).map(shown)).toEqual(DEFAULT_POLICY.stages.map(shown));
  expect(LARGE_ACCOUNT_STAGES.map(stageOf).map(shown)).toEqual(LARGE_ACCOUNT_POLICY.stages.map(shown));
});

it(
  'the rule and its oracle say the same',
  async () => {
    const { held, figures } = await ladder('test', path.resolve(import.meta.dirname, '../../src'));
    expect(figures).toEqual({ accountDays: 2_500, different: 0 });
    expect(held).toBe(true);
  },
  PATIENCE,
);

it(
  'a rule that counts what waits is found out',
  async () => {
    const { held, figures } = await withControl('ladder.patch', (src) => ladder('test', src));
    expect(held).toBe(false);
    expect(figures.different).toBeGreaterThan(0);
  },
  PATIENCE,
);
