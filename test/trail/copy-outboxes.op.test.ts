import { expect, it } from 'vitest';
import { mergeTold } from '../../src/kernel/told.op.ts';
import type { RecordedFact } from '../../src/trail/trail.port.ts';

const owes = (id: string) => () => [{ id, kind: id, payload: {} }];
const fact = { type: 'promise-closed' } as RecordedFact;

it('owes the messages of everybody who listens to the same fact', () => {
  const told = mergeTold([{ 'promise-closed': owes('calls') }, { 'promise-closed': owes('plans'), 'plan-ended': owes('plans') }]);
  expect(told['promise-closed']?.(fact).map(({ id }) => id)).toEqual(['calls', 'plans']);
  expect(told['plan-ended']?.(fact).map(({ id }) => id)).toEqual(['plans']);
  expect(told['promise-made']).toBeUndefined();
});
