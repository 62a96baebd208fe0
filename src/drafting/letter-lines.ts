import type { FactSheet, LetterKind } from '../mails/letter-facts.ts';
import type { Closing } from './languages/book.ts';
import type { Partial as LineName } from './letters.ts';

/** The fixed sentences of a kind, and how it takes its leave. What is asked for says how to pay; who has just promised, paid or asked is not told 'if you have paid'. */
interface Lines {
  /** Below the list: up to when payments are counted. */
  readonly asOf?: true;
  readonly terms?: readonly LineName[];
  readonly pay?: true;
  /** What to do if it is paid or disputed, and that our bank details have not changed; or the last of these alone. */
  readonly safety?: 'safety' | 'bank-only';
  readonly closing: Closing;
}

const DEMAND = { asOf: true, pay: true, safety: 'safety' } as const;

const LINES: Readonly<Record<LetterKind, Lines>> = {
  note: { pay: true, safety: 'bank-only', closing: 'friendly' },
  friendly: { pay: true, safety: 'safety', closing: 'friendly' },
  plain: { pay: true, safety: 'safety', closing: 'firm' },
  reminder: { ...DEMAND, closing: 'firm' },
  firm: { ...DEMAND, closing: 'firm' },
  'second-contact': { ...DEMAND, closing: 'firm' },
  'final-notice': { ...DEMAND, closing: 'formal' },
  // Its own words say up to when payments are counted.
  'demand-letter': { pay: true, safety: 'safety', closing: 'formal' },
  statement: { pay: true, safety: 'safety', closing: 'friendly' },
  'promise-confirmation': { terms: ['due-date-stays'], pay: true, safety: 'bank-only', closing: 'friendly' },
  'promise-broken': { pay: true, safety: 'safety', closing: 'firm' },
  'dispute-received': { closing: 'firm' },
  'invoice-copy': { safety: 'bank-only', closing: 'friendly' },
  'plan-offer': { terms: ['plan-terms'], pay: true, safety: 'bank-only', closing: 'formal' },
  'statement-copy': { safety: 'bank-only', closing: 'friendly' },
  message: { closing: 'friendly' },
  thanks: { closing: 'friendly' },
};

export const closingTone = (stage: LetterKind): Closing => LINES[stage].closing;

/** Right below the list of invoices. */
export function linesBelow({ stage, charges }: FactSheet): LineName[] {
  const claimed = (charges ?? []).length > 0;
  return [...(LINES[stage].asOf ? (['as-of'] as const) : []), ...(claimed ? (['charges'] as const) : [])];
}

/** Below the letter's own words, above the signature; in the order in which they stand. */
export function linesBehind({ stage, attachments, formalTerms, matter, missing }: FactSheet): LineName[] {
  const { terms = [], pay, safety } = LINES[stage];
  const lines: LineName[] = [...terms, ...(matter?.accelerates ? (['plan-default'] as const) : [])];
  if (missing) lines.push('missing');
  const own = SAYS_ITSELF[stage] ?? [];
  const attached = attachedLine(attachments.filter((each) => !own.includes(each)));
  if (attached) lines.push(attached);
  if (pay) lines.push('pay');
  if (safety) lines.push(safety);
  if (stage === 'demand-letter' && (attachments.length > 0 || formalTerms === 'claim')) lines.push('enclosed');
  return lines;
}

/** Attachments that a letter's own words speak of; a formal demand names its enclosures last. */
const SAYS_ITSELF: Readonly<Partial<Record<LetterKind, FactSheet['attachments']>>> = {
  'demand-letter': ['statement', 'invoice-copies'],
  statement: ['statement'],
  'invoice-copy': ['invoice-copies'],
};

function attachedLine(attachments: FactSheet['attachments']): LineName | null {
  if (attachments.length > 1) return 'statement-and-copies';
  return attachments[0] ?? null;
}
