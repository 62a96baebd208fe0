import path from 'node:path';
import fc from 'fast-check';
import { differences } from '../support/ladder/compare.ts';
import { accountDay } from '../support/ladder/generate.ts';
import { programOf } from '../support/ladder/product.ts';

const RUNS = { test: 2_500, full: 200_000 };
const OURS = path.resolve(import.meta.dirname, '../../src');
/** Drawn at once. */
const BATCH = 5_000;

/** The product's rule and the oracle, written apart from the same sentences, say the same of any account-day: what is done, why nothing is, and when next. Seeded: a failure names the day it fails on. */
export async function ladder(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const program = await programOf(src);
  const figures: Record<string, number> = { accountDays: 0, different: 0 };
  const add = (what: string) => {
    figures[what] = (figures[what] ?? 0) + 1;
  };
  for (let seed = 1; figures.accountDays! < RUNS[size]; seed += 1)
    for (const day of fc.sample(accountDay, { numRuns: Math.min(BATCH, RUNS[size] - figures.accountDays!), seed })) {
      add('accountDays');
      const found = differences(program, day);
      if (found.length === 0) continue;
      add('different');
      for (const what of new Set(found.map((each) => each.what))) add(what);
      // A control differs on purpose: once is enough.
      if (src !== OURS) return { held: false, figures };
      if (figures.different === 1) console.error('The first difference:', JSON.stringify({ found, day }));
    }
  return { held: figures.different === 0, figures };
}
