import { type Draft, mayBatch } from './draft.ts';

/** Lines of a page: two fields of ten boxes, as many as Slack takes. */
export const LIST_PAGE = 20;

/** Emails of one step, company and language written from one and the same letter, so that whoever has read one has read them all. */
export interface RoutineGroup<Stored> {
  /** Tells the groups apart, and the letter by its hash. */
  readonly key: string;
  readonly drafts: readonly Stored[];
}

const keyOf = ({ stage, entity, text }: Draft) => `${stage.key}|${entity}|${text.language}|${text.promptHash.slice(0, 16)}`;

/** What may be approved as a list, in groups; the largest first. What a person has put at the end of the queue is read by itself. */
export function routineGroups<Stored extends { readonly draft: Draft }>(
  waiting: readonly Stored[],
  apart: readonly string[],
): RoutineGroup<Stored>[] {
  const groups = Map.groupBy(
    waiting.filter(({ draft }) => mayBatch(draft) && !apart.includes(draft.id)),
    ({ draft }) => keyOf(draft),
  );
  return [...groups]
    .map(([key, drafts]) => ({ key, drafts }))
    .sort((a, b) => b.drafts.length - a.drafts.length || (a.key < b.key ? -1 : 1));
}
