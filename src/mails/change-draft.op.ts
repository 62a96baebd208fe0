import type { Clock } from '../kernel/clock.port.ts';
import { dayIn, zoneOf } from '../kernel/day.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import type { SettingsStore } from '../team/settings.port.ts';
import { decideDraft } from './decide-draft.ts';
import type { DraftStore } from './draft.port.ts';
import type { Draft, DraftRefusal, DraftRequest } from './draft.ts';

export interface ChangeDraftPorts {
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly ledger: Ledger;
  readonly drafts: DraftStore;
}

export type ChangeDraftResult =
  | { readonly done: true; readonly draft: Draft }
  | { readonly done: false; readonly refused: DraftRefusal | 'no-such-draft' | 'changed-meanwhile' };

/** One decision about one draft, written once, like an account's. A repeated command does nothing. The caller has authorized `by`. */
export async function changeDraft(
  ports: ChangeDraftPorts,
  id: string,
  request: DraftRequest,
  by: string,
  command: string,
): Promise<ChangeDraftResult> {
  const now = ports.clock.now();
  const { zone } = await ports.settings.read();
  const written = await writeOnce({
    ...{ aggregate: `draft:${id}`, by, command, now, absent: 'no-such-draft' as const },
    load: async () => {
      const stored = await ports.drafts.load(id);
      return stored && { ...stored, theirs: zoneOf(await ports.ledger.account(stored.draft.account), { zone }) };
    },
    decide: ({ draft, theirs }) => decideDraft(draft, request, by, dayIn(theirs, now)),
    save: (before, { draft }, facts) => ports.drafts.save(before, draft, facts, command),
  });
  return written.done ? { done: true, draft: (written.decision ?? written.stored).draft } : written;
}
