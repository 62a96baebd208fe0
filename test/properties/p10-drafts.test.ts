import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withControl } from '../support/control.ts';
import { p10 } from './p10.ts';

const src = path.resolve(import.meta.dirname, '../../src');

describe('P10', () => {
  it('mutated drafts are refused, clean ones are not, and no injected text changes a fact', async () => {
    const { held, figures } = await p10('test', src);
    expect(figures).toMatchObject({ falseAlarms: 0, passed: 0, changed: 0, leaked: 0 });
    expect(figures.obeyed).toBeGreaterThan(0);
    expect(held).toBe(true);
  });

  it('finds faults when the guard is gone', async () => {
    const { held, figures } = await withControl('p10.patch', (copy) => p10('test', copy));
    expect(held).toBe(false);
    expect(figures.passed).toBeGreaterThan(100);
    expect(figures.changed).toBeGreaterThan(0);
  });
});
