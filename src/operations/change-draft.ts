import { dayIn } from '../domain/day.ts';
import { type Draft, type DraftRefusal, type DraftRequest, decideDraft } from '../domain/draft.ts';
import { stamp } from '../domain/fact.ts';
import type { Clock, DraftStore, Ledger, SettingsStore } from './ports.ts';

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
  for (let tries = 0; tries < 2; tries += 1) {
    const stored = await ports.drafts.load(id);
    if (!stored) return { done: false, refused: 'no-such-draft' };
    if (stored.commands.includes(command)) return { done: true, draft: stored.draft };
    const account = await ports.ledger.account(stored.draft.account);
    const decision = decideDraft(stored.draft, request, by, dayIn(account?.zone || zone, now));
    if ('refused' in decision) return { done: false, refused: decision.refused };
    const facts = stamp(decision.facts, `draft:${id}`, stored.facts, by, command, now);
    if (await ports.drafts.save(stored, decision.draft, facts, command)) return { done: true, draft: decision.draft };
  }
  return { done: false, refused: 'changed-meanwhile' };
}
