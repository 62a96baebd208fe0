import path from 'node:path';
import { LETTER_LANGUAGES } from '../../src/mails/letter-language.ts';
import { KNOWN_NAMES } from '../support/fact-sheets.ts';
import { injections } from './p10-injections.ts';
import { loadDrafting } from './p10-loaded.ts';
import { cleanDraft, mutants } from './p10-mutants.ts';

/** Mutated drafts are refused, clean ones are not, and no text of a customer's changes a recipient, a fact or a state. */
export async function p10(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const drafting = await loadDrafting(src, path.join(src, '../prompts'), KNOWN_NAMES);
  const [cleanCount, mutantCount, injectionCount] = size === 'full' ? [1_000, 10_000, 200] : [200, 1_200, 40];

  let falseAlarms = 0;
  for (let n = 0; n < cleanCount; n += 1) {
    if (drafting.broken(cleanDraft(drafting, LETTER_LANGUAGES[n % 4]!, n)).length > 0) falseAlarms += 1;
  }
  const figures: Record<string, number> = { clean: cleanCount, falseAlarms, mutated: 0, passed: 0 };
  for (const { kind, draft } of mutants(drafting, mutantCount)) {
    figures.mutated! += 1;
    figures[kind] = (figures[kind] ?? 0) + 1;
    if (drafting.broken(draft).length === 0) {
      figures.passed! += 1;
      figures[`${kind} passed`] = (figures[`${kind} passed`] ?? 0) + 1;
    }
  }
  const injected = await injections(drafting, injectionCount);
  const faults = falseAlarms + figures.passed! + injected.changed + injected.leaked;
  return { held: faults === 0 && injected.obeyed > 0, figures: { ...figures, ...injected } };
}
