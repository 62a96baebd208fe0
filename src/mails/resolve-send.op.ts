import { dayIn, zoneOf } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { type ChangeDraftResult, changeDraft } from './change-draft.op.ts';
import { recordContact } from './mark-sent.op.ts';

/**
 * A person's answer to a mail of which nobody knows whether the server took it. Delivered: it counts as sent on the day it was handed over. Not
 * delivered: it has failed and may be approved anew. The account is let go by send-approved.ts.
 */
export async function resolveSend(world: World, id: string, delivered: boolean, by: string, command: string): Promise<ChangeDraftResult> {
  const stored = await world.drafts.load(id);
  if (!stored) return { done: false, refused: 'no-such-draft' };
  const at = stored.draft.delivery?.at ?? world.clock.now().toString();
  const [account, { zone }] = await Promise.all([world.ledger.account(stored.draft.account), world.settings.read()]);
  const on = dayIn(zoneOf(account, { zone }), Temporal.Instant.from(at));
  const result = await changeDraft(world, id, { do: 'resolve', delivered, on, at }, by, command);
  if (result.done) await recordContact(world, result.draft, by);
  return result;
}
