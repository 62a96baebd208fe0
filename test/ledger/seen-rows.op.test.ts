import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SeenRows } from '../../src/ledger/seen-rows.op.ts';

describe('the rows of a file', () => {
  test('are known by key, and compared by content', () => {
    const seen = new SeenRows();
    expect(seen.has('a')).toBe(false);
    expect(seen.note('a', '1')).toBe('new');
    expect(seen.note('a', '1')).toBe('same');
    expect(seen.inConflict(seen.place('a'))).toBe(false);
    expect(seen.note('a', '2')).toBe('conflict');
    expect(seen.note('a', '1')).toBe('same');
    expect(seen.inConflict(seen.place('a'))).toBe(true);
    expect([seen.has('a'), seen.has('b'), seen.size]).toEqual([true, false, 1]);
  });

  test('are taken once in each pass', () => {
    const seen = new SeenRows();
    seen.note('a', '');
    expect(([1, 1, 2, 2] as const).map((pass) => seen.take(seen.place('a'), pass))).toEqual([true, false, true, false]);
  });

  test('keep their parts and conflicts while the table grows', () => {
    const seen = new SeenRows();
    for (let i = 0; i < 5_000; i += 1) {
      seen.note(`key ${i}`, `${i}`);
      for (let part = 0; part < i % 4; part += 1) seen.addPart(seen.place(`key ${i}`));
      if (i % 7 === 0) seen.markConflict(seen.place(`key ${i}`));
    }
    expect(seen.size).toBe(5_000);
    for (let i = 0; i < 5_000; i += 1) {
      const place = seen.place(`key ${i}`);
      expect([seen.parts(place), seen.inConflict(place)]).toEqual([i % 4, i % 7 === 0]);
    }
    expect(seen.has('key 5000')).toBe(false);
  });

  test('answer like a map', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.constantFrom('x', 'y')), { maxLength: 300 }), (rows) => {
        const seen = new SeenRows();
        const model = new Map<string, string>();
        for (const [key, content] of rows) {
          const known = model.get(key);
          expect(seen.note(key, content)).toBe(known === undefined ? 'new' : known === content ? 'same' : 'conflict');
          if (known === undefined) model.set(key, content);
        }
        expect(seen.size).toBe(model.size);
      }),
    );
  });
});
