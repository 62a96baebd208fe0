import path from 'node:path';
import type { CheckedDraft } from '../../src/drafting/checks/check.ts';
import type { Letters } from '../../src/drafting/letters.ts';
import type { NameIndex } from '../../src/drafting/names.ts';
import type { Skeleton } from '../../src/drafting/skeleton.ts';
import type { FactSheet } from '../../src/mails/letter-facts.ts';

/** The drafting room of one copy of the program: the real one, or one whose guard a patch has removed. */
export interface Loaded {
  readonly letters: Letters;
  readonly model: typeof import('../../src/drafting/model.ts');
  readonly draftFor: typeof import('../../src/drafting/draft-for.ts');
  names(facts: FactSheet): NameIndex;
  /** Throws a RangeError for a placeholder without a value. */
  draft(facts: FactSheet, skeleton: Skeleton): CheckedDraft;
  /** Names of the checks that a draft breaks. */
  broken(draft: CheckedDraft): string[];
}

export async function loadDrafting(src: string, prompts: string, known: readonly string[]): Promise<Loaded> {
  const load = <T>(file: string): Promise<T> => import(path.join(src, 'drafting', file)) as Promise<T>;
  const { readLetters } = await load<typeof import('../../src/drafting/letters.ts')>('letters.ts');
  const { nameIndex } = await load<typeof import('../../src/drafting/names.ts')>('names.ts');
  const { render } = await load<typeof import('../../src/drafting/skeleton.ts')>('skeleton.ts');
  const { valuesOf } = await load<typeof import('../../src/drafting/values.ts')>('values.ts');
  const { checkDraft } = await load<typeof import('../../src/drafting/checks/draft-checks.ts')>('checks/draft-checks.ts');
  const draftFor = await load<typeof import('../../src/drafting/draft-for.ts')>('draft-for.ts');
  const model = await load<typeof import('../../src/drafting/model.ts')>('model.ts');
  const letters = readLetters(prompts);
  const indexes = new Map<string, NameIndex>();
  const names = ({ language }: FactSheet) => {
    const index = indexes.get(language) ?? nameIndex(known, draftFor.ordinaryWords(letters, language));
    indexes.set(language, index);
    return index;
  };
  return {
    letters,
    model,
    draftFor,
    names,
    draft(facts, skeleton) {
      const values = valuesOf(facts, letters);
      const rendered = render(skeleton, facts, letters, values);
      const letter = letters.letter(facts.stage, facts.language);
      return { facts, values, letter, skeleton, rendered, names: names(facts) };
    },
    broken: (draft) =>
      checkDraft(draft)
        .filter(({ passed }) => !passed)
        .map(({ name }) => name),
  };
}
