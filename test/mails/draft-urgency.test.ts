import { expect, it } from 'vitest';
import type { Draft } from '../../src/mails/draft.ts';
import { byUrgency } from '../../src/mails/draft-urgency.ts';

const mail = (id: string, more: object = {}) =>
  ({ id, secondPerson: false, day: '2026-11-23', approvals: [{ at: '2026-11-23T09:00:00Z' }], ...more }) as unknown as Draft;

it('a demand letter leaves first, then a final notice, then what lapses first, then the oldest approval', () => {
  const order = [
    mail('letter', { letter: {} }),
    mail('final', { secondPerson: true }),
    mail('lapses first', { day: '2026-11-20' }),
    mail('approved first', { approvals: [{ at: '2026-11-23T08:00:00Z' }] }),
    mail('a'),
    mail('b'),
  ];
  for (let n = 0; n < 20; n += 1) {
    const shuffled = order.toSorted(() => Math.random() - 0.5);
    expect(shuffled.sort(byUrgency).map(({ id }) => id)).toEqual(order.map(({ id }) => id));
  }
});
