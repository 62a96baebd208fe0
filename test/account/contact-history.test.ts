import { expect, it } from 'vitest';
import { stepsSoFar } from '../../src/account/contact-history.op.ts';
import type { RecordedFact } from '../../src/trail/trail.port.ts';

const contact = (on: string, channel: string, invoices: readonly string[] | undefined, entity = 'NWUK') =>
  ({ type: 'contact-made', entity, on, channel, invoices }) as unknown as RecordedFact;

it('what was done before a formal demand is what was about its invoices: the last four days of each kind, oldest first', () => {
  const wrote = ['2026-11-20', '2026-11-10', '2026-11-10', '2026-10-30', '2026-10-20', '2026-10-10'].map((on) =>
    contact(on, 'email', ['A']),
  );
  const facts = [
    ...wrote,
    contact('2026-11-12', 'call', ['A', 'B']),
    contact('2026-11-13', 'email', ['B']),
    contact('2026-11-14', 'letter', ['A'], 'NWEU'),
    contact('2026-11-15', 'call', undefined),
  ];
  expect(stepsSoFar('NWUK', ['A'], facts)).toEqual({
    wrote: ['2026-10-20', '2026-10-30', '2026-11-10', '2026-11-20'],
    spoke: ['2026-11-12'],
  });
});
