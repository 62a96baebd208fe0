import type { Day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import type { Settings } from '../team/settings.port.ts';
import type { Agreement } from './agreement.ts';
import { limitationRule } from './limitation.ts';
import { type LimitationRecord, type Limited, type LimitedItem, limitedOf } from './limitation-record.ts';
import { termsIn } from './terms.ts';

/** More payments than any customer makes in the longest period. */
const MOST_PAYMENTS = 5000;

export interface LimitedAccount {
  readonly id: string;
  readonly agreement: Agreement | null;
  readonly limitations: readonly LimitationRecord[];
}

/** The last day of each invoice's claim. Payments are read only where one could move a day that is near or past. */
export async function readLimitation(
  { ledger }: Pick<World, 'ledger'>,
  settings: Pick<Settings, 'terms'>,
  { id, agreement, limitations }: LimitedAccount,
  items: readonly LimitedItem[],
  today: Day,
): Promise<Limited[]> {
  const lawOf = (entity: string) => termsIn(settings, agreement, entity).law;
  const first = items.map((item) => limitedOf(lawOf(item.entity), item, limitations, [], today));
  const movable = ({ entity, stand }: Limited) => {
    const law = lawOf(entity);
    return (stand === 'near' || stand === 'past') && law !== null && limitationRule(law)?.restarts.includes('part-payment');
  };
  if (!first.some(movable)) return first;
  const payments = await ledger.payments(id, MOST_PAYMENTS);
  return first.map((limited) => (movable(limited) ? limitedOf(lawOf(limited.entity), limited, limitations, payments, today) : limited));
}
