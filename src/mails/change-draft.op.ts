import { dayIn, zoneOf } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import { decideDraft } from './decide-draft.ts';
import type { Draft, DraftRefusal, DraftRequest } from './draft.ts';

export type ChangeDraftResult =
  | { readonly done: true; readonly draft: Draft }
  | { readonly done: false; readonly refused: DraftRefusal | 'no-such-draft' | 'changed-meanwhile' };

/**
 * One decision about one draft, written once, like an account's. A repeated command does nothing. `facts`: refused when the draft has another number of
 * them by now, since the same words may come back. The caller has authorized `by`.
 */
export async function changeDraft(
  world: Pick<World, 'clock' | 'settings' | 'ledger' | 'drafts'>,
  id: string,
  request: DraftRequest,
  by: string,
  command: string,
  facts?: number,
): Promise<ChangeDraftResult> {
  const now = world.clock.now();
  const { zone } = await world.settings.read();
  const written = await writeOnce({
    ...{ aggregate: `draft:${id}`, by, command, now, absent: 'no-such-draft' as const },
    load: async () => {
      const stored = await world.drafts.load(id);
      return stored && { ...stored, theirs: zoneOf(await world.ledger.account(stored.draft.account), { zone }) };
    },
    decide: ({ draft, theirs, facts: known }) =>
      facts !== undefined && facts !== known && draft.state === 'waiting'
        ? { refused: 'draft-changed' as const }
        : decideDraft(draft, request, by, dayIn(theirs, now)),
    save: (before, { draft }, own) => world.drafts.save(before, draft, own, command),
  });
  return written.done ? { done: true, draft: (written.decision ?? written.stored).draft } : written;
}
