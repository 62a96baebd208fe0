import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyDigest, entryHash, TRAIL_START } from '../../src/store/trail.ts';
import { type TrailLine, verifyTrail } from '../../src/store/verify-trail.ts';

/** A trail of so many entries over three accounts, as the store writes it. */
function trail(length: number): TrailLine[] {
  const lines: TrailLine[] = [];
  const counts = new Map<string, number>();
  let previous = TRAIL_START;
  for (let seq = 1; seq <= length; seq += 1) {
    const aggregate = `account:${seq % 3}`;
    const number = (counts.get(aggregate) ?? 0) + 1;
    counts.set(aggregate, number);
    const fact = `${aggregate}:${number}`;
    const body = { salt: `salt-${seq}`, body: { until: '2026-11-20', reason: `reason ${seq}` } };
    const entry = {
      seq,
      fact,
      type: 'held',
      aggregate,
      at: `2026-11-${String((seq % 28) + 1).padStart(2, '0')}T08:00:00Z`,
      by: 'U0MARA',
      command: `c${seq}`,
      body: bodyDigest(body),
    };
    const hash = entryHash(previous, entry);
    lines.push({ document: { _id: seq, fact, previous, hash, entry }, body });
    previous = hash;
  }
  return lines;
}

const whole = trail(40);
const edited = (seq: number, change: (line: TrailLine) => TrailLine) =>
  whole.map((line, index) => (index === seq - 1 ? change(line) : line));
const verdict = async (lines: TrailLine[]) => {
  const found = await verifyTrail(lines);
  return found.whole ? 'whole' : { seq: found.seq, why: found.why };
};
const inEntry =
  (part: object) =>
  (line: TrailLine): TrailLine => ({ ...line, document: { ...line.document, entry: { ...line.document.entry, ...part } } });

test('a trail as it was written is whole, also when texts were erased', async () => {
  expect(await verifyTrail(whole)).toEqual({ whole: true, entries: 40, erased: 0, head: whole[39]!.document.hash });
  expect(await verifyTrail(edited(7, ({ document }) => ({ document })))).toMatchObject({ whole: true, erased: 1 });
  expect(await verifyTrail([])).toMatchObject({ whole: true, entries: 0 });
});

test('a changed name, time or text is named with its place', async () => {
  expect(await verdict(edited(7, inEntry({ by: 'U0TOM' })))).toEqual({ seq: 7, why: 'its contents were changed after it was written' });
  expect(await verdict(edited(7, inEntry({ at: '2020-01-01T00:00:00Z' })))).toMatchObject({ seq: 7 });
  const text = edited(7, (line) => ({ ...line, body: { ...line.body!, body: { reason: 'another' } } }));
  expect(await verdict(text)).toEqual({ seq: 7, why: 'its text was changed after it was written' });
});

test('an entry written anew with its hash breaks the one behind it', async () => {
  const rehashed = edited(7, (line) => {
    const entry = { ...line.document.entry, by: 'U0TOM' };
    return { ...line, document: { ...line.document, entry, hash: entryHash(line.document.previous, entry) } };
  });
  expect(await verdict(rehashed)).toEqual({ seq: 8, why: 'it does not follow from the entry before it' });
});

test('a deletion, a swap and an insertion are named', async () => {
  expect(await verdict(whole.toSpliced(11, 1))).toEqual({ seq: 12, why: 'entry 12 is missing: the next one is 13' });
  expect(await verdict(whole.toSpliced(11, 2, whole[12]!, whole[11]!))).toMatchObject({ seq: 12 });
  expect(await verdict(whole.toSpliced(11, 0, whole[3]!))).toEqual({ seq: 12, why: 'this place is taken by entry 4' });
});

test('a cut end shows against a noted place, and so does a chain written anew', async () => {
  const anchor = { seq: 40, hash: whole[39]!.document.hash };
  expect(await verifyTrail(whole, anchor)).toMatchObject({ whole: true });
  expect(await verifyTrail(whole.slice(0, 30), anchor)).toMatchObject({ whole: false, seq: 31 });
  expect(await verifyTrail(trail(50), anchor)).toMatchObject({ whole: true });
  expect(await verifyTrail(whole, { seq: 20, hash: 'f'.repeat(64) })).toMatchObject({ whole: false, seq: 20 });
});

test('any one edit, deletion, swap or insertion is found at its place or right behind it', async () => {
  const place = fc.integer({ min: 1, max: 39 });
  const change = fc.oneof(
    place.map((at) => ({ at, lines: edited(at, inEntry({ command: 'other' })) })),
    place.map((at) => ({ at, lines: whole.toSpliced(at - 1, 1) })),
    place.map((at) => ({ at, lines: whole.toSpliced(at - 1, 2, whole[at]!, whole[at - 1]!) })),
    fc.tuple(place, place).map(([at, from]) => ({ at, lines: whole.toSpliced(at - 1, 0, whole[from]!) })),
  );
  await fc.assert(
    fc.asyncProperty(change, async ({ at, lines }) => {
      const found = await verifyTrail(lines);
      // Inserting a copy of the entry that stands there already shows one place further on.
      expect(found.whole ? 0 : found.seq).toBeGreaterThanOrEqual(at);
      expect(found.whole ? 99 : found.seq).toBeLessThanOrEqual(at + 1);
    }),
    { numRuns: 300 },
  );
});
