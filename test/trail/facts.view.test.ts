import { expect, test } from 'vitest';
import { FACT_KINDS, typesOfKind } from '../../src/trail/fact-table.ts';
import { factLine } from '../../src/trail/facts.view.ts';
import type { RecordedFact } from '../../src/trail/trail.port.ts';

const stamp = { id: 'account:1:1', aggregate: 'account:1', at: '2026-11-23T09:05:00Z', by: 'U0MARA', command: 'c' };

test('of a fact whose words were erased, its kind, time and author remain', () => {
  const line = (type: string) => factLine({ ...stamp, type } as RecordedFact, 'Europe/London');
  for (const type of FACT_KINDS.flatMap(typesOfKind))
    if (type !== 'unheld') expect(line(type)).toBe(`23 Nov 2026, 09:05: ${type.replaceAll('-', ' ')}: the words were erased, by <@U0MARA>`);
  expect(line('unheld')).toBe('23 Nov 2026, 09:05: hold lifted, by <@U0MARA>');
});
