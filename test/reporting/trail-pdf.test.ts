import { expect, test } from 'vitest';
import { trailPdf } from '../../src/reporting/trail-pdf.ts';

const cover = {
  title: 'Holm & Sons Ltd · C1',
  period: '1 Jan 2026 to 31 Mar 2026',
  contents: 'All entries, also internal ones',
  entries: 10_000,
  made: '20 Nov 2026, by Ines Duarte',
  head: { seq: 10_000, hash: 'f'.repeat(64) },
};
const row = (seq: number) => ({
  seq,
  when: '20 Nov 2026, 08:15',
  who: 'Mara Lind',
  account: '',
  what: `on hold through 1 Dec 2026: note ${seq}`,
  marking: 'internal' as const,
  hash: 'f'.repeat(64),
});
const pagesOf = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('latin1')
    .match(/\/Type \/Page\b/g)?.length ?? 0;

test('a cover, then pages of rows; the longest note stays on one page', async () => {
  const short = await trailPdf(cover, [row(1), row(2)]);
  expect(pagesOf(short)).toBe(2);
  const long = await trailPdf(cover, [{ ...row(1), what: 'a word and another '.repeat(300) }, row(2)]);
  expect(pagesOf(long)).toBe(2);
});

test('thousands of entries fit into one file and leave room to others', { timeout: 60_000 }, async () => {
  let turns = 0;
  const often = setInterval(() => (turns += 1), 1);
  const bytes = await trailPdf(
    cover,
    Array.from({ length: 3_000 }, (_, i) => row(i + 1)),
  );
  clearInterval(often);
  expect(pagesOf(bytes)).toBeGreaterThan(60);
  expect(bytes.byteLength).toBeLessThan(20_000_000);
  expect(turns).toBeGreaterThan(20);
});
