import { dayIn } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import { decideStandardTerms, type StandardEntered, type StandardTermsRefusal } from './terms.ts';

export type ChangeStandardTermsResult =
  | { readonly done: true }
  | { readonly done: false; readonly refused: StandardTermsRefusal | 'no-such-entity' | 'changed-meanwhile' };

export interface StandardTermsAsked {
  readonly entity: string;
  /** The revision the form was opened from; 0 where there was none. */
  readonly seen: number;
  readonly entered: StandardEntered;
}

/** Standard terms of one selling company, written once with their fact. The caller has authorized `by`. */
export async function changeStandardTerms(
  world: Pick<World, 'clock' | 'settings' | 'ledger'>,
  asked: StandardTermsAsked,
  by: string,
  command: string,
): Promise<ChangeStandardTermsResult> {
  const { entity } = asked;
  const known = await world.ledger.accounts();
  if (!known.some((account) => account.entity === entity)) return { done: false, refused: 'no-such-entity' };
  const now = world.clock.now();
  return writeOnce({
    ...{ aggregate: 'settings', by, command, now },
    load: async () => ({ settings: await world.settings.read(), ...(await world.settings.recorded()) }),
    decide({ settings }) {
      const decided = decideStandardTerms(settings.terms?.[entity] ?? null, asked, by, dayIn(settings.zone, now));
      return 'refused' in decided ? decided : { terms: { ...settings.terms, [entity]: decided.terms }, facts: [decided.fact] };
    },
    save({ settings: before }, { terms }, facts) {
      const { version: _, ...kept } = before;
      return world.settings.save(before, { ...kept, terms }, facts, command);
    },
  });
}
