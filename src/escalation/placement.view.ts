import type { KnownBlock } from '@slack/types';
import type { AccountWork } from '../account/account-work.ts';
import { shortDay } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import { percent } from '../slack/percent.ts';
import type { CardRef } from '../slack/pressed.ts';
import { money, plain } from '../slack/text.ts';
import { type Placement, placementOf } from './placement.ts';

const STATE_WORDS: Readonly<Record<Placement['state'], string>> = {
  placed: 'placed, not accepted yet',
  accepted: 'accepted',
  paying: 'the customer pays',
  closed: 'given back; our follow-up rests until somebody recalls it here',
  recalled: 'recalled',
};

/** Who follows the account up instead of us, in one line with its button. */
export function placementBlocks(work: Pick<AccountWork, 'placements'>, ref: CardRef, mayCollect: boolean): KnownBlock[] {
  const of = placementOf(work);
  if (!of) return [];
  const { id, kind, name, since, amount, currency, recovered, rate, state } = of;
  const what = kind === 'legal' ? ':classical_building: *With the law firm*' : ':outbox_tray: *With the agency*';
  const line = section(
    `${what} ${plain(name)} since ${shortDay(since)}: ${money(amount, currency)} for ${percent(rate)} of what comes in; ${STATE_WORDS[state]}, ${money(recovered, currency)} so far. Nobody here contacts the customer about it.`,
  );
  return [mayCollect ? { ...line, accessory: button('account-placement-update', id, 'Placement…', { ...ref, i: id }) } : line];
}
