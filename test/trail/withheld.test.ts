import { describe, expect, it } from 'vitest';
import { FACT_KINDS, typesOfKind, withheldKind } from '../../src/trail/fact-table.ts';
import { type Withheld, withheldCount, withheldOutside } from '../../src/trail/withheld.ts';

const of = (type: string, at = '2026-11-23T09:00:00Z') => [withheldKind({ type }), at] as const;

describe('what stays in the house', () => {
  it.each([
    ['case-voted', 'decisions'],
    ['owner-answered', 'owner'],
    ['written-off', 'write-offs'],
    ['write-off-reversed', 'write-offs'],
    ['account-placed', 'placements'],
    ['mandate-given', 'mandates'],
    ['offer-accepted', 'offers'],
    ['counsel-reviewed', 'counsel'],
    ['draft-edited', 'mails'],
    ['contacts-ordered', 'notes'],
    ['held', 'account'],
  ])('%s is about %s', (type, kind) => expect(withheldKind({ type })).toBe(kind));

  it('is counted from the first to the last', () => {
    const counting = withheldCount();
    counting.add(...of('case-requested', '2026-11-23T09:00:00Z'), 'internal');
    counting.add(...of('case-voted', '2026-11-24T09:00:00Z'), 'internal');
    counting.add(...of('case-voted', '2026-11-25T09:00:00Z'), 'privileged');
    expect(counting.all()).toMatchObject([
      { kind: 'decisions', marking: 'internal', count: 2, first: '2026-11-23T09:00:00Z', last: '2026-11-24T09:00:00Z' },
      { kind: 'decisions', marking: 'privileged', count: 1 },
    ]);
  });

  it('does not tell a reader outside that there was a write-off, a mandate, an offer or advice of counsel', () => {
    const types = FACT_KINDS.flatMap(typesOfKind);
    for (const marking of ['internal', 'privileged', 'without-prejudice'] as const) {
      const counting = withheldCount();
      for (const type of types) counting.add(...of(type), marking);
      const groups = withheldOutside(counting.all());
      expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(types.length);
      for (const { words } of groups) expect(words).not.toMatch(/write|written|mandate|settle|offer|counsel|agency|sales/i);
      if (marking !== 'internal') expect(groups).toMatchObject([{ words: 'Privileged or without prejudice' }]);
    }
  });

  it('stands in one line for what is privileged and what is without prejudice, so that nobody can tell which', () => {
    const one = (marking: Withheld['marking']) =>
      withheldOutside([{ kind: 'counsel', marking, count: 1, first: 'a', last: 'a' }])[0]!.words;
    expect(one('privileged')).toBe(one('without-prejudice'));
  });
});
