import fs from 'node:fs';
import path from 'node:path';
import { claimedAtOnce } from './p15-claims.ts';
import { EXAMPLES, type InterestExample, sharedExamples } from './p15-examples.ts';
import { ENTERED } from './p15-law-examples.ts';
import { brokenLaws, guessedRates, type InterestRooms } from './p15-laws.ts';

/** Beside the project where it is checked out with its data; the examples of this folder count everywhere. */
const SHARED = path.resolve(import.meta.dirname, '../../../shared/data/interest.json');

/** Interest to the cent, no rate guessed, compensation and fees once, and the laws of money. */
export async function p15(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const load = <T>(file: string): Promise<T> => import(path.join(src, 'charges', file));
  const rooms: InterestRooms = {
    ...(await load<typeof import('../../src/charges/interest.ts')>('interest.ts')),
    ...(await load<typeof import('../../src/charges/interest-rates.ts')>('interest-rates.ts')),
    ...(await load<typeof import('../../src/charges/interest-rules.ts')>('interest-rules.ts')),
  };
  const examples = [...EXAMPLES, ...(fs.existsSync(SHARED) ? sharedExamples(fs.readFileSync(SHARED, 'utf8')) : [])];
  const off = examples.filter((example) => !right(example, rooms));
  const { asked, guessed } = guessedRates(rooms);
  const laws = brokenLaws(rooms, size === 'full' ? 4_000 : 100);
  const claims = await claimedAtOnce(size === 'full' ? 40 : 1, src);
  const figures = {
    examples: examples.length,
    examplesOff: off.length,
    ratesAsked: asked,
    ratesGuessed: guessed,
    lawRuns: laws.runs,
    lawsBroken: laws.broken.length,
    ...claims,
  };
  const faults =
    off.length + guessed + laws.broken.length + claims.claimedTwice + claims.interestOff + claims.reducedTooFar + claims.factsOff;
  return { held: faults === 0 && claims.granted === claims.debts * 3, figures };
}

const minor = (text: string) => Number(text.replace('.', ''));

function right(example: InterestExample, rooms: InterestRooms): boolean {
  const { law, kind = 'company' as const, currency, amount, due, payments, rate, interest, fixedSum } = example;
  const terms = { law, agreedRate: null, kind, inBusiness: false, currency };
  const basis = rooms.interestBasis(terms);
  if ('refused' in basis) return false;
  const paid = payments.map(([on, part]) => ({ on: on as never, amount: minor(part) }));
  const result = rooms.interestUntil(
    { due: due as never, amount: minor(amount), payments: paid },
    paid.at(-1)!.on,
    basis,
    rooms.rateTable(ENTERED),
  );
  const sum = rooms.compensationOn(terms, minor(amount));
  if ('missing' in result || 'refused' in sum !== (fixedSum === null)) return false;
  const rated = rate === undefined || result.steps.every((step) => step.rate === minor(rate));
  return rated && result.amount === minor(interest) && ('refused' in sum || sum.amount === minor(fixedSum!));
}
