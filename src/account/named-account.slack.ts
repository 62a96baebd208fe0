import type { Ledger } from '../ledger/ledger.port.ts';
import { type Found, findAccount } from './read-account.op.ts';

/** A name may hold a colon, and so may the words: of the first few, the last one before which an account is named counts. */
const COLONS = 3;

/** "ACCOUNT: words" as somebody typed it; null when a part is missing. */
export async function namedAccount(
  ledger: Ledger,
  text: string,
): Promise<{ readonly wanted: string; readonly found: Found; readonly words: string } | null> {
  const colons = [...text.matchAll(/:/g)].slice(0, COLONS).map((each) => each.index);
  const splits = colons
    .map((at) => ({ wanted: text.slice(0, at).trim(), words: text.slice(at + 1).trim() }))
    .filter(({ wanted, words }) => wanted !== '' && words !== '');
  for (const split of splits.toReversed()) {
    const found = await findAccount(ledger, split.wanted);
    if (found.kind !== 'none') return { ...split, found };
  }
  return splits[0] ? { ...splits[0], found: { kind: 'none' } } : null;
}
