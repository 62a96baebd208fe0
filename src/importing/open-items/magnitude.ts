import type { OpenDocument } from './documents.ts';

/** Fewer amounts of one currency do not show what is usual. */
const FEWEST = 8;
/** No slip of a decimal sign: another column, or another number altogether. */
const TIMES = 10_000;

/** Documents that are more than ten thousand times what three quarters of their currency's documents are below; by row. */
export function outOfMagnitude(documents: readonly Pick<OpenDocument, 'row' | 'open' | 'currency'>[]): Set<number> {
  const found = new Set<number>();
  const said = documents.filter(({ open }) => open !== null && open !== 0);
  for (const group of Map.groupBy(said, ({ currency }) => currency).values()) {
    if (group.length < FEWEST) continue;
    const sizes = group.map(({ open }) => Math.abs(open!)).sort((a, b) => a - b);
    const usual = sizes[Math.floor(sizes.length * 0.75)]!;
    for (const { row, open } of group) if (Math.abs(open!) > usual * TIMES) found.add(row);
  }
  return found;
}
